/** Services and contracts beside the basispakket, pilots, what areas agree. */
import { z } from 'zod';
import { PilotEvaluated, PilotStarted } from '../../../events/pilots.ts';
import { contractTerms, PlusContractConcluded, TargetGroup } from '../../../events/pluspakket.ts';
import { LocalDate, MunicipalityCode, RoughDate, Ulid } from '../../../events/values.ts';
import { evidence } from '../schemas.ts';
import { item } from './item.ts';

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
