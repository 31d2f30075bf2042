/** R9: a lump sum is not adjusted afterwards for real use or cost. */
import type { LumpSumYear } from '../../../events/lump-sums.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r9 = ruleOf('R9');

/** @param thisYear the calendar year in which it is determined anew */
export const afterwardsBreaches = (years: readonly LumpSumYear[], thisYear: number): Breach[] =>
  years.some(({ year }) => year < thisYear)
    ? [r9.breach('adjusted-afterwards', 'Een lumpsum wordt achteraf niet aangepast.')]
    : [];
