/** Members, decisions, rules, package, lump sums, and what does not add up. */
import { z } from 'zod';
import { AgreementConcluded } from '../../../events/agreements.ts';
import { BodyEstablished } from '../../../events/bodies.ts';
import { DecisionProposed } from '../../../events/decisions.ts';
import { FindingRecorded, OccurrenceRecorded } from '../../../events/findings.ts';
import { AmountStated, DistributionKeySet, IbnBudgetAdopted } from '../../../events/lump-sums.ts';
import { PackageTask } from '../../../events/package.ts';
import { TargetGroup } from '../../../events/pluspakket.ts';
import { RuleSet } from '../../../events/rules.ts';
import {
  CentsText,
  EventId,
  LocalDate,
  MunicipalityCode,
  Period,
  RoughDate,
  Ulid,
  Year,
} from '../../../events/values.ts';
import { evidence } from '../schemas.ts';
import { item, recorded } from './item.ts';

export const Member = item('Member', {
  municipality: MunicipalityCode,
  name: z.string().optional(),
  status: z.enum(['member', 'merged', 'left']),
  since: LocalDate,
  predecessors: z.array(MunicipalityCode).optional(),
  mergedInto: MunicipalityCode.optional(),
  alsoLeavesGr: z.boolean().optional(),
});

export const Body = item('Body', {
  ...BodyEstablished.schema.shape,
  representatives: z.array(
    z.looseObject({ seatId: Ulid, office: z.string(), chair: z.boolean(), since: LocalDate }),
  ),
});

export const Area = item('Area', {
  areaId: Ulid,
  name: z.string(),
  municipalities: z.array(MunicipalityCode),
  scenario: z.looseObject({ scenario: z.enum(['I', 'II', 'III']), pilot: z.boolean() }).optional(),
});

export const decisionStatuses = [
  'proposed',
  'advised',
  'decided',
  'adopted',
  'in-force',
  'refused',
  'withdrawn',
  'superseded',
  'ended',
] as const;

const { decisionId, number, series, title, summary, needsAdoptionBy, organs, effectiveDate } =
  DecisionProposed.schema.shape;

export const Decision = item('Decision', {
  ...{ decisionId, number, series, title, summary, needsAdoptionBy, organs, effectiveDate },
  status: z.enum(decisionStatuses),
  inForceFrom: RoughDate.optional(),
  course: z.array(z.looseObject({ step: z.string(), date: RoughDate, ...evidence })),
  plans: z.array(
    z.looseObject({
      step: z.string(),
      plannedFor: RoughDate,
      outcome: z.enum(['taken', 'missed', 'awaited', 'lapsed']).meta({
        description:
          'Is de stap gezet, ging de dag voorbij, komt zij nog, of is het besluit vervallen?',
      }),
    }),
  ),
  adoptions: z.array(z.looseObject({ municipality: MunicipalityCode, date: RoughDate })),
  closed: z.looseObject({ how: z.string() }).optional(),
});

export const agreementStatuses = ['planned', 'concluded', 'running', 'ended'] as const;

export const Agreement = item('Agreement', {
  ...AgreementConcluded.schema.shape,
  status: z.enum(agreementStatuses),
});

export const Rule = item('Rule', {
  ...RuleSet.schema.shape,
  since: RoughDate,
  setBy: EventId,
  refuses: z.boolean().meta({ description: 'Weigert de regel, of waarschuwt hij alleen?' }),
});

export const Package = item('Package', {
  period: Period.optional(),
  packageId: Ulid.optional(),
  decisionIds: z.array(Ulid),
  tasks: z.array(
    z.looseObject({ ...PackageTask.shape, since: LocalDate, decisionIds: z.array(Ulid) }),
  ),
  size: z.string().optional(),
  intendedResults: z.array(z.string()).optional(),
  costCents: CentsText.optional(),
  notUsed: z.array(
    z.looseObject({ municipality: MunicipalityCode, task: z.string(), since: LocalDate }),
  ),
  plusServices: z.array(
    z.looseObject({
      serviceId: Ulid,
      name: z.string(),
      targetGroup: TargetGroup,
      municipalities: z.array(MunicipalityCode),
    }),
  ),
  moved: z
    .array(
      z.looseObject({
        serviceId: Ulid,
        name: z.string(),
        since: RoughDate,
        decisionIds: z.array(Ulid),
        scope: z.string().optional(),
      }),
    )
    .meta({ description: 'Plusdiensten die naar het basispakket zijn gegaan' }),
  agreements: z.array(z.looseObject({})),
  lastPeriod: Period.optional(),
});

export const PackagePart = item('PackagePart', {
  task: z.string(),
  title: z.string().optional(),
  inPackage: z.boolean(),
  notUsedBy: z.array(MunicipalityCode),
});

export const lumpSumStatuses = ['expected', 'proposed', 'determined', 'withdrawn'] as const;

const Share = z.looseObject({
  municipality: MunicipalityCode,
  amountCents: CentsText,
  origin: z.enum(['published', 'computed']),
});

export const LumpSum = item('LumpSum', {
  lumpSumId: Ulid,
  period: Period,
  status: z.enum(lumpSumStatuses),
  years: z.array(
    z.looseObject({
      year: Year,
      totalStatedCents: CentsText.optional(),
      totalOfSharesCents: CentsText.optional(),
      shares: z.array(Share),
      areas: z
        .array(
          z.looseObject({
            areaId: Ulid,
            name: z.string(),
            amountCents: CentsText,
            percentOfShares: z.string().optional(),
          }),
        )
        .meta({ description: 'Wat de gemeenten van elk uitvoeringsgebied samen betalen' }),
    }),
  ),
  keyId: Ulid.optional(),
  budgetId: Ulid.optional(),
  decisionIds: z.array(Ulid),
  findings: z.array(z.looseObject({})),
});

export const DistributionKey = item('DistributionKey', {
  ...DistributionKeySet.schema.shape,
  ...recorded,
});
export const Budget = item('Budget', { ...IbnBudgetAdopted.schema.shape, ...recorded });
export const StatedAmount = item('StatedAmount', { ...AmountStated.schema.shape, ...recorded });
export const Occurrence = item('Occurrence', { ...OccurrenceRecorded.schema.shape, ...recorded });

export const severities = ['note', 'warning', 'error'] as const;

export const Finding = item('Finding', {
  ...FindingRecorded.schema.shape,
  findingId: z.string(),
  since: RoughDate,
});
