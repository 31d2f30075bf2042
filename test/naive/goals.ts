/** Goals and results, assignments, evaluations (DOMAIN §4; R17, R18). */
import type { RoughDate } from '../../events/values.ts';
import { type Answers, each, happened, last, type Seen } from './seen.ts';

/** A result that is of the goal as a whole, or of a year of it where the target is per year. */
export const indicators = (seen: Seen): Answers => {
  const agreed = happened(seen, 'IndicatorAgreed');
  return each(
    agreed.map((e) => e.data.indicatorId),
    (indicatorId) => {
      const { data } = last(agreed, (e) => e.data.indicatorId === indicatorId)!;
      const results = happened(seen, 'ResultReported').filter(
        (e) => e.data.indicatorId === indicatorId,
      );
      return {
        title: data.title,
        kind: data.kind,
        target: data.targetValue,
        results: results.map((e) => `${e.data.from} ${e.data.until} ${e.data.value ?? ''}`).sort(),
      };
    },
  );
};

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Days late, where both days are known. */
const late = (planned: RoughDate | undefined, real: RoughDate | undefined): number | undefined =>
  planned === undefined || real === undefined
    ? undefined
    : planned.earliest !== planned.latest || real.earliest !== real.latest
      ? undefined
      : dayNumber(real.latest) - dayNumber(planned.latest);

export const assignments = (seen: Seen): Answers => {
  const given = happened(seen, 'AssignmentGiven');
  return each(
    given.map((e) => e.data.assignmentId),
    (assignmentId) => {
      const { title, target, latest, subAssignments } = last(
        given,
        (e) => e.data.assignmentId === assignmentId,
      )!.data;
      const of = <T extends { readonly data: { readonly assignmentId: string } }>(
        list: readonly T[],
      ) => list.filter(({ data }) => data.assignmentId === assignmentId);
      const delivered = last(of(happened(seen, 'AssignmentDelivered')));
      const reports = of(happened(seen, 'SubAssignmentReported'));
      return {
        title,
        status: delivered === undefined ? 'given' : 'delivered',
        daysAfterTarget: late(target, delivered?.validFrom),
        daysAfterLatest: late(latest, delivered?.validFrom),
        subAssignments: subAssignments.map(({ number }) => {
          const report = last(reports, (e) => e.data.number === number);
          return `${number} ${report?.data.outcome ?? 'open'}`;
        }),
      };
    },
  );
};

export const actionPoints = (seen: Seen): Answers => {
  const set = happened(seen, 'ActionPointSet');
  return each(
    set.map((e) => e.data.actionPointId),
    (actionPointId) => {
      const { title } = last(set, (e) => e.data.actionPointId === actionPointId)!.data;
      const report = last(
        happened(seen, 'ActionPointReported'),
        (e) => e.data.actionPointId === actionPointId,
      );
      return { title, outcome: report?.data.outcome ?? 'unknown' };
    },
  );
};

export const evaluations = (seen: Seen): Answers => {
  const held = happened(seen, 'EvaluationHeld');
  return each(
    held.map((e) => e.data.evaluationId),
    (evaluationId) => {
      const { title, from } = last(held, (e) => e.data.evaluationId === evaluationId)!.data;
      const points = happened(seen, 'ActionPointSet').filter(
        (e) => e.data.evaluationId === evaluationId,
      );
      return { title, from, points: points.map((e) => e.data.actionPointId).sort() };
    },
  );
};

export const practices = (seen: Seen): Answers => {
  const set = happened(seen, 'PracticeSet');
  return each(
    set.map((e) => e.data.practice),
    (practice) => ({
      arrangement: last(set, (e) => e.data.practice === practice)!.data.arrangement,
    }),
  );
};
