/** What rules R3 and R6 – R9 say of a table of amounts. */
import type { EntryFor } from '../../events/index.ts';
import type { LumpSumYear } from '../../events/lump-sums.ts';
import { largestRemainder } from '../../events/shares.ts';
import { cents, centsText } from '../../events/values.ts';
import type { Books } from './books.ts';
import { yearOf, yearsOf } from './calendar.ts';
import type { Context } from './core.ts';
import type { Breach } from './rules.ts';

type Key = EntryFor<'DistributionKeySet'> | undefined;

const sumOf = (year: LumpSumYear): bigint =>
  year.shares.reduce((sum, share) => sum + cents(share.amountCents), 0n);

/** Cents as euros for people: 4603699.00 → 4.603.699,00. */
const euros = (amount: bigint): string => {
  const absolute = amount < 0n ? -amount : amount;
  const whole = (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, '.');
  return `${amount < 0n ? '−' : ''}${whole},${(absolute % 100n).toString().padStart(2, '0')}`;
};

/** Shares of a year without any, by the key (R8); a year that has them is left as it is. */
export const computeShares = (year: LumpSumYear, key: Key): LumpSumYear => {
  if (year.shares.length > 0 || year.totalCents === undefined) return year;
  if (key === undefined || key.data.weights.length === 0) return year;
  const weights = key.data.weights;
  const amounts = largestRemainder(cents(year.totalCents), weights);
  const shares = weights.map(({ municipality }, i) => ({
    municipality,
    amountCents: centsText(amounts[i]!),
    origin: 'computed' as const,
  }));
  return { ...year, shares };
};

/** R8: rows against the stated total, against the key, and one key behind two years. */
export const tableBreaches = (
  years: readonly LumpSumYear[],
  key: Key,
  members: readonly string[],
): Breach[] => [
  ...years.flatMap((year) => [
    ...unknownParts(year),
    ...rowsAgainstTotal(year),
    ...rowsAgainstKey(year, key),
    ...membersMissing(year, members),
  ]),
  ...oneKey(years),
];

const unknownParts = (year: LumpSumYear): Breach[] => [
  ...(year.totalCents === undefined
    ? [
        {
          kind: 'amount-unknown',
          rule: 'R6',
          detail: `Het lumpsumbedrag voor ${year.year} is niet vastgelegd.`,
        },
      ]
    : []),
  ...(year.shares.length === 0
    ? [
        {
          kind: 'shares-unknown',
          rule: 'R8',
          detail: `De aandelen per gemeente in de lumpsum van ${year.year} zijn niet bekend.`,
        },
      ]
    : []),
];

const rowsAgainstTotal = (year: LumpSumYear): Breach[] => {
  if (year.totalCents === undefined || year.shares.length === 0) return [];
  const difference = sumOf(year) - cents(year.totalCents);
  if (difference === 0n) return [];
  const [stated, rows] = [euros(cents(year.totalCents)), euros(sumOf(year))];
  return [
    {
      kind: 'rows-differ-from-total',
      rule: 'R8',
      onlyFinding: true,
      detail: `De rijen van ${year.year} tellen op tot € ${rows}; genoemd is € ${stated}.`,
      figures: [
        { name: 'year', value: String(year.year) },
        { name: 'stated-cents', value: year.totalCents },
        { name: 'rows-cents', value: centsText(sumOf(year)) },
        { name: 'difference-cents', value: centsText(difference) },
      ],
    },
  ];
};

const rowsAgainstKey = (year: LumpSumYear, key: Key): Breach[] => {
  if (key === undefined || key.data.weights.length === 0) return [];
  if (year.totalCents === undefined || year.shares.length === 0) return [];
  const amounts = largestRemainder(cents(year.totalCents), key.data.weights);
  const computed = new Map(key.data.weights.map((w, i) => [w.municipality, amounts[i]!]));
  const figures = year.shares.flatMap((share) => {
    const difference = cents(share.amountCents) - (computed.get(share.municipality) ?? 0n);
    return difference === 0n
      ? []
      : [{ name: `difference-cents-${share.municipality}`, value: centsText(difference) }];
  });
  return figures.length === 0
    ? []
    : [
        {
          kind: 'shares-differ-from-key',
          rule: 'R8',
          onlyFinding: true,
          detail: `De aandelen van ${year.year} wijken af van de verdeelsleutel.`,
          figures,
        },
      ];
};

