/**
 * Counts from reported totals: as they were reported, and added up per municipality, measure or
 * year. A sum of which a part is hidden is hidden too; it rests on what was recorded, in which
 * small numbers are not.
 */
import type { ShownCount } from '../../events/period-totals.ts';
import { byField, fact, type Projection, withPrefix } from '../core.ts';

interface Part {
  readonly count: ShownCount;
}

/** Added up; a part that is not a number hides the sum, unless it is all there is. */
const sumOf = (parts: readonly Part[]) => {
  const numbers = parts.flatMap(({ count }) => (typeof count === 'number' ? [count] : []));
  const atLeast = numbers.reduce((sum, n) => sum + n, 0);
  const hidden = parts.length - numbers.length;
  if (hidden === 0) return { count: atLeast, reports: parts.length, hidden };
  const count = parts.length === 1 ? parts[0]!.count : 'hidden';
  return { count, atLeast, reports: parts.length, hidden };
};

export const placementCounts: Projection = {
  question: 'placement-counts',
  apply: (entry) => {
    if (entry.type !== 'PeriodTotalsReported') return [];
    const { reportId, municipality, from, until, counts } = entry.data;
    const year = from.slice(0, 4);
    return counts.flatMap(({ measure, count }) => {
      const groups = [
        { groupBy: 'report', by: reportId, municipality, from, until },
        { groupBy: 'municipality', by: municipality, municipality },
        { groupBy: 'measure', by: 'all' },
        { groupBy: 'year', by: year, year },
      ];
      return groups.flatMap(({ by, ...group }) => {
        const countId = `${group.groupBy}.${by}.${measure}`;
        return [fact(entry, countId, `part:${reportId}`, { ...group, countId, measure, count })];
      });
    });
  },
  assemble: (_thing, facts) => {
    const parts = withPrefix(facts, 'part:');
    const first = parts[0];
    if (first === undefined) return undefined;
    const { count: _count, ...group } = first.value as unknown as Part;
    const item = { ...group, ...sumOf(parts.map((f) => f.value as unknown as Part)) };
    return { item, from: facts };
  },
  sortKey: byField('year', 'municipality', 'measure', 'from'),
};
