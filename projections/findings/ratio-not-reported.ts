/** A year went by without the ratio of target-group to regular staff being reported (R18). */
import { certainlyBefore, yearOf } from '../../events/calendar.ts';
import { onDay } from '../../events/values.ts';
import { fact, type HeldFact, withPrefix } from '../core.ts';
import type { DerivedKind } from './derived.ts';
import { countIn, figuresOn, heldSince, ruleFacts } from './rule-facts.ts';

const kind = 'ratio-not-reported';
const thing = 'staff-ratio';
/** More years than this are counted, not named. */
const mostNamed = 20;

/** Years reported on under the rule; what was told before it held is no yearly report. */
const reportedYears = (facts: readonly HeldFact[], since: string): ReadonlySet<number> =>
  new Set(
    withPrefix(facts, 'report:')
      .filter((f) => !certainlyBefore(f.from, onDay(since)))
      .map((f) => f.value as number),
  );

const missingYears = (facts: readonly HeldFact[], validAt: string): readonly number[] => {
  const since = heldSince(facts);
  if (since === undefined) return [];
  const first = yearOf(since);
  const reported = reportedYears(facts, since);
  const missing: number[] = [];
  for (let year = first; year < yearOf(validAt); year += 1) {
    const interval = countIn(figuresOn(facts, `${year}-12-31`), 'report-interval-years');
    if (interval === undefined || year - first + 1 < interval) continue;
    const within = Array.from({ length: interval }, (_, i) => year - i);
    if (!within.some((y) => reported.has(y))) missing.push(year);
  }
  return missing;
};

export const ratioNotReported: DerivedKind = {
  kind,
  apply: (entry) =>
    entry.type === 'StaffRatioReported'
      ? [fact(entry, thing, `report:${entry.id}`, entry.data.year)]
      : ruleFacts(kind, thing, entry),
  assemble: (_thing, facts, _common, validAt) => {
    const missing = missingYears(facts, validAt);
    if (missing.length === 0) return undefined;
    const named =
      missing.length > mostNamed
        ? `${missing.length} jaren vanaf ${missing[0]!}`
        : missing.join(', ');
    return {
      description: `De verhouding doelgroep – regulier bij IBN is niet vastgelegd over: ${named}.`,
      since: onDay(`${missing[0]! + 1}-01-01`),
      about: [],
      figures: [{ name: 'years', value: String(missing.length) }],
    };
  },
};