const membersMissing = (year: LumpSumYear, members: readonly string[]): Breach[] => {
  if (year.shares.length === 0) return [];
  const missing = members.filter((code) => !year.shares.some((s) => s.municipality === code));
  return missing.length === 0
    ? []
    : [
        {
          kind: 'member-without-share',
          rule: 'R8',
          detail: `In ${year.year} hebben geen aandeel: ${missing.join(', ')}.`,
        },
      ];
};

/** Whether the rows of one year, scaled to the stated total of the next, give its rows. */
const oneKey = (years: readonly LumpSumYear[]): Breach[] =>
  years.flatMap((next, i) => {
    const year = years[i - 1];
    if (year === undefined || next.totalCents === undefined) return [];
    if (year.shares.length === 0 || next.shares.length === 0) return [];
    const total = cents(next.totalCents);
    const base = sumOf(year);
    if (base === 0n) return [];
    const figures = next.shares.flatMap((share) => {
      const before = year.shares.find((s) => s.municipality === share.municipality);
      const scaled = rounded(cents(before?.amountCents ?? '0') * total, base);
      const difference = cents(share.amountCents) - scaled;
      return difference === 0n
        ? []
        : [{ name: `difference-cents-${share.municipality}`, value: centsText(difference) }];
    });
    // A key in whole euros may shift each row by less than one; more than that is another key.
    const shifted = figures.some(({ value }) => BigInt(value) > 100n || BigInt(value) < -100n);
    return shifted
      ? [
          {
            kind: 'years-not-by-one-key',
            rule: 'R8',
            severity: 'note' as const,
            onlyFinding: true,
            detail: `De rijen van ${year.year}, geschaald naar het totaal van ${next.year}, wijken af van de rijen van ${next.year}: één verdeelsleutel verklaart niet beide jaren.`,
            figures,
          },
        ]
      : [];
  });

/** a ÷ b for positive numbers, to the nearest whole, halves up. */
const rounded = (a: bigint, b: bigint): bigint => (2n * a + b) / (2n * b);

/** R3, R6 and R9 for a determination. */
export const determinationBreaches = (
  body: EntryFor<'LumpSumDetermined'>['data'],
  books: Books,
  context: Context,
): Breach[] => {
  const before = books.lumpSums.byId.get(body.lumpSumId)?.determined;
  const breaches: Breach[] = [];
  const breach = (rule: string, kind: string, detail: string) =>
    breaches.push({ rule, kind, detail });
  if (body.budgetId === undefined)
    breach('R6', 'no-budget-reference', 'Er is niet verwezen naar een begroting van IBN.');
  if (body.decisionIds.length === 0)
    breach('R6', 'no-decision', 'Er is niet vastgelegd door welk besluit dit is vastgesteld.');
  const missing = yearsOf(body.from, body.until).filter(
    (year) => !body.years.some((y) => y.year === year),
  );
  if (missing.length > 0)
    breach('R6', 'year-without-amount', `Zonder bedrag: ${missing.join(', ')}.`);
  if (before !== undefined && body.circumstances === undefined)
    breach(
      'R3',
      'no-compelling-circumstances',
      'Voor een tussentijdse wijziging zijn geen zwaarwegende omstandigheden vastgelegd.',
    );
  if (before !== undefined && body.years.some((y) => y.year < yearOf(context.today)))
    breach('R9', 'adjusted-afterwards', 'Een lumpsum wordt achteraf niet aangepast.');
  return breaches;
};
