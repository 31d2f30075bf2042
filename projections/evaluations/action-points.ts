/** Action points, and what was last said of each. */
import type { Entry, EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { byField, fact, type Json, type Projection, valueFrom, valueOf } from '../core.ts';

export type Point = EntryFor<'ActionPointSet'>['data'] & { readonly evidence: Json };
export type PointReport = EntryFor<'ActionPointReported'>['data'] & {
  readonly date: RoughDate;
  readonly evidence: Json;
};

/** The event as a value: what was set, or what was said. */
export const pointValue = (entry: Entry): Json => valueFrom(entry, { date: entry.validFrom });

/** What was set, with what was said last; nothing said is not known. */
export const actionPoint = (point: Point, report: PointReport | undefined) => ({
  ...point,
  outcome: report?.outcome ?? ('unknown' as const),
  reported: report && { date: report.date, note: report.note, evidence: report.evidence },
});

export const actionPoints: Projection = {
  question: 'action-points',
  apply: (entry) => {
    if (entry.type === 'ActionPointSet')
      return [fact(entry, entry.data.actionPointId, 'point', pointValue(entry))];
    if (entry.type === 'ActionPointReported')
      return [fact(entry, entry.data.actionPointId, 'report', pointValue(entry))];
    return [];
  },
  assemble: (_thing, facts) => {
    const point = valueOf<Point>(facts, 'point');
    if (point === undefined) return undefined;
    return { item: actionPoint(point, valueOf<PointReport>(facts, 'report')), from: facts };
  },
  sortKey: byField('from', 'title', 'actionPointId'),
};
