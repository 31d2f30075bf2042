/** Overzicht: what holds at this moment, what needs attention, what happened lately. */
import type { Asked } from '../asked.ts';
import { html, type Part } from '../html.ts';
import { countText, dateText, euros, periodText, roughText } from '../notation.ts';
import { badge, bullets, cards, link, nothing, section, table } from '../parts.ts';
import type { Page } from '../routes.ts';
import { whyOf, readable } from '../shown.ts';
import { timelineChart } from '../charts.ts';
import { tones, word } from '../words.ts';
import { type Finding, findingLine, weightiest } from './findings.ts';
import { amountIn, type LumpSum } from './lump-sums.ts';

interface Member {
  readonly municipality: string;
  readonly status: string;
}

interface Package {
  readonly period?: { readonly from: string; readonly until: string };
  /** Where none holds: the last that did. */
  readonly lastPeriod?: { readonly until: string };
  readonly tasks: readonly unknown[];
}

/** Findings and events that the overview shows. */
const shownHere = 6;

export const overview: Page = {
  path: '/',
  show: async (asked) => ({
    title: 'Overzicht',
    lead: 'Het grootboek van het partnership van gemeenten en IBN in Noordoost-Brabant: wat is afgesproken, wat kost het, en waarop rust dat.',
    body: html`${await figures(asked)} ${await attention(asked)} ${await years(asked)}
    ${await lately(asked)}`,
  }),
};

const figures = async (asked: Asked): Promise<Part> => {
  const { link: to, asOf } = asked;
  const members = (await asked.items<Member>('members')).filter((m) => m.status === 'member');
  const [held] = await asked.items<Package>('package');
  const lumpSums = await asked.items<LumpSum>('lump-sums');
  const year = Number(asOf.validAt.slice(0, 4));
  const amount = amountIn(lumpSums, year);
  return cards([
    {
      title: 'Deelnemers',
      figure: members.length === 0 ? 'geen' : countText(members.length),
      note: 'gemeenten',
      more: link(to('/deelnemers'), 'bekijk'),
    },
    {
      title: 'Basispakket',
      figure:
        held === undefined || held.tasks.length === 0 ? 'geen' : `${held.tasks.length} onderdelen`,
      note: packageNote(held),
      more: link(to('/basispakket'), 'bekijk'),
    },
    {
      title: `Lumpsum ${year}`,
      figure: amount?.totalCents === undefined ? 'bedrag niet bekend' : euros(amount.totalCents),
      note:
        amount && badge(word('lumpSumStatus', amount.status), tones[amount.status] ?? 'neutral'),
      more:
        amount === undefined
          ? link(to('/lumpsum'), 'bekijk')
          : whyOf(asked, 'lump-sums', amount.lumpSumId, `de lumpsum van ${year}`),
    },
  ]);
};

const packageNote = (held: Package | undefined): string =>
  held?.period !== undefined
    ? periodText(held.period)
    : held?.lastPeriod === undefined
      ? 'vastgesteld op deze datum'
      : `vastgesteld sinds ${dateText(held.lastPeriod.until)}`;

const attention = async (asked: Asked): Promise<Part> => {
  const findings = await asked.items<Finding>('findings');
  const first = weightiest(findings).slice(0, shownHere);
  return section(
    'Wat aandacht vraagt',
    first.length === 0
      ? nothing('Er zijn op dit moment geen bevindingen.')
      : html`${bullets(first.map((finding) => findingLine(asked, finding)))}
        ${link(asked.link('/bevindingen'), `Alle ${countText(findings.length)} bevindingen`)}`,
  );
};

/** Years of which something is recorded, each with how much. */
const years = async ({ ledger, moment, asOf, link: to }: Asked): Promise<Part> => {
  const counted = await ledger.years(moment);
  return (
    counted.length > 0 &&
    section(
      'Door de jaren',
      timelineChart(
        withoutGaps(counted).map(({ year, count }) => ({
          year,
          count,
          to: to('/tijdlijn', { jaar: year }),
          current: String(year) === asOf.validAt.slice(0, 4),
        })),
      ),
      html`<p class="nl-paragraph empty">
        Hoe hoger, hoe meer er van dat jaar is vastgelegd. Bevindingen en wat is teruggenomen tellen
        niet mee.
      </p>`,
    )
  );
};

type Years = Awaited<ReturnType<Asked['ledger']['years']>>;

/** Years between two others stand there too, up to a span that a chart can show. */
const withoutGaps = (counted: Years): Years => {
  const [first, last] = [counted[0]!.year, counted.at(-1)!.year];
  if (last - first > 40) return counted;
  const counts = new Map(counted.map(({ year, count }) => [year, count]));
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    year: first + i,
    count: counts.get(first + i) ?? 0,
  }));
};

const lately = async (asked: Asked): Promise<Part> => {
  const { ledger, asOf, link: to } = asked;
  const from = Math.max(0, asOf.knownAt - shownHere + 1);
  const found = await ledger.replay(
    { after: from - 1, upTo: asOf.knownAt, validAt: asOf.validAt, knownAt: String(asOf.knownAt) },
    shownHere,
  );
  const rows = [...found.items].reverse();
  if (rows.length === 0) return undefined;
  return section(
    'Laatst vastgelegd',
    table({
      caption: 'De laatste gebeurtenissen die op dit moment bekend waren',
      rows,
      columns: [
        {
          head: 'Nr.',
          short: true,
          cell: (e) => link(to(`/gebeurtenissen/${e.eventId}`), e.sequence),
        },
        { head: 'Wat', cell: (e) => readable(asked, e.summary) },
        { head: 'Geldt vanaf', date: true, cell: (e) => roughText(e.validFrom) },
      ],
    }),
    html`<p class="pages">
      ${link(to('/terugspelen', { na: asOf.knownAt - 1 }), 'Stap terug door de geschiedenis')}
      ${link(to('/controleren'), 'Controleer dat er niets is veranderd')}
    </p>`,
  );
};
