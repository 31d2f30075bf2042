/** R8: a lump sum is divided by the key in force, in cents, by largest remainder (decision 14). */
import { nearest } from '../../../events/decimals.ts';
import type { EntryFor } from '../../../events/index.ts';
import type { LumpSumYear } from '../../../events/lump-sums.ts';
import { largestRemainder } from '../../../events/shares.ts';
import { cents, centsText } from '../../../events/values.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r8 = ruleOf('R8');

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

/** Rows against the stated total and the key, members without a row, one key behind two years. */
export const shareBreaches = (
  years: readonly LumpSumYear[],
  key: Key,
  members: readonly string[],
): Breach[] => [
  ...years.flatMap((year) => [
    ...unknownShares(year),
    ...rowsAgainstTotal(year),
    ...rowsAgainstKey(year, key),
    ...membersMissing(year, members),
  ]),
  ...oneKey(years),
];

const unknownShares = (year: LumpSumYear): Breach[] =>
  year.shares.length === 0
    ? [
        r8.breach(
          'shares-unknown',
          `De aandelen per gemeente in de lumpsum van ${year.year} zijn niet bekend.`,
        ),
      ]
    : [];

const rowsAgainstTotal = (year: LumpSumYear): Breach[] => {
  if (year.totalCents === undefined || year.shares.length === 0) return [];
  const difference = sumOf(year) - cents(year.totalCents);
  if (difference === 0n) return [];
  const [stated, rows] = [euros(cents(year.totalCents)), euros(sumOf(year))];
  return [
    r8.breach(
      'rows-differ-from-total',
      `De rijen van ${year.year} tellen op tot € ${rows}; genoemd is € ${stated}.`,
      {
        onlyFinding: true,
        figures: [
          { name: 'year', value: String(year.year) },
          { name: 'stated-cents', value: year.totalCents },
          { name: 'rows-cents', value: centsText(sumOf(year)) },
          { name: 'difference-cents', value: centsText(difference) },
        ],
      },
    ),
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
        r8.breach(
          'shares-differ-from-key',
          `De aandelen van ${year.year} wijken af van de verdeelsleutel.`,
          { onlyFinding: true, figures },
        ),
      ];
};

const membersMissing = (year: LumpSumYear, members: readonly string[]): Breach[] => {
  if (year.shares.length === 0) return [];
  const missing = members.filter((code) => !year.shares.some((s) => s.municipality === code));
  return missing.length === 0
    ? []
    : [
        r8.breach(
          'member-without-share',
          `In ${year.year} hebben geen aandeel: ${missing.join(', ')}.`,
        ),
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
      const scaled = nearest(cents(before?.amountCents ?? '0') * total, base);
      const difference = cents(share.amountCents) - scaled;
      return difference === 0n
        ? []
        : [{ name: `difference-cents-${share.municipality}`, value: centsText(difference) }];
    });
    // A key in whole euros may shift each row by less than one; more than that is another key.
    const shifted = figures.some(({ value }) => BigInt(value) > 100n || BigInt(value) < -100n);
    return shifted
      ? [
          r8.breach(
            'years-not-by-one-key',
            `De rijen van ${year.year}, geschaald naar het totaal van ${next.year}, wijken af van de rijen van ${next.year}: één verdeelsleutel verklaart niet beide jaren.`,
            { onlyFinding: true, figures },
          ),
        ]
      : [];
  });
