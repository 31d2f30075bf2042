/** R9: a lump sum is not adjusted afterwards for real use or cost. */
import { type Breach, ruleOf } from '../rules.ts';

export const r9 = ruleOf('R9');

/** @param thisYear the calendar year in which it is determined anew, or corrected */
export const afterwardsBreaches = (
  years: readonly { readonly year: number }[],
  thisYear: number,
): Breach[] =>
  years.some(({ year }) => year < thisYear)
    ? [r9.breach('adjusted-afterwards', 'Een lumpsum wordt achteraf niet aangepast.')]
    : [];
