/** Awards, and the dossier quasi-inbesteden. */
import { z } from 'zod';
import { Ulid } from '../../../events/values.ts';
import { partnership } from '../../../projections/index.ts';
import * as items from '../items/index.ts';
import { filter, Word, type Resource } from './resource.ts';

const AwardOrAll = z.union([Ulid, z.literal(partnership)]);

export const lawfulness: readonly Resource[] = [
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
];
