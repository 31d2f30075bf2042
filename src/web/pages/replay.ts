/** Terugspelen: history event by event, forward and back, each with what it changed. */
import { sequenceIn } from '../moment.ts';
import type { Asked } from '../asked.ts';
import { changeShown } from '../changes.ts';
import { dateOrText } from '../forms/decode.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { dateText, instantText, roughText } from '../notation.ts';
import { facts, link, nothing, option, paragraph, section, keptTimes } from '../parts.ts';
import type { Page } from '../routes.ts';
import { evidenceText, readable } from '../shown.ts';

export const replayPage: Page = {
  path: '/terugspelen',
  show: async (asked) => {
    const { query, asOf, ledger, moment } = asked;
    const last = asOf.knownAt;
    // The first event opens the ledger; what comes after it is history.
    const wanted = (await jumpedTo(asked)) ?? sequenceIn(query['na']) ?? 0;
    const at = Math.min(Math.max(-1, wanted), Math.max(-1, last - 1));
    const found = await ledger.replay({ after: at, upTo: at + 1, knownAt: moment.knownAt }, 1);
    const [event] = found.items;
    return {
      title: 'Terugspelen',
      lead: 'Stap door de geschiedenis, in de volgorde waarin zij is vastgelegd, en zie wat elke gebeurtenis veranderde. Met de pijltjes op uw toetsenbord kan het ook.',
      body: html`${await jumps(asked, at)} ${controls(asked, at, 'Stappen')}
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
                    'on-screen',
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

interface Taken {
  readonly decisionId: string;
  readonly number?: string;
  readonly title: string;
}

/** Before the first event of a date or of a decision, where the address asks for one. */
const jumpedTo = async (asked: Asked): Promise<number | undefined> => {
  const { query, ledger, moment, asOf } = asked;
  const [date, decisionId] = [query['datum']?.trim(), query['besluit']];
  if (date) {
    const from = dateOrText(date);
    const found = await ledger.timeline({ ...moment, from }, 1);
    return (found.items[0]?.sequence ?? asOf.knownAt) - 1;
  }
  if (!decisionId) return undefined;
  const tag = `decision:${decisionId.toLowerCase()}`;
  const { items } = await ledger.events({ ...moment, after: -1, tag }, 1);
  return items[0] && items[0].sequence - 1;
};

/** Decisions to choose from, at most. */
const mostOffered = 200;

const jumps = async (asked: Asked, at: number): Promise<Html> => {
  const { items } = await asked.some<Taken>('decisions', mostOffered);
  const decisions = [...items].sort((a, b) =>
    (a.number ?? '~').localeCompare(b.number ?? '~', 'nl', { numeric: true }),
  );
  return html`<form class="filter" method="get" action="${href('/terugspelen')}">
    ${keptTimes(asked.times)}
    <div>
      <label for="datum">Naar een datum (dag-maand-jaar)</label>
      <input id="datum" name="datum" autocomplete="off" />
    </div>
    <div>
      <label for="na">Of na gebeurtenis</label>
      <input id="na" name="na" inputmode="numeric" size="6" autocomplete="off" value="${at}" />
    </div>
    <div>
      <label for="besluit">Of naar een besluit</label>
      <select id="besluit" name="besluit">
        <option value="">kies</option>
        ${decisions.map((d) => option(d.decisionId, d.number === undefined ? d.title : `${d.number}. ${d.title}`, undefined))}
      </select>
    </div>
    <button class="nl-button nl-button--secondary" type="submit">Spring</button>
  </form>`;
};

const controls = ({ link: to, asOf }: Asked, at: number, name: string): Html => {
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
  </nav>`;
};
