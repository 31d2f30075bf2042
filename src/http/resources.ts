/** The nouns that can be read: paths, filters, and what their answers look like. */
import { z } from 'zod';
import { RuleNumber } from '../../events/rules.ts';
import { EventId, MunicipalityCode, Slug, Ulid } from '../../events/values.ts';
import * as items from './items.ts';

export interface Resource {
  /** Path under `/v1/`, and the name of the question. */
  readonly path: string;
  /** Dutch, for the list and for one. */
  readonly list: string;
  readonly one: string;
  /** Name of the parameter that stands for one of them. */
  readonly param: string;
  readonly paramSchema: z.ZodType<string>;
  /** Kind of the tag that its events carry, for its ETag. */
  readonly tagKind: string;
  readonly filters: Readonly<Record<string, z.ZodOptional<z.ZodType<string>>>>;
  /** What a list holds unless more is asked for. */
  readonly only?: Readonly<Record<string, string>>;
  readonly item: z.ZodObject;
  /** Its items are about persons: `opened` may be asked for, on the machine itself. */
  readonly personal?: true;
}

const filter = <S extends z.ZodType<string>>(schema: S, description: string) =>
  schema.optional().meta({ description });
const Word = z.string().min(1).max(200);

const personFilters = {
  municipality: filter(MunicipalityCode, 'Alleen van deze gemeente'),
  person: filter(z.string().regex(/^[0-9a-f]{32}$/), 'Alleen van deze persoon, als verwijzing'),
};

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
    path: 'referrals',
    list: 'Aanmeldingen van personen; wat hen betreft is verzegeld',
    one: 'Een aanmelding met haar stappen',
    param: 'referralId',
    paramSchema: Ulid,
    tagKind: 'referral',
    filters: personFilters,
    item: items.Referral,
    personal: true,
  },
  {
    path: 'placements',
    list: 'Plaatsingen van personen; wat hen betreft is verzegeld',
    one: 'Een plaatsing met haar stappen',
    param: 'placementId',
    paramSchema: Ulid,
    tagKind: 'placement',
    filters: { ...personFilters, referralId: filter(Ulid, 'Alleen uit deze aanmelding') },
    item: items.Placement,
    personal: true,
  },
  {
    path: 'circumstances',
    list: 'Gegevens die van personen gelden; wat hen betreft is verzegeld',
    one: 'Een gegeven dat van een persoon geldt',
    param: 'circumstanceId',
    paramSchema: Ulid,
    tagKind: 'circumstance',
    filters: personFilters,
    item: items.Circumstance,
    personal: true,
  },
  {
    path: 'period-totals',
    list: 'Gemelde aantallen per gemeente en periode',
    one: 'Een melding van aantallen',
    param: 'reportId',
    paramSchema: Ulid,
    tagKind: 'report',
    filters: { municipality: filter(MunicipalityCode, 'Alleen van deze gemeente') },
    item: items.PeriodTotals,
  },
  {
    path: 'placement-counts',
    list: 'Aantallen uit gemelde totalen, opgeteld per gemeente, maatstaf of jaar',
    one: 'Een aantal uit gemelde totalen',
    param: 'countId',
    paramSchema: Word,
    tagKind: 'count',
    filters: {
      groupBy: filter(z.enum(items.countGroups), 'Opgeteld per; anders per melding'),
      municipality: filter(MunicipalityCode, 'Alleen van deze gemeente'),
      measure: filter(Slug, 'Alleen van deze maatstaf'),
    },
    only: { groupBy: 'report' },
    item: items.PlacementCount,
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
