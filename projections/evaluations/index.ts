/** Evaluations, with the action points that came of each. */
import { byField, fact, type Projection, valueFrom, valueOf, withPrefix } from '../core.ts';
import { actionPoint, type Point, type PointReport, pointValue } from './action-points.ts';

export const evaluations: Projection = {
  question: 'evaluations',
  apply: (entry) => {
    if (entry.type === 'EvaluationHeld') {
      const value = valueFrom(entry, { date: entry.validFrom });
      return [fact(entry, entry.data.evaluationId, 'evaluation', value)];
    }
    if (entry.type !== 'ActionPointSet' && entry.type !== 'ActionPointReported') return [];
    const { evaluationId, actionPointId } = entry.data;
    if (evaluationId === undefined) return [];
    const what = entry.type === 'ActionPointSet' ? 'point' : 'report';
    return [fact(entry, evaluationId, `${what}:${actionPointId}`, pointValue(entry))];
  },
  assemble: (_thing, facts) => {
    const evaluation = valueOf<object>(facts, 'evaluation');
    if (evaluation === undefined) return undefined;
    const points = withPrefix(facts, 'point:').map((f) => {
      const point = f.value as unknown as Point;
      return actionPoint(point, valueOf<PointReport>(facts, `report:${point.actionPointId}`));
    });
    return { item: { ...evaluation, actionPoints: points }, from: facts };
  },
  sortKey: byField('from', 'title'),
};
