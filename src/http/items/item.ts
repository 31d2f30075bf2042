/** What items of every question have beside their own fields. */
import { z } from 'zod';
import { EventId, RoughDate } from '../../../events/values.ts';
import { basis, certainty, evidence } from '../schemas.ts';

export const item = <Shape extends z.ZodRawShape>(id: string, shape: Shape) =>
  z.looseObject({ ...shape, ...certainty, ...evidence, ...basis }).meta({ id });

/** Data of one event, as it was recorded, with its date. */
export const recorded = { date: RoughDate, eventId: EventId };
