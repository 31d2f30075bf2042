/** What the items of each question look like: the names that users may count on. */
import { z } from 'zod';
import { AgreementConcluded } from '../../events/agreements.ts';
import { BodyEstablished } from '../../events/bodies.ts';
import { DecisionProposed } from '../../events/decisions.ts';
import { FindingRecorded, OccurrenceRecorded } from '../../events/findings.ts';
import { AmountStated, DistributionKeySet, IbnBudgetAdopted } from '../../events/lump-sums.ts';
import { CriterionAttested, CriterionPart, ShareholdingRecorded } from '../../events/lawfulness.ts';
import { PackageTask } from '../../events/package.ts';
import { PilotEvaluated, PilotStarted } from '../../events/pilots.ts';
import { contractTerms, PlusContractConcluded, TargetGroup } from '../../events/pluspakket.ts';
import { RuleSet } from '../../events/rules.ts';
import {
  CentsText,
  EventId,
  LocalDate,
  MunicipalityCode,
  Period,
  RoughDate,
  Ulid,
  Year,
} from '../../events/values.ts';
import { basis, certainty, evidence } from './schemas.ts';

const item = <Shape extends z.ZodRawShape>(id: string, shape: Shape) =>
  z.looseObject({ ...shape, ...certainty, ...evidence, ...basis }).meta({ id });

/** Data of one event, as it was recorded, with its date. */
const recorded = { date: RoughDate, eventId: EventId };

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
  plans: z.array(z.looseObject({ step: z.string(), plannedFor: RoughDate })),
  adoptions: z.array(z.looseObject({ municipality: MunicipalityCode, date: RoughDate })),
  closed: z.looseObject({ how: z.string() }).optional(),
});

export const agreementStatuses = ['concluded', 'running', 'ended'] as const;

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

export const plusServiceStatuses = ['on-offer', 'in-package', 'ended'] as const;

export const PlusService = item('PlusService', {
  serviceId: Ulid,
  name: z.string(),
  description: z.string().optional(),
  targetGroup: TargetGroup,
  since: RoughDate,
  status: z.enum(plusServiceStatuses),
  municipalities: z.array(MunicipalityCode),
  arrangements: z
    .array(
      z.looseObject({
        municipality: MunicipalityCode,
        provider: z.string(),
        since: RoughDate,
        ...evidence,
      }),
    )
    .meta({ description: 'Wie de dienst in welke gemeente geeft' }),
  moved: z
    .looseObject({ since: RoughDate, decisionIds: z.array(Ulid), ...evidence })
    .optional()
    .meta({ description: 'Sinds wanneer de dienst in het basispakket zit' }),
  ended: z.looseObject({ since: RoughDate, reason: z.string() }).optional(),
});

export const contractStates = [
  'concluded',
  'running',
  'expired',
  'completed',
  'terminated',
] as const;

const contractShape = PlusContractConcluded.schema.shape;

export const PlusContract = item('PlusContract', {
  contractId: Ulid,
  title: z.string(),
  serviceId: contractShape.serviceId,
  areaId: contractShape.areaId,
  municipalities: contractShape.municipalities,
  organisations: contractShape.organisations,
  task: contractShape.task,
  runsFrom: RoughDate,
  ...contractTerms,
  concludedOn: RoughDate,
  state: z.enum(contractStates).meta({
    description: 'expired: de looptijd is voorbij, en dat het is uitgevoerd is niet vastgelegd',
  }),
  sharedOn: RoughDate.optional().meta({
    description: 'Wanneer het is gedeeld in de ambtelijke stuurgroep',
  }),
  amendments: z.array(z.looseObject({ date: RoughDate, reason: z.string() })),
  findings: z.array(z.looseObject({})),
});

export const pilotStatuses = ['running', 'ended', 'made-structural'] as const;

export const Pilot = item('Pilot', {
  ...PilotStarted.schema.shape,
  startedOn: RoughDate,
  status: z.enum(pilotStatuses),
  latestEnd: z
    .looseObject({
      until: LocalDate,
      years: z.string(),
      rule: z.string(),
      authority: z.string(),
      decisionIds: z.array(Ulid),
    })
    .optional()
    .meta({
      description: 'Tot wanneer de pilot ten hoogste loopt (die dag niet), en wie dat zegt',
    }),
  evaluations: z.array(
    z.looseObject({
      date: RoughDate,
      outcome: PilotEvaluated.schema.shape.outcome,
      note: z.string(),
    }),
  ),
});

export const areaAgreementStatuses = ['running', 'ended'] as const;

export const AreaAgreement = item('AreaAgreement', {
  areaAgreementId: Ulid,
  areaId: Ulid,
  title: z.string(),
  summary: z.string().optional(),
  since: RoughDate,
  status: z.enum(areaAgreementStatuses),
  conflicts: z.array(z.looseObject({ decisionIds: z.array(Ulid), reasoning: z.string() })),
  hasForce: z.boolean().meta({
    description: 'Onwaar bij een botsing met het bestuurlijk overleg; dat is onze lezing',
  }),
});

export const severities = ['note', 'warning', 'error'] as const;

export const Finding = item('Finding', {
  ...FindingRecorded.schema.shape,
  findingId: z.string(),
  since: RoughDate,
});

export const awardKinds = ['lump-sum', 'pluspakket-contract', 'pilot'] as const;

export const Award = item('Award', {
  awardId: Ulid,
  kind: z.enum(awardKinds),
  title: z.string(),
  awardedOn: RoughDate,
});

const results = ['met', 'not-met', 'not-shown'] as const;

const Part = z.looseObject({
  part: CriterionPart,
  result: z.enum(results),
  evidence: z.array(z.looseObject({ what: z.string(), eventId: EventId })),
  judgement: z.looseObject({ attestationId: Ulid, outcome: z.enum(['met', 'not-met']) }).optional(),
  missing: z.array(z.string()),
});

export const Compliance = item('Compliance', {
  awardId: z.string(),
  kind: z.enum([...awardKinds, 'partnership']),
  title: z.string(),
  criteria: z.array(
    z.looseObject({
      criterion: z.enum(['control', 'activity', 'no-private-capital']),
      result: z.enum(results),
      parts: z.array(Part),
      missing: z.array(z.string()).meta({ description: 'Wat er zou moeten zijn om het te tonen' }),
      thresholdPercent: z.string().optional().meta({
        description: 'Van activity: meer dan dit deel moet zijn opgedragen',
      }),
      entrustedPercent: z.string().optional(),
      years: z
        .array(
          z.looseObject({
            year: Year,
            totalCents: CentsText,
            entrustedCents: CentsText,
            marketCents: CentsText,
            unclassedCents: CentsText,
            projection: z.boolean(),
          }),
        )
        .optional(),
      shareholdings: z.array(z.looseObject({})).optional(),
    }),
  ),
});

export const Attestation = item('Attestation', {
  ...CriterionAttested.schema.shape,
  date: RoughDate,
  office: z.string(),
  contested: z.looseObject({ reasoning: z.string(), date: RoughDate }).optional(),
});

export const Shareholding = item('Shareholding', {
  ...ShareholdingRecorded.schema.shape,
  holder: z.string(),
  since: RoughDate,
});
