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
      note: held?.period && periodText(held.period),
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

/** Years from the first event on, each with how much happened. */
const years = async ({ ledger, moment, asOf, link: to }: Asked): Promise<Part> => {
  const counted = new Map<number, number>();
  let after: string | undefined;
  // A large ledger is told by its first thousands of events here; the timeline itself has all.
  for (let pages = 0; pages < 5; pages += 1) {
    const found = await ledger.timeline(
      { ...moment, ...(after === undefined ? {} : { after }) },
      1_000,
    );
    for (const { validFrom } of found.items) {
      const year = Number(validFrom.latest.slice(0, 4));
      counted.set(year, (counted.get(year) ?? 0) + 1);
    }
    after = 'next' in found ? found.next : undefined;
    if (after === undefined) break;
  }
  if (counted.size === 0) return undefined;
  const all = [...counted].sort(([a], [b]) => a - b);
  return section(
    'Door de jaren',
    timelineChart(
      all.map(([year, count]) => ({
        year,
        count,
        to: to('/tijdlijn', { jaar: year }),
        current: String(year) === asOf.validAt.slice(0, 4),
      })),
    ),
  );
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
        { head: 'Nr.', cell: (e) => link(to(`/gebeurtenissen/${e.eventId}`), e.sequence) },
        { head: 'Wat', cell: (e) => readable(asked, e.summary) },
        { head: 'Geldt vanaf', cell: (e) => roughText(e.validFrom) },
      ],
    }),
    html`<p class="pages">
      ${link(to('/terugspelen', { na: asOf.knownAt - 1 }), `Stap door de geschiedenis tot ${dateText(asOf.validAt)}`)}
      ${link(to('/controleren'), 'Controleer dat er niets is veranderd')}
    </p>`,
  );
};
