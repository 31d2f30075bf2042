/** Figures that follow from stated amounts, in whole cents and decimal strings. */
import { fraction, nearest } from '../../events/decimals.ts';
import { cents, centsText } from '../../events/values.ts';

/**
 * What part of an amount is its surcharge, when the amount includes it (R7).
 * @param percent the surcharge over the amount without it, as a decimal string
 */
export const surchargeIn = (totalCents: string, percent: string) => {
  const { over, under } = fraction(percent);
  const amount = cents(totalCents);
  const without = nearest(amount * 100n * under, 100n * under + over);
  return {
    percent,
    amountCents: centsText(amount - without),
    withoutCents: centsText(without),
  };
};

/** A part of a whole in percent, to one decimal: `42.2`, `-3`; undefined where there is no whole. */
export const partPercent = (part: bigint, whole: bigint): string | undefined => {
  if (whole === 0n) return undefined;
  const tenths = nearest(part * 1000n, whole);
  const sign = tenths < 0n ? '-' : '';
  const absolute = tenths < 0n ? -tenths : tenths;
  const decimals = absolute % 10n === 0n ? '' : `.${absolute % 10n}`;
  return `${sign}${absolute / 10n}${decimals}`;
};

/** By how many percent an amount changed. */
export const changePercent = (beforeCents: string, afterCents: string): string | undefined =>
  partPercent(cents(afterCents) - cents(beforeCents), cents(beforeCents));
