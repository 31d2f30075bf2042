/** Lumpsum: per period and year the total, the shares, and what does not add up. */
import type { Asked } from '../asked.ts';
import { bars } from '../charts.ts';
import { html, type Part } from '../html.ts';
import { euros, eurosChange, percentText, yearsText } from '../notation.ts';
import {
  badge,
  cards,
  facts,
  heading,
  link,
  nothing,
  notice,
  section,
  table,
  bullets,
} from '../parts.ts';
import type { Page } from '../routes.ts';
import { decisionLinks, uncertain, whyEvent, whyOf, type Certainty } from '../shown.ts';
import { tones, word } from '../words.ts';
import { type Finding, findingLink } from './findings.ts';

interface Share {
  readonly municipality: string;
  readonly amountCents: string;
  readonly origin: string;
  /** How the source calls the municipality, where that is not its name. */
  readonly wording?: string;
}

interface Year {
  readonly year: number;
  readonly totalStatedCents?: string;
  readonly totalOfSharesCents?: string;
  readonly shares: readonly Share[];
  readonly areas?: readonly {
    readonly name: string;
    readonly amountCents: string;
    readonly percentOfShares?: string;
  }[];
}

export interface LumpSum extends Certainty {
  readonly lumpSumId: string;
  readonly period: { readonly from: string; readonly until: string };
  readonly status: string;
  readonly years: readonly Year[];
  readonly keyId?: string;
  readonly note?: string;
  readonly decisionIds: readonly string[];
  readonly findings: readonly Finding[];
}

/** What is known of the lump sum of a year: what was determined comes before what was proposed. */
export const amountIn = (lumpSums: readonly LumpSum[], year: number) => {
  const rank = ['determined', 'proposed', 'expected'];
  const [best] = lumpSums
    .filter(({ status }) => rank.includes(status))
    .flatMap(({ lumpSumId, status, years }) =>
      years
        .filter((y) => y.year === year)
        .map((y) => ({
          lumpSumId,
          status,
          totalCents: y.totalStatedCents ?? y.totalOfSharesCents,
        })),
    )
    .sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status));
  return best;
};

const statusBadge = ({ status }: LumpSum) =>
  badge(word('lumpSumStatus', status), tones[status] ?? 'neutral');

const millions = (cents: string): number => Number(BigInt(cents) / 100n) / 1_000_000;

export const lumpSumList: Page = {
  path: '/lumpsum',
  show: async (asked) => {
    const lumpSums = [...(await asked.items<LumpSum>('lump-sums'))].sort((a, b) =>
      a.period.from < b.period.from ? -1 : 1,
    );
    const years = lumpSums.flatMap((lumpSum) =>
      lumpSum.years.map((year) => ({ ...year, lumpSum })),
    );
    const known = years.filter((y) => (y.totalStatedCents ?? y.totalOfSharesCents) !== undefined);
    return {
      title: 'Lumpsum',
      lead: 'Het bedrag dat de gemeenten samen betalen om het basispakket te kunnen gebruiken. Het wordt per periode vastgesteld en verdeeld met een sleutel.',
      body: html`${
        lumpSums.length === 0
          ? nothing('Op dit moment is er geen lumpsum bekend.')
          : table({
              caption: 'Lumpsum per jaar',
              rows: years,
              columns: [
                {
                  head: 'Jaar',
                  cell: ({ year, lumpSum }) =>
                    link(asked.link(`/lumpsum/${lumpSum.lumpSumId}`), `${year}`),
                },
                {
                  head: 'Status',
                  cell: ({ lumpSum }) => [statusBadge(lumpSum), ' ', uncertain(lumpSum)],
                },
                {
                  head: 'Totaal, genoemd',
                  number: true,
                  cell: ({ totalStatedCents }) =>
                    totalStatedCents === undefined ? 'niet bekend' : euros(totalStatedCents),
                },
                {
                  head: 'Som van de aandelen',
                  number: true,
                  cell: ({ totalOfSharesCents }) =>
                    totalOfSharesCents === undefined ? 'niet bekend' : euros(totalOfSharesCents),
                },
                {
                  head: 'Rust op',
                  where: 'on-screen',
                  cell: ({ year, lumpSum }) =>
                    whyOf(asked, 'lump-sums', lumpSum.lumpSumId, `de lumpsum van ${year}`),
                },
              ],
            })
      }
      ${
        known.length > 1 &&
        section(
          'Ontwikkeling',
          bars({
            title: 'Lumpsum per jaar, in miljoen euro',
            description: known
              .map((y) => `${y.year}: ${euros((y.totalStatedCents ?? y.totalOfSharesCents)!)}`)
              .join('; '),
            series: ['totaal, in miljoen euro'],
            rows: known.map((y) => ({
              name: `${y.year}`,
              values: [millions((y.totalStatedCents ?? y.totalOfSharesCents)!)],
            })),
          }),
        )
      }
      ${await stated(asked)}`,
    };
  },
};

