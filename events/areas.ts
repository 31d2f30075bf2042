/** Execution areas (uitvoeringsgebieden) and the scenario by which each municipality works. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, MunicipalityCode, Note, Ulid } from './values.ts';

export const ExecutionAreaFormed = event(
  'ExecutionAreaFormed',
  z.strictObject({
    areaId: Ulid,
    name: Line,
    municipalities: z.array(MunicipalityCode).min(1).max(20),
  }),
  (data) => ({ area: data.areaId, municipality: data.municipalities }),
);

export const ExecutionAreaEnded = event(
  'ExecutionAreaEnded',
  z.strictObject({ areaId: Ulid, reason: Note }),
  (data) => ({ area: data.areaId }),
);

/** I: separate; II: network relation; III: integrated team (begun as a pilot). */
export const ScenarioChosen = event(
  'ScenarioChosen',
  z.strictObject({
    areaId: Ulid,
    scenario: z.enum(['I', 'II', 'III']),
    pilot: z.boolean(),
  }),
  (data) => ({ area: data.areaId }),
);

export const areaEvents = [ExecutionAreaFormed, ExecutionAreaEnded, ScenarioChosen] as const;
