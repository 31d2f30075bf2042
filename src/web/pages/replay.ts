/** Terugspelen: history event by event, forward and back, each with what it changed. */
import { sequenceIn } from '../moment.ts';
import type { Asked } from '../asked.ts';
import { changeShown } from '../changes.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { dateText, instantText, roughText } from '../notation.ts';
import { facts, link, nothing, paragraph, section, keptTimes } from '../parts.ts';
import type { Page } from '../routes.ts';
import { evidenceText, readable } from '../shown.ts';

export const replayPage: Page = {
  path: '/terugspelen',
  show: async (asked) => {
    const { query, asOf, ledger, moment } = asked;
    const last = asOf.knownAt;
    // The first event opens the ledger; what comes after it is history.
    const at = Math.min(Math.max(-1, sequenceIn(query['na']) ?? 0), Math.max(-1, last - 1));
    const found = await ledger.replay({ after: at, upTo: at + 1, knownAt: moment.knownAt }, 1);
    const [event] = found.items;
    return {
      title: 'Terugspelen',
      lead: 'Stap door de geschiedenis, in de volgorde waarin zij is vastgelegd, en zie wat elke gebeurtenis veranderde. Met de pijltjes op uw toetsenbord kan het ook.',
      body: html`${controls(asked, at, 'Stappen')}
      ${
        event === undefined
          ? nothing('Hier is geen gebeurtenis.')
          : html`<article class="change">
                <h2>${event.sequence}. ${readable(asked, event.summary)}</h2>
                ${facts([
                  ['Geldt vanaf', roughText(event.validFrom)],
                  ['Vastgelegd', instantText(event.recordedAt)],
                  ['Bron', evidenceText(event.evidence)],
                  [
                    'Meer',
                    link(asked.link(`/gebeurtenissen/${event.eventId}`), 'bekijk deze gebeurtenis'),
                  ],
                ])}
              </article>
              ${section(
                `Wat veranderde er op ${dateText(event.validAt)}?`,
                event.changes.length === 0
                  ? paragraph('Geen enkel antwoord veranderde hierdoor.')
                  : event.changes.map((change) => changeShown(asked, change)),
              )}`
      }
      ${controls(asked, at, 'Stappen, nog eens')}`,
    };
  },
};

const controls = ({ link: to, asOf, times }: Asked, at: number, name: string): Html => {
  const last = asOf.knownAt;
  const step = (after: number, name: string, rel?: 'prev' | 'next'): Part =>
    html`<a
      class="nl-link"
      href="${to('/terugspelen', { na: after })}"
      ${rel !== undefined && html`rel="${rel}"`}
      >${name}</a
    >`;
  return html`<nav class="pages" aria-label="${name}">
    <span class="pages__steps">
      ${at > 0 && step(0, 'Eerste')} ${at >= 0 && step(at - 1, '← Vorige', 'prev')}
      ${at + 1 < last && step(at + 1, 'Volgende →', 'next')}
      ${at + 1 < last && step(last - 1, 'Laatste')}
    </span>
    <form class="filter" method="get" action="${href('/terugspelen')}">
      ${keptTimes(times)}
      <label
        >Na gebeurtenis
        <input name="na" inputmode="numeric" size="6" autocomplete="off" value="${at}"
      /></label>
      <button class="nl-button nl-button--secondary" type="submit">Ga</button>
    </form>
  </nav>`;
};
