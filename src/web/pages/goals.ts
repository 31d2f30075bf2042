/** Plaatsingen en doelen: indicators against targets, evaluations, counts that hide small numbers. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import { html, type Html, type Part } from '../html.ts';
import { countText, dateText, decimalText, periodText, roughText } from '../notation.ts';
import { badge, bullets, nothing, paragraph, section, table } from '../parts.ts';
import type { Page } from '../routes.ts';
import { type Certainty, uncertain, whyEvent, whyOf } from '../shown.ts';
import { tones, word } from '../words.ts';

interface Result {
  readonly value?: string;
  readonly approximate?: boolean;
  readonly wording?: string;
  readonly from?: string;
  readonly until?: string;
  readonly date: RoughDate;
}

interface Indicator extends Certainty {
  readonly indicatorId: string;
  readonly kind: string;
  readonly title: string;
  readonly unit: string;
  readonly direction?: string;
  readonly targetValue?: string;
  readonly per?: string;
  readonly from?: string;
  readonly until?: string;
  readonly results: readonly Result[];
  readonly reached?: boolean | string;
}

interface ActionPoint {
  readonly title: string;
  readonly outcome: string;
  readonly reported?: { readonly note?: string; readonly date: RoughDate };
}

interface Evaluation extends Certainty {
  readonly evaluationId: string;
  readonly title: string;
  readonly note?: string;
  readonly date: RoughDate;
  readonly actionPoints: readonly ActionPoint[];
}

interface Assignment extends Certainty {
  readonly assignmentId: string;
  readonly title: string;
  readonly status: string;
  readonly date: RoughDate;
  readonly daysAfterLatest?: number;
  readonly subAssignments: readonly {
    readonly number: string;
    readonly title: string;
    readonly outcome: string;
    readonly where?: string;
  }[];
}

interface Ratio {
  readonly measuredOn: string;
  readonly targetPerRegular: string;
  readonly note?: string;
  readonly eventId: string;
}

interface Count {
  readonly countId: string;
  readonly groupBy: string;
  readonly municipality: string;
  readonly measure: string;
  readonly from: string;
  readonly until: string;
  /** `hidden` or `<5` where it is too small to tell. */
  readonly count: number | string;
}

const valueText = (value: string, unit: string): string =>
  `${decimalText(value)}${unit === 'percent' ? ' %' : ''}`;

export const goalsPage: Page = {
  path: '/doelen',
  show: async (asked) => ({
    title: 'Plaatsingen en doelen',
    lead: 'Wat is afgesproken, wat kwam ervan, en hoeveel mensen vonden een plek. Kleine aantallen blijven verborgen.',
    body: [
      await indicators(asked),
      await ratios(asked),
      await counts(asked),
      await evaluations(asked),
      await assignments(asked),
    ],
  }),
};

const reachedBadge = ({ reached, kind }: Indicator): Part => {
  if (reached === undefined) return kind === 'goal' ? undefined : badge('geen doel');
  if (reached === true) return badge('gehaald', 'positive');
  if (reached === false) return badge('niet gehaald', 'negative');
  return badge(reached === 'in-progress' ? 'loopt nog' : 'niet bekend', 'neutral');
};

const target = ({ targetValue, unit, direction, per }: Indicator): string => {
  if (targetValue === undefined) return 'niet genoemd';
  const bound = direction === 'at-most' ? 'hoogstens' : 'ten minste';
  return `${bound} ${valueText(targetValue, unit)}${per === 'year' ? ' per jaar' : ''}`;
};

const resultText = (unit: string, { value, approximate, wording, from, until }: Result): string => {
  const figure =
    value === undefined
      ? ''
      : `${approximate === true ? 'ongeveer ' : ''}${valueText(value, unit)}`;
  const when = from === undefined || until === undefined ? '' : ` (${periodText({ from, until })})`;
  return `${[figure, wording].filter(Boolean).join(': ')}${when}`;
};

const indicators = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Indicator>('indicators');
  return section(
    'Doelen en resultaten',
    rows.length === 0
      ? nothing('Op deze datum zijn er geen doelen bekend.')
      : table({
          caption: 'Doelen, met wat ervan is gemeld',
          rows,
          columns: [
            { head: 'Doel', cell: ({ title }) => title },
            { head: 'Afgesproken', cell: target },
            {
              head: 'Gemeld',
              cell: ({ results, unit }) =>
                results.length === 0
                  ? 'nog\u00a0niets'
                  : results.map((r) => html`<div>${resultText(unit, r)}</div>`),
            },
            { head: 'Uitkomst', cell: (i) => [reachedBadge(i), ' ', uncertain(i)] },
            {
              head: 'Rust op',
              where: 'on-screen',
              cell: (i) => whyOf(asked, 'indicators', i.indicatorId, i.title),
            },
          ],
        }),
  );
};

const ratios = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Ratio>('staff-ratios');
  return (
    rows.length > 0 &&
    section(
      'Verhouding doelgroep en reguliere medewerkers',
      table({
        caption: 'Op één reguliere medewerker',
        rows,
        columns: [
          {
            head: 'Gemeten op',
            cell: ({ measuredOn }) => dateText(measuredOn),
          },
          {
            head: 'Doelgroep',
            number: true,
            cell: ({ targetPerRegular }) => `${decimalText(targetPerRegular)} op 1`,
          },
          { head: 'Toelichting', cell: ({ note }) => note },
          {
            head: 'Rust op',
            where: 'on-screen',
            cell: ({ eventId, measuredOn }) =>
              whyEvent(asked, eventId, `de verhouding op ${dateText(measuredOn)}`),
          },
        ],
      }),
    )
  );
};

