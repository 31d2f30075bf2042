/** Assignments: what became of each sub-assignment, and how late the final report was. */
import { daysBetween, isExact } from '../../events/calendar.ts';
import type { EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
} from '../core.ts';

export type Given = EntryFor<'AssignmentGiven'>['data'] & { readonly evidence: Json };
export interface Delivered {
  readonly title: string;
  readonly date: RoughDate;
}

/** Days from a plan to the day it came about, when both days are known. */
export const daysAfter = (planned: RoughDate | undefined, done: RoughDate | undefined) =>
  planned && done && isExact(planned) && isExact(done)
    ? daysBetween(planned.latest, done.latest)
    : undefined;

/** The sub-assignments as they were given, each with what was last said of it. */
const subAssignments = ({ subAssignments: given }: Given, facts: readonly HeldFact[]) =>
  given.map((sub) => {
    const report = valueOf<Readonly<Record<string, Json>>>(facts, `sub:${sub.number}`);
    if (report === undefined) return { ...sub, outcome: 'open' as const };
    const { assignmentId: _assignmentId, ...said } = report;
    return { ...sub, ...said };
  });

export const assignments: Projection = {
  question: 'assignments',
  apply: (entry) => {
    switch (entry.type) {
      case 'AssignmentGiven': {
        const value = valueFrom(entry, { date: entry.validFrom });
        return [fact(entry, entry.data.assignmentId, 'given', value)];
      }
      case 'SubAssignmentReported': {
        const { assignmentId, number } = entry.data;
        const value = valueFrom(entry, { date: entry.validFrom });
        return [fact(entry, assignmentId, `sub:${number}`, value)];
      }
      case 'AssignmentDelivered': {
        const { assignmentId, ...data } = entry.data;
        const { evidence } = entry;
        const value = { ...data, date: entry.validFrom, evidence: (evidence ?? []) as Json };
        return [fact(entry, assignmentId, 'delivered', value)];
      }
      default:
        return [];
    }
  },
  assemble: (_thing, facts) => {
    const given = valueOf<Given>(facts, 'given');
    if (given === undefined) return undefined;
    const delivered = valueOf<Delivered>(facts, 'delivered');
    const item = {
      ...given,
      status: delivered ? 'delivered' : 'given',
      subAssignments: subAssignments(given, facts),
      delivered,
      daysAfterTarget: daysAfter(given.target, delivered?.date),
      daysAfterLatest: daysAfter(given.latest, delivered?.date),
    };
    return { item, from: facts };
  },
  sortKey: (item) => byField('latest', 'earliest')(item.date as Readonly<Record<string, unknown>>),
};
