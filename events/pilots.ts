/** Pilots with scenario III (decision 6, R11): started in an area, evaluated, ended. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, Note, RoughDate, Ulid } from './values.ts';

export const PilotStarted = event(
  'PilotStarted',
  z.strictObject({
    pilotId: Ulid,
    areaId: Ulid,
    title: Line,
    scenario: z.literal('III'),
    /** The first day on which it is no longer to run. */
    plannedUntil: RoughDate.optional(),
    /** When its plan was discussed in the bestuurlijk overleg; absent: it was not, as far as told. */
    planDiscussedOn: RoughDate.optional(),
    note: Note.optional(),
  }),
  (data) => ({ pilot: data.pilotId, area: data.areaId }),
);

/** Its results, brought back to the bestuurlijk overleg on the valid date. */
export const PilotEvaluated = event(
  'PilotEvaluated',
  z.strictObject({
    pilotId: Ulid,
    outcome: z.enum(['continue', 'adapt', 'stop', 'unknown']),
    note: Note,
  }),
  (data) => ({ pilot: data.pilotId }),
);

export const PilotEnded = event(
  'PilotEnded',
  z.strictObject({ pilotId: Ulid, how: z.enum(['ended', 'made-structural']), reason: Note }),
  (data) => ({ pilot: data.pilotId }),
);

export const pilotEvents = [PilotStarted, PilotEvaluated, PilotEnded] as const;
