/** Services beside the basispakket, their contracts, pilots. */
import { z } from 'zod';
import { MunicipalityCode, Ulid } from '../../../events/values.ts';
import * as items from '../items/index.ts';
import { filter, type Resource } from './resource.ts';

export const pluspakket: readonly Resource[] = [
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
];
