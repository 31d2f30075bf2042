/** An action point whose period went by without its being done. */
import { tag } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';
import { valueOf } from '../core.ts';
import { type Point, type PointReport, actionPoints } from '../evaluations/action-points.ts';
import type { DerivedKind } from './derived.ts';

const said = {
  'in-progress': 'het is nog in uitvoering',
  'not-done': 'het is niet uitgevoerd',
  unknown: 'wat ervan kwam, is niet bekend',
} as const;

export const actionPointOpen: DerivedKind = {
  kind: 'action-point-open',
  apply: actionPoints.apply,
  assemble: (actionPointId, facts, _common, validAt) => {
    const point = valueOf<Point>(facts, 'point');
    if (point?.until === undefined || validAt < point.until) return undefined;
    const outcome = valueOf<PointReport>(facts, 'report')?.outcome ?? 'unknown';
    if (outcome === 'done') return undefined;
    const { title, until, evaluationId } = point;
    return {
      description: `Actiepunt "${title}" moest klaar zijn vóór ${until}; ${said[outcome]}.`,
      since: onDay(until),
      about: [
        tag('action-point', actionPointId),
        ...(evaluationId === undefined ? [] : [tag('evaluation', evaluationId)]),
      ],
    };
  },
};
