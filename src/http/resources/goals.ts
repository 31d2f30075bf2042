/** Goals and their results, evaluations and what came of them. */
import { z } from 'zod';
import { EventId, Ulid } from '../../../events/values.ts';
import * as items from '../items/index.ts';
import { filter, type Resource } from './resource.ts';

export const goals: readonly Resource[] = [
  {
    path: 'indicators',
    list: 'Doelen, aannames en standen van zaken, met hun resultaten',
    one: 'Een indicator met zijn resultaten',
    param: 'indicatorId',
    paramSchema: Ulid,
    tagKind: 'indicator',
    filters: {
      kind: filter(z.enum(items.indicatorKinds), 'Alleen van deze soort'),
      reached: filter(z.enum(items.reachedValues), 'Alleen doelen waarmee het zo staat'),
    },
    item: items.Indicator,
  },
  {
    path: 'staff-ratios',
    list: 'De verhouding doelgroep – regulier bij IBN, zoals gemeld',
    one: 'Een gemelde verhouding',
    param: 'eventId',
    paramSchema: EventId,
    tagKind: 'event',
    filters: { year: filter(z.string().regex(/^\d{4}$/), 'Alleen van dit jaar') },
    item: items.StaffRatio,
  },
  {
    path: 'evaluations',
    list: 'Evaluaties met hun actiepunten',
    one: 'Een evaluatie met haar actiepunten',
    param: 'evaluationId',
    paramSchema: Ulid,
    tagKind: 'evaluation',
    filters: {},
    item: items.Evaluation,
  },
  {
    path: 'action-points',
    list: 'Actiepunten en wat ervan kwam',
    one: 'Een actiepunt',
    param: 'actionPointId',
    paramSchema: Ulid,
    tagKind: 'action-point',
    filters: {
      evaluationId: filter(Ulid, 'Alleen bij deze evaluatie'),
      outcome: filter(z.enum(items.actionPointOutcomes), 'Alleen waarmee het zo staat'),
    },
    item: items.ActionPoint,
  },
];
