/** Execution areas (uitvoeringsgebieden), the scenario of each, and what an area agrees (R20). */
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

const Conflict = z.strictObject({ decisionId: Ulid, reasoning: Note });

export const AreaAgreementMade = event(
  'AreaAgreementMade',
  z.strictObject({
    areaAgreementId: Ulid,
    areaId: Ulid,
    title: Line,
    summary: Note.optional(),
    /** Decisions of the bestuurlijk overleg with which it is known to conflict. */
    conflicts: z.array(Conflict).min(1).max(20).optional(),
  }),
  (data) => ({
    'area-agreement': data.areaAgreementId,
    area: data.areaId,
    decision: data.conflicts?.map((conflict) => conflict.decisionId),
  }),
);

/** A conflict with the bestuurlijk overleg that was seen later. */
export const AreaAgreementConflictNoted = event(
  'AreaAgreementConflictNoted',
  z.strictObject({ areaAgreementId: Ulid, ...Conflict.shape }),
  (data) => ({ 'area-agreement': data.areaAgreementId, decision: data.decisionId }),
);

export const AreaAgreementEnded = event(
  'AreaAgreementEnded',
  z.strictObject({ areaAgreementId: Ulid, reason: Note }),
  (data) => ({ 'area-agreement': data.areaAgreementId }),
);

export const areaEvents = [
  ExecutionAreaFormed,
  ExecutionAreaEnded,
  ScenarioChosen,
  AreaAgreementMade,
  AreaAgreementConflictNoted,
  AreaAgreementEnded,
] as const;
