/** Goals, evaluations, assignments, practices. */
import { z } from 'zod';
import { AssignmentGiven, SubAssignmentReported } from '../../../events/assignments.ts';
import {
  ActionPointReported,
  ActionPointSet,
  EvaluationHeld,
  OptionRejected,
} from '../../../events/evaluations.ts';
import { IndicatorAgreed, ResultReported, StaffRatioReported } from '../../../events/goals.ts';
import { PracticeSet } from '../../../events/practices.ts';
import { RoughDate } from '../../../events/values.ts';
import { evidence } from '../schemas.ts';
import { item, recorded } from './item.ts';

export const indicatorKinds = IndicatorAgreed.schema.shape.kind.options;
export const reachedValues = ['true', 'false', 'in-progress', 'unknown'] as const;

const { indicatorId: _indicatorId, ...result } = ResultReported.schema.shape;

export const Indicator = item('Indicator', {
  ...IndicatorAgreed.schema.shape,
  date: RoughDate,
  results: z.array(z.looseObject({ ...result, date: RoughDate, ...evidence })),
  reached: z
    .union([z.boolean(), z.enum(['in-progress', 'unknown'])])
    .optional()
    .meta({
      description: 'Is het doel gehaald? Ontbreekt bij wat geen doel is',
    }),
});

export const StaffRatio = item('StaffRatio', { ...StaffRatioReported.schema.shape, ...recorded });

export const actionPointOutcomes = ActionPointReported.schema.shape.outcome.options;

const actionPoint = {
  ...ActionPointSet.schema.shape,
  outcome: ActionPointReported.schema.shape.outcome,
  reported: z.looseObject({ date: RoughDate, ...evidence }).optional(),
};

export const ActionPoint = item('ActionPoint', actionPoint);

export const Evaluation = item('Evaluation', {
  ...EvaluationHeld.schema.shape,
  date: RoughDate,
  actionPoints: z.array(z.looseObject({ ...actionPoint, ...evidence })),
});

export const Option = item('Option', { ...OptionRejected.schema.shape, ...recorded });

export const assignmentStatuses = ['given', 'delivered'] as const;

const { number: subNumber, outcome, where, plannedFor } = SubAssignmentReported.schema.shape;
const daysAfter = z.int().optional();

export const Assignment = item('Assignment', {
  ...AssignmentGiven.schema.shape,
  date: RoughDate,
  status: z.enum(assignmentStatuses),
  subAssignments: z.array(
    z.looseObject({
      ...{ number: subNumber, title: z.string(), outcome, where, plannedFor },
      ...evidence,
    }),
  ),
  delivered: z.looseObject({ title: z.string(), date: RoughDate, ...evidence }).optional(),
  daysAfterTarget: daysAfter.meta({ description: 'Dagen na de streefdatum, als beide vaststaan' }),
  daysAfterLatest: daysAfter.meta({ description: 'Dagen na de uiterste datum' }),
});

export const Practice = item('Practice', { ...PracticeSet.schema.shape, ...recorded });
