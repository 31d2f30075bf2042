/** The nouns that can be read: paths, filters, and what their answers look like. */
import { z } from 'zod';
import { RuleNumber } from '../../events/rules.ts';
import { EventId, MunicipalityCode, Slug, Ulid } from '../../events/values.ts';
import { partnership } from '../../projections/index.ts';
import * as items from './items/index.ts';

export interface Resource {
  /** Path under `/v1/`, and the name of the question. */
  readonly path: string;
  /** Dutch, for the list and for one. */
  readonly list: string;
  readonly one: string;
  /** Name of the parameter that stands for one of them. */
  readonly param: string;
  readonly paramSchema: z.ZodType<string>;
  /** Kind of the tag that its events carry, for its ETag; absent: nothing is done to it. */
  readonly tagKind?: string;
  readonly filters: Readonly<Record<string, z.ZodOptional<z.ZodType<string>>>>;
  /** Filters that look in a list of the item: its name. */
  readonly within?: Readonly<Record<string, string>>;
  /** What a list holds unless more is asked for. */
  readonly only?: Readonly<Record<string, string>>;
  readonly item: z.ZodObject;
}

const filter = <S extends z.ZodType<string>>(schema: S, description: string) =>
  schema.optional().meta({ description });
const Word = z.string().min(1).max(200);
const AwardOrAll = z.union([Ulid, z.literal(partnership)]);