interface Stated {
  readonly year: number;
  readonly subject: string;
  readonly amountCents: string;
  readonly approximate?: boolean;
  readonly note?: string;
  readonly eventId: string;
}

/** Amounts that a source names without determining them. */
const stated = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Stated>('stated-amounts');
  return (
    rows.length > 0 &&
    section(
      'Bedragen die de bronnen noemen',
      table({
        caption: 'Genoemd, niet vastgesteld',
        rows,
        columns: [
          { head: 'Jaar', cell: ({ year }) => `${year}` },
          { head: 'Toelichting', cell: ({ note, subject }) => note ?? subject },
          {
            head: 'Bedrag',
            number: true,
            cell: ({ amountCents, approximate }) =>
              `${approximate === true ? 'ongeveer ' : ''}${euros(amountCents)}`,
          },
          {
            head: 'Rust op',
            where: 'on-screen',
            cell: ({ eventId, year }) => whyEvent(asked, eventId, `dit bedrag van ${year}`),
          },
        ],
      }),
    )
  );
};

export const lumpSumPage: Page = {
  path: '/lumpsum/:lumpSumId',
  show: async (asked) => {
    const lumpSum = await asked.one<LumpSum>('lump-sums', asked.params['lumpSumId']!);
    const { years, period, findings } = lumpSum;
    return {
      title: `Lumpsum ${yearsText(period)}`,
      mark: html`${statusBadge(lumpSum)} ${uncertain(lumpSum)}`,
      lead: 'Het bedrag dat de gemeenten samen betalen om het basispakket te kunnen gebruiken.',
      crumbs: [['Lumpsum', asked.link('/lumpsum')]],
      body: html`${
        findings.length > 0 &&
        notice(
          'warning',
          findings.length === 1 ? 'Bevinding' : 'Bevindingen',
          bullets(eachOnce(findings).map((finding) => findingLink(asked, finding))),
        )
      }
      ${totals(asked, lumpSum)}
      ${years.some(({ shares }) => shares.length > 0) && shares(asked, lumpSum)}
      ${areas(asked, lumpSum)}
      ${facts([
        ['Besluiten', decisionLinks(asked, lumpSum.decisionIds)],
        ['Verdeelsleutel', await keyTitle(asked, lumpSum)],
      ])}`,
    };
  },
};

/** Of the same words only the last: what was found in a proposal is found again once it holds. */
const eachOnce = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [finding.description, finding])).values(),
];

const keyTitle = async (asked: Asked, { keyId }: LumpSum): Promise<string> => {
  if (keyId === undefined) return 'niet vastgelegd';
  const keys = await asked.items<{ keyId: string; title: string }>('distribution-keys', { keyId });
  return keys[0]?.title ?? 'een sleutel van later';
};

const totals = (asked: Asked, { lumpSumId, years }: LumpSum): Part => {
  const total = (year: Year | undefined) => year?.totalStatedCents ?? year?.totalOfSharesCents;
  const [first, second] = years;
  const [from, to] = [total(first), total(second)];
  return cards([
    ...years.map((year) => ({
      title: `Totaal ${year.year}${year.totalStatedCents === undefined ? '' : ', genoemd'}`,
      figure: total(year) === undefined ? 'niet bekend' : euros(total(year)!),
      more: whyOf(asked, 'lump-sums', lumpSumId, `het totaal van ${year.year}`),
    })),
    ...(from === undefined || to === undefined
      ? []
      : [
          {
            title: 'Verschil',
            figure: eurosChange(from, to),
            note: `van ${first!.year} naar ${second!.year}`,
          },
        ]),
  ]);
};