const measures: Readonly<Record<string, string>> = {
  placements: 'plaatsingen',
  'placements-beschut': 'plaatsingen in beschut werk',
  referrals: 'aanmeldingen',
  'outflow-regular-work': 'uitstroom naar regulier werk',
};

const measureOf = (measure: string): string => measures[measure] ?? measure;

/** Periods of which the counts stand open; those before are folded in, and the oldest left out. */
const openPeriods = 2;
const mostPeriods = 12;

/** As they were reported for each period, the newest first. */
const counts = async (asked: Asked): Promise<Part> => {
  const all = (await asked.items<Count>('placement-counts')).filter(
    ({ groupBy }) => groupBy === 'report',
  );
  const periods = new Map<string, Count[]>();
  for (const count of all) {
    const key = `${count.from} ${count.until}`;
    periods.set(key, [...(periods.get(key) ?? []), count]);
  }
  const ordered = [...periods.values()].sort((a, b) => (a[0]!.from < b[0]!.from ? 1 : -1));
  const shown = ordered.slice(0, mostPeriods).map((found) => countsOf(asked, found));
  return section(
    'Aantallen',
    ordered.length === 0
      ? nothing('Er zijn geen periodetotalen gemeld.')
      : html`${paragraph('Uit gemelde periodetotalen; minder dan 5 wordt niet getoond.')}
        ${shown.slice(0, openPeriods)}
        ${
          shown.length > openPeriods &&
          html`<details>
            <summary>Eerdere perioden</summary>
            ${shown.slice(openPeriods)}
            ${ordered.length > mostPeriods && paragraph(`De nieuwste ${mostPeriods} van ${ordered.length} perioden. Via de API zijn alle te lezen.`)}
          </details>`
        }`,
  );
};

/** The counts of one period: a row for each municipality, a column for what was counted. */
const countsOf = (asked: Asked, found: readonly Count[]): Html => {
  const counted = [...new Set(found.map(({ measure }) => measure))].sort((a, b) =>
    measureOf(a).localeCompare(measureOf(b), 'nl'),
  );
  const rows = [...new Set(found.map(({ municipality }) => municipality))]
    .map((code) => ({
      name: asked.municipality(code),
      of: new Map(found.filter((c) => c.municipality === code).map((c) => [c.measure, c])),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'));
  return table({
    caption: periodText(found[0]!),
    rows,
    columns: [
      { head: 'Gemeente', cell: ({ name }) => name },
      ...counted.map((measure) => ({
        head: measureOf(measure),
        number: true,
        cell: ({ of }: (typeof rows)[number]) => countShown(of.get(measure)),
      })),
      {
        head: 'Rust op',
        where: 'on-screen',
        // One report gave all of a row.
        cell: ({ name, of }) =>
          whyOf(
            asked,
            'placement-counts',
            [...of.values()][0]!.countId,
            `de aantallen van ${name}`,
          ),
      },
    ],
  });
};

const countShown = (found: Count | undefined): string | undefined =>
  found && (typeof found.count === 'number' ? countText(found.count) : 'minder dan 5');

const outcomeBadge = (outcome: string) =>
  badge(word('outcome', outcome), tones[outcome] ?? 'neutral');

const evaluations = async (asked: Asked): Promise<Part> => {
  const found = await asked.items<Evaluation>('evaluations');
  return (
    found.length > 0 &&
    section(
      'Evaluaties',
      found.map(
        (e) =>
          html`<div class="change">
            <h3>${e.title} ${uncertain(e)}</h3>
            <p class="steps__when">
              ${roughText(e.date)}
              <span class="on-screen"
                >· ${whyOf(asked, 'evaluations', e.evaluationId, e.title)}</span
              >
            </p>
            ${e.note !== undefined && paragraph(e.note)}
            ${
              e.actionPoints.length > 0 &&
              bullets(
                e.actionPoints.map(
                  ({ title, outcome, reported }) =>
                    html`${title}
                    ${outcomeBadge(outcome)}${reported?.note !== undefined && html`<div class="steps__when">${reported.note}</div>`}`,
                ),
              )
            }
          </div>`,
      ),
    )
  );
};

const assignments = async (asked: Asked): Promise<Part> => {
  const found = await asked.items<Assignment>('assignments');
  return (
    found.length > 0 &&
    section(
      'Opdrachten',
      found.map(
        (a) =>
          html`<div class="change">
            <h3>${a.title} ${uncertain(a)}</h3>
            <p class="steps__when">
              ${roughText(a.date)}${a.daysAfterLatest !== undefined && a.daysAfterLatest > 0 && `, ${a.daysAfterLatest} dagen na de uiterste datum opgeleverd`}
              <span class="on-screen"
                >· ${whyOf(asked, 'assignments', a.assignmentId, a.title)}</span
              >
            </p>
            ${
              a.subAssignments.length > 0 &&
              table({
                caption: 'Deelopdrachten',
                rows: a.subAssignments,
                columns: [
                  { head: 'Nr.', cell: ({ number }) => number },
                  { head: 'Deelopdracht', cell: ({ title }) => title },
                  { head: 'Uitkomst', cell: ({ outcome }) => outcomeBadge(outcome) },
                  { head: 'Uitgewerkt in', cell: ({ where }) => where },
                ],
              })
            }
          </div>`,
      ),
    )
  );
};