export const resources: readonly Resource[] = [
  {
    path: 'members',
    list: 'Deelnemende gemeenten',
    one: 'Een deelnemer, ook als die is opgegaan in een andere',
    param: 'municipality',
    paramSchema: MunicipalityCode,
    tagKind: 'municipality',
    filters: {},
    only: { status: 'member' },
    item: items.Member,
  },
  {
    path: 'bodies',
    list: 'Organen en wie daarin zit',
    one: 'Een orgaan',
    param: 'bodyId',
    paramSchema: Ulid,
    tagKind: 'body',
    filters: { kind: filter(Word, 'Soort orgaan') },
    item: items.Body,
  },
  {
    path: 'areas',
    list: 'Uitvoeringsgebieden met hun scenario',
    one: 'Een uitvoeringsgebied',
    param: 'areaId',
    paramSchema: Ulid,
    tagKind: 'area',
    filters: {},
    item: items.Area,
  },
  {
    path: 'decisions',
    list: 'Besluiten met hun verloop',
    one: 'Een besluit met zijn verloop',
    param: 'decisionId',
    paramSchema: Ulid,
    tagKind: 'decision',
    filters: {
      status: filter(z.enum(items.decisionStatuses), 'Alleen besluiten met deze status'),
      number: filter(Word, 'Alleen besluiten met dit nummer'),
    },
    item: items.Decision,
  },
  {
    path: 'agreements',
    list: 'Convenanten, overeenkomsten en akten',
    one: 'Een convenant, overeenkomst of akte',
    param: 'agreementId',
    paramSchema: Ulid,
    tagKind: 'agreement',
    filters: {
      status: filter(z.enum(items.agreementStatuses), 'Alleen overeenkomsten met deze status'),
    },
    item: items.Agreement,
  },
  {
    path: 'rules',
    list: 'Regels met hun cijfers en het besluit daarachter',
    one: 'Een regel',
    param: 'rule',
    paramSchema: RuleNumber.meta({ example: 'R2' }),
    tagKind: 'rule',
    filters: {},
    item: items.Rule,
  },
  {
    path: 'lump-sums',
    list: 'Lumpsums per periode',
    one: 'Een lumpsum',
    param: 'lumpSumId',
    paramSchema: Ulid,
    tagKind: 'lump-sum',
    filters: {
      status: filter(z.enum(items.lumpSumStatuses), 'Alleen lumpsums met deze status'),
    },
    item: items.LumpSum,
  },
  {
    path: 'distribution-keys',
    list: 'Verdeelsleutels met hun gewichten',
    one: 'Een verdeelsleutel',
    param: 'keyId',
    paramSchema: Ulid,
    tagKind: 'key',
    filters: {},
    item: items.DistributionKey,
  },
  {
    path: 'budgets',
    list: 'Begrotingen van IBN',
    one: 'Een begroting van IBN',
    param: 'budgetId',
    paramSchema: Ulid,
    tagKind: 'budget',
    filters: { year: filter(z.string().regex(/^\d{4}$/), 'Alleen van dit jaar') },
    item: items.Budget,
  },
  {
    path: 'stated-amounts',
    list: 'Andere bedragen die bronnen noemen',
    one: 'Een bedrag dat een bron noemt',
    param: 'eventId',
    paramSchema: EventId,
    tagKind: 'event',
    filters: {
      year: filter(z.string().regex(/^\d{4}$/), 'Alleen van dit jaar'),
      subject: filter(Slug, 'Alleen over dit onderwerp'),
    },
    item: items.StatedAmount,
  },
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
  {
    path: 'options',
    list: 'Wat is besproken en niet is gekozen',
    one: 'Iets dat is besproken en niet is gekozen',
    param: 'optionId',
    paramSchema: Ulid,
    tagKind: 'option',
    filters: {},
    item: items.Option,
  },
  {
    path: 'assignments',
    list: 'Bestuurlijke opdrachten, hun deelopdrachten en hoe laat zij klaar waren',
    one: 'Een bestuurlijke opdracht',
    param: 'assignmentId',
    paramSchema: Ulid,
    tagKind: 'assignment',
    filters: {
      status: filter(z.enum(items.assignmentStatuses), 'Alleen opdrachten met deze status'),
    },
    item: items.Assignment,
  },
  {
    path: 'practices',
    list: 'Hoe het in de praktijk is geregeld',
    one: 'Hoe iets in de praktijk is geregeld',
    param: 'practice',
    paramSchema: Slug.meta({ example: 'job-coach' }),
    tagKind: 'practice',
    filters: {},
    item: items.Practice,
  },
  {
    path: 'occurrences',
    list: 'Wat er verder gebeurde of was gepland',
    one: 'Iets dat gebeurde of was gepland',
    param: 'occurrenceId',
    paramSchema: Ulid,
    tagKind: 'occurrence',
    filters: { kind: filter(Word, 'Alleen van deze soort') },
    item: items.Occurrence,
  },
  {
    path: 'awards',
    list: 'Wat IBN zonder aanbesteding werd gegund',
    one: 'Een gunning',
    param: 'awardId',
    paramSchema: Ulid,
    filters: { kind: filter(z.enum(items.awardKinds), 'Alleen van deze soort') },
    item: items.Award,
  },
  {
    path: 'compliance',
    list: 'Dossier quasi-inbesteden: van het partnership, of van een gunning (awardId)',
    one: 'Dossier quasi-inbesteden van een gunning',
    param: 'awardId',
    paramSchema: AwardOrAll,
    filters: { awardId: filter(AwardOrAll, 'De gunning; anders het partnership als geheel') },
    only: { awardId: partnership },
    item: items.Compliance,
  },
  {
    path: 'attestations',
    list: 'Oordelen over de criteria voor quasi-inbesteden',
    one: 'Een oordeel over een criterium',
    param: 'attestationId',
    paramSchema: Ulid,
    tagKind: 'attestation',
    filters: {
      part: filter(Word, 'Alleen over dit onderdeel'),
      awardId: filter(Ulid, 'Alleen over deze gunning'),
    },
    item: items.Attestation,
  },
  {
    path: 'shareholdings',
    list: 'Aandeelhouders van IBN, voor zover vastgelegd',
    one: 'Een aandeelhouder van IBN',
    param: 'holder',
    paramSchema: Word,
    tagKind: 'holder',
    filters: { kind: filter(z.enum(['public', 'private']), 'Publiek of privaat') },
    item: items.Shareholding,
  },
  {
    path: 'plus-services',
    list: 'Diensten uit het pluspakket, en wie ze waar geeft',
    one: 'Een dienst uit het pluspakket',
    param: 'serviceId',
    paramSchema: Ulid,
    tagKind: 'plus-service',
    filters: {
      status: filter(z.enum(items.plusServiceStatuses), 'Alleen diensten met deze status'),
      municipality: filter(MunicipalityCode, 'Alleen diensten die in deze gemeente lopen'),
    },
    within: { municipality: 'municipalities' },
    item: items.PlusService,
  },
  {
    path: 'pluspakket-contracts',
    list: 'Contracten voor het pluspakket',
    one: 'Een contract voor het pluspakket',
    param: 'contractId',
    paramSchema: Ulid,
    tagKind: 'contract',
    filters: {
      state: filter(z.enum(items.contractStates), 'Alleen contracten in deze staat'),
      serviceId: filter(Ulid, 'Alleen contracten voor deze dienst'),
      municipality: filter(MunicipalityCode, 'Alleen contracten van deze gemeente'),
    },
    within: { municipality: 'municipalities' },
    item: items.PlusContract,
  },
  {
    path: 'pilots',
    list: 'Pilots met scenario III',
    one: 'Een pilot',
    param: 'pilotId',
    paramSchema: Ulid,
    tagKind: 'pilot',
    filters: {
      status: filter(z.enum(items.pilotStatuses), 'Alleen pilots met deze status'),
      areaId: filter(Ulid, 'Alleen pilots in dit gebied'),
    },
    item: items.Pilot,
  },
  {
    path: 'area-agreements',
    list: 'Afspraken van uitvoeringsgebieden',
    one: 'Een afspraak van een uitvoeringsgebied',
    param: 'areaAgreementId',
    paramSchema: Ulid,
    tagKind: 'area-agreement',
    filters: {
      status: filter(z.enum(items.areaAgreementStatuses), 'Alleen afspraken met deze status'),
      areaId: filter(Ulid, 'Alleen afspraken van dit gebied'),
    },
    item: items.AreaAgreement,
  },
  {
    path: 'findings',
    list: 'Wat niet klopt, ontbreekt of botst',
    one: 'Een bevinding',
    param: 'findingId',
    paramSchema: Word,
    tagKind: 'finding',
    filters: {
      kind: filter(Word, 'Alleen van deze soort'),
      severity: filter(z.enum(items.severities), 'Alleen van deze ernst'),
      rule: filter(RuleNumber, 'Alleen over deze regel'),
    },
    item: items.Finding,
  },
];

export const resourceAt = (path: string): Resource | undefined =>
  resources.find((resource) => resource.path === path);
