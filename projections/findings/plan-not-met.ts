/** An assignment whose target or latest date went by before its report was there. */
import { certainlyBefore, dayAfter } from '../../events/calendar.ts';
import { tag } from '../../events/index.ts';
import { onDay, type RoughDate } from '../../events/values.ts';
import { type Delivered, type Given, assignments, daysAfter } from '../assignments/index.ts';
import { valueOf } from '../core.ts';
import type { DerivedKind } from './derived.ts';

/** `361 dagen na de streefdatum 2020-02-01`, when it certainly came after it. */
const lateness = (what: string, planned: RoughDate, done: RoughDate): readonly string[] => {
  if (!certainlyBefore(planned, done)) return [];
  const days = daysAfter(planned, done);
  return [`${days === undefined ? '' : `${days} dagen `}na ${what} ${planned.latest}`];
};

const passed = (what: string, planned: RoughDate, validAt: string): readonly string[] =>
  planned.latest < validAt ? [`${what} ${planned.latest} is voorbij`] : [];

export const planNotMet: DerivedKind = {
  kind: 'plan-not-met',
  apply: assignments.apply,
  assemble: (assignmentId, facts, _common, validAt) => {
    const given = valueOf<Given>(facts, 'given');
    const delivered = valueOf<Delivered>(facts, 'delivered');
    const first = given?.target ?? given?.latest;
    if (given === undefined || first === undefined) return undefined;
    const dates = [
      ['de streefdatum', given.target],
      ['de uiterste datum', given.latest],
    ] as const;
    const late = dates.flatMap(([what, planned]) => {
      if (planned === undefined) return [];
      return delivered === undefined
        ? passed(what, planned, validAt)
        : lateness(what, planned, delivered.date);
    });
    if (late.length === 0) return undefined;
    const told =
      delivered === undefined ? 'niet opgeleverd' : `opgeleverd op ${delivered.date.latest}`;
    return {
      description: `Opdracht "${given.title}" ${told}: ${late.join(' en ')}.`,
      since: onDay(dayAfter(first.latest)),
      about: [tag('assignment', assignmentId)],
    };
  },
};
