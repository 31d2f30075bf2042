/** Basispakket: what is in it, and what changed since another date. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import { dateOrText } from '../forms/decode.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { dateText, euros, periodText, roughText } from '../notation.ts';
import {
  bullets,
  facts,
  link,
  nothing,
  notice,
  paragraph,
  section,
  table,
  keptTimes,
} from '../parts.ts';
import type { Page } from '../routes.ts';
import {
  type Certainty,
  decisionLinks,
  eventLink,
  type EventSummary,
  evidenceText,
  municipalityNames,
  type Sources,
  uncertain,
  whyOf,
} from '../shown.ts';

interface Task {
  readonly task: string;
  readonly title: string;
  readonly scope?: string;
  readonly since: string;
  readonly decisionIds: readonly string[];
  readonly evidence?: Sources;
}

interface Composition extends Certainty {
  readonly period?: { readonly from: string; readonly until: string };
  readonly lastPeriod?: { readonly from: string; readonly until: string };
  readonly decisionIds: readonly string[];
  readonly tasks: readonly Task[];
  readonly size?: string;
  readonly intendedResults?: readonly string[];
  readonly costCents?: string;
  readonly notUsed: readonly {
    readonly municipality: string;
    readonly task: string;
    readonly since: string;
  }[];
  readonly plusServices: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly municipalities: readonly string[];
  }[];
  readonly moved: readonly {
    readonly name: string;
    readonly since: RoughDate;
    readonly scope?: string;
    readonly decisionIds: readonly string[];
  }[];
}

export const packagePage: Page = {
  path: '/basispakket',
  show: async (asked) => {
    const [held] = await asked.items<Composition>('package');
    const compared = await comparison(asked);
    return {
      title: 'Basispakket',
      ...(held === undefined ? {} : { mark: html`${uncertain(held)}` }),
      lead: 'Wat IBN voor alle deelnemers doet, en waarvoor zij samen de lumpsum betalen.',
      body: html`${
        held === undefined || held.tasks.length === 0 ? none(held) : composition(asked, held)
      }
      ${compare(asked)} ${compared}`,
    };
  },
};

const none = (held: Composition | undefined): Part =>
  html`${nothing('Op deze datum is er geen basispakket vastgesteld.')}
  ${
    held?.lastPeriod !== undefined &&
    paragraph(`De laatste periode die is vastgelegd liep van ${periodText(held.lastPeriod)}.`)
  }`;

const composition = (asked: Asked, held: Composition): Html =>
  html`${table({
    caption: 'Onderdelen van het basispakket',
    rows: held.tasks,
    columns: [
      { head: 'Onderdeel', cell: ({ title }) => title },
      { head: 'Omvang', cell: ({ scope }) => scope },
      { head: 'Sinds', cell: ({ since }) => dateText(since) },
      { head: 'Door', cell: ({ decisionIds }) => decisionLinks(asked, decisionIds) },
    ],
  })}
  ${facts([
    ['Periode', held.period && periodText(held.period)],
    ['Besluiten', decisionLinks(asked, held.decisionIds)],
    ['Omvang', held.size],
    ['Beoogde resultaten', held.intendedResults && bullets(held.intendedResults)],
    ['Kosten', held.costCents === undefined ? 'niet vastgelegd' : euros(held.costCents)],
    ['Waarop dit rust', whyOf(asked, 'package', 'basispakket', 'het basispakket'), 'on-screen'],
  ])}
  ${
    held.notUsed.length > 0 &&
    section(
      'Wat gemeenten niet gebruiken',
      bullets(
        held.notUsed.map(
          ({ municipality, task, since }) =>
            `${asked.municipality(municipality)}: ${titleOf(held, task)}, sinds ${dateText(since)}. De gemeente betaalt haar hele aandeel.`,
        ),
      ),
    )
  }
  ${
    held.moved.length > 0 &&
    section(
      'Uit het pluspakket overgenomen',
      bullets(
        held.moved.map(
          ({ name, since, scope }) =>
            `${name}${scope === undefined ? '' : ` (${scope})`}, ${roughText(since)}`,
        ),
      ),
    )
  }
  ${
    held.plusServices.length > 0 &&
    section(
      'Daarnaast te koop: pluspakket',
      bullets(
        held.plusServices.map(({ name, municipalities }) =>
          municipalities.length === 0
            ? name
            : `${name}: ${municipalityNames(asked, municipalities)}`,
        ),
      ),
      link(asked.link('/pluspakket'), 'Naar het pluspakket'),
    )
  }`;

const titleOf = ({ tasks }: Composition, task: string): string =>
  tasks.find((t) => t.task === task)?.title ?? task;

// --- what changed

const compare = ({ query, times, asOf }: Asked): Html =>
  section(
    'Wat is er veranderd?',
    html`<form class="filter" method="get" action="${href('/basispakket')}">
      ${keptTimes(times)}
      <div>
        <label for="vergelijk">Vergelijk met (dag-maand-jaar)</label>
        <input
          id="vergelijk"
          name="vergelijk"
          value="${dutchDate(dateOrText(query['vergelijk'] ?? ''))}"
          autocomplete="off"
          placeholder="${dutchDate(asOf.validAt)}"
        />
      </div>
      <button class="nl-button nl-button--secondary" type="submit">Vergelijk</button>
    </form>`,
  );

/** `1-9-2021`. */
const dutchDate = (date: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? date.split('-').map(Number).reverse().join('-') : date;

const comparison = async (asked: Asked): Promise<Part> => {
  const typed = asked.query['vergelijk']?.trim();
  if (typed === undefined || typed === '') return undefined;
  const date = dateOrText(typed);
  const { asOf, ledger, moment } = asked;
  const [earlier, later] = date < asOf.validAt ? [date, asOf.validAt] : [asOf.validAt, date];
  const at = (validAt: string) => ({ validAt, knownAt: moment.knownAt });
  const found = await ledger.differences({ question: 'package' }, at(earlier), at(later));
  const [change] = found.items;
  if (change === undefined)
    return notice(
      'neutral',
      'Geen verschil',
      paragraph(
        `Tussen ${dateText(earlier)} en ${dateText(later)} veranderde het basispakket niet.`,
      ),
    );
  const tasks = (item: unknown) =>
    ((item as Composition | null)?.tasks ?? []).map(({ task, title, scope }) => ({
      task,
      title,
      scope,
    }));
  const [before, after] = [tasks(change.before), tasks(change.after)];
  const has = (list: typeof before, task: string) => list.some((t) => t.task === task);
  const gone = before.filter(({ task }) => !has(after, task));
  const added = after.filter(({ task }) => !has(before, task));
  const stayed = after.filter(({ task }) => has(before, task));
  return html`<div class="change">
    <h3>Van ${dateText(earlier)} naar ${dateText(later)}</h3>
    ${gone.length + added.length === 0 && paragraph('De onderdelen bleven gelijk; wel veranderde iets anders, zoals de periode.')}
    ${gone.map(({ title }) => html`<del><span class="visually-hidden">eraf: </span>− ${title}</del>`)}
    ${added.map(({ title }) => html`<ins><span class="visually-hidden">erbij: </span>+ ${title}</ins>`)}
    ${
      stayed.length > 0 &&
      html`<details>
        <summary>${stayed.length} onderdelen bleven</summary>
        ${bullets(stayed.map(({ title }) => title))}
      </details>`
    }
    ${causes(asked, found.events, new Set(change.causedBy as readonly string[]))}
  </div>`;
};

/** Causes that stand open; the others are folded in. */
const openCauses = 6;

/** What changed the package itself first, then the decisions and adoptions behind it. */
const causes = (
  asked: Asked,
  events: readonly EventSummary[],
  caused: ReadonlySet<string>,
): Part => {
  const all = events.filter(({ eventId }) => caused.has(eventId)).reverse();
  const line = (event: EventSummary): Html =>
    html`${eventLink(asked, event)}, ${roughText(event.validFrom)}. ${evidenceText(event.evidence)}`;
  const rest = all.slice(openCauses);
  return html`<p>Door:</p>
    ${bullets(all.slice(0, openCauses).map(line))}
    ${
      rest.length > 0 &&
      html`<details>
        <summary>Nog ${rest.length} gebeurtenissen waarop dit rust</summary>
        ${bullets(rest.map(line))}
      </details>`
    }`;
};
