/** What is recorded of persons, sealed; and counts, from reported totals only. */
import { z } from 'zod';
import { PersonReference } from '../../../events/people.ts';
import { MunicipalityCode, Slug, Ulid } from '../../../events/values.ts';
import * as items from '../items/index.ts';
import { filter, type Resource, Word } from './resource.ts';

const personFilters = {
  municipality: filter(MunicipalityCode, 'Alleen van deze gemeente'),
  person: filter(PersonReference, 'Alleen van deze persoon, als verwijzing'),
};

export const people: readonly Resource[] = [
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
    path: 'erasures',
    list: 'Wissingen van personen, zonder te zeggen van wie',
    one: 'Een wissing: gevraagd of klaar',
    param: 'erasureId',
    paramSchema: Ulid,
    tagKind: 'erasure',
    filters: { status: filter(z.enum(items.erasureStatuses), 'Alleen met deze status') },
    item: items.Erasure,
  },
  {
    path: 'retention',
    list: 'Personen van wie de bewaartermijn voorbij is; er wordt vanzelf niets gewist',
    one: 'Hoe lang wat van een persoon is vastgelegd mag blijven',
    param: 'person',
    paramSchema: PersonReference,
    tagKind: 'person',
    filters: {
      status: filter(z.enum(items.retentionStatuses), 'Anders alleen wat voorbij is'),
      municipality: filter(MunicipalityCode, 'Alleen van deze gemeente'),
    },
    within: { municipality: 'municipalities' },
    only: { status: 'due' },
    item: items.Retention,
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
];