const shares = (asked: Asked, { lumpSumId, years }: LumpSum): Part => {
  const codes = [...new Set(years.flatMap((y) => y.shares.map((s) => s.municipality)))].sort(
    (a, b) => asked.municipality(a).localeCompare(asked.municipality(b), 'nl'),
  );
  const of = (year: Year, code: string) => year.shares.find((s) => s.municipality === code);
  const rows = codes.map((code) => ({ code, shares: years.map((year) => of(year, code)) }));
  const change = (from: string | undefined, to: string | undefined): string =>
    from === undefined || to === undefined ? '' : eurosChange(from, to);
  const [first, second] = years;
  const both = years.length === 2;
  const sum = (year: Year | undefined) => year?.totalOfSharesCents;
  return html`<div class="columns">
    <div>
      ${heading(2, 'Aandeel per gemeente, in miljoen euro')}
      ${bars({
        title: 'Aandeel per gemeente, in miljoen euro',
        description: 'De getallen staan in de tabel op deze pagina.',
        series: years.map(({ year }) => `${year}`),
        rows: rows.map(({ code, shares }) => ({
          name: asked.municipality(code),
          values: shares.map((s) => (s === undefined ? 0 : millions(s.amountCents))),
        })),
      })}
    </div>
    <div>
      ${table({
        caption: 'Aandeel per gemeente',
        rows,
        columns: [
          { head: 'Gemeente', cell: ({ code }) => asked.municipality(code) },
          ...years.map((year, i) => ({
            head: `${year.year}`,
            number: true,
            cell: ({ shares, code }: (typeof rows)[number]) =>
              shares[i] === undefined
                ? 'niet bekend'
                : html`${euros(shares[i].amountCents)}
                  ${whyOf(asked, 'lump-sums', lumpSumId, `het aandeel van ${asked.municipality(code)} in ${year.year}`)}`,
          })),
          ...(both
            ? [
                {
                  head: 'Verschil',
                  number: true,
                  cell: ({ shares: [a, b] }: (typeof rows)[number]) =>
                    change(a?.amountCents, b?.amountCents),
                },
              ]
            : []),
        ],
        foot: [
          'Som van de aandelen',
          ...years.map((year) =>
            sum(year) === undefined
              ? ''
              : html`${euros(sum(year)!)}
                ${whyOf(asked, 'lump-sums', lumpSumId, `de som van ${year.year}`)}`,
          ),
          ...(both ? [change(sum(first), sum(second))] : []),
        ],
      })}
      <p class="nl-paragraph">De bedragen zijn ${originText(years)}.</p>
    </div>
  </div>`;
};

const originText = (years: readonly Year[]): string =>
  [...new Set(years.flatMap((y) => y.shares.map((s) => word('origin', s.origin))))].join(' en ');

const areas = (asked: Asked, { lumpSumId, years }: LumpSum): Part => {
  const rows = years.flatMap(({ year, areas: found = [] }) =>
    found.map((area) => ({ year, ...area })),
  );
  return (
    rows.length > 0 &&
    section(
      'Per uitvoeringsgebied',
      table({
        caption: 'Wat de gemeenten van elk gebied samen betalen',
        rows,
        columns: [
          { head: 'Gebied', cell: ({ name }) => name },
          { head: 'Jaar', cell: ({ year }) => `${year}` },
          { head: 'Bedrag', number: true, cell: ({ amountCents }) => euros(amountCents) },
          {
            head: 'Deel',
            number: true,
            cell: ({ percentOfShares }) => percentOfShares && percentText(percentOfShares),
          },
          {
            head: 'Rust op',
            where: 'on-screen',
            cell: ({ name, year }) =>
              whyOf(asked, 'lump-sums', lumpSumId, `wat ${name} in ${year} betaalt`),
          },
        ],
      }),
    )
  );
};
