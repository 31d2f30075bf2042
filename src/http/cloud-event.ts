/** A recorded event as a CloudEvent, following the NL GOV profile 1.1. */
import { z } from 'zod';
import { Evidence } from '../../events/entry.ts';
import { entryTypes, type EntryType } from '../../events/index.ts';
import { EventId, Instant, MunicipalityCode, RoughDate } from '../../events/values.ts';
import type { StoredEvent } from '../ledger/event-log.ts';

export const cloudEventsMedia = 'application/cloudevents+json';

const source = 'urn:nld:oin:00000099000000000000:systeem:partnership-ledger';
/** What every type begins with. */
export const typePrefix = 'nl.participatiewet.';

const kebab = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

const types = new Map<string, EntryType>(
  entryTypes.flatMap((type) => [[type, type] as const, [typePrefix + kebab(type), type] as const]),
);

/** The type of event that is called so, in the ledger or in the feed. */
export const typeNamed = (name: string): EntryType | undefined => types.get(name);

export const CloudEventShape = {
  specversion: z.literal('1.0'),
  id: EventId,
  source: z.string().meta({ example: source }),
  type: z.string().meta({ example: `${typePrefix}decision-adopted` }),
  time: Instant.meta({ description: 'Wanneer het is vastgelegd' }),
  sequence: z.string().regex(/^\d+$/).meta({ description: 'Volgnummer in het grootboek' }),
  datacontenttype: z.literal('application/json'),
  data: z.looseObject({
    fact: z.looseObject({}).meta({ description: 'De gegevens van dit type gebeurtenis' }),
    version: z.int(),
    validFrom: RoughDate,
    evidence: z.array(Evidence).optional(),
    restsOn: z.array(EventId).optional(),
    reverses: EventId.optional(),
    correlation: EventId.optional(),
    actor: z.object({ office: z.string(), municipality: MunicipalityCode.optional() }),
  }),
};
export const CloudEvent = z.object(CloudEventShape).meta({ id: 'CloudEvent' });

/** Sealed fields, the command and who exactly acted stay in the ledger. */
export const cloudEvent = ({ sequence, entry }: StoredEvent): z.infer<typeof CloudEvent> => ({
  specversion: '1.0',
  id: entry.id,
  source,
  type: typePrefix + kebab(entry.type),
  time: entry.recordedAt,
  sequence: String(sequence),
  datacontenttype: 'application/json',
  data: {
    fact: entry.data,
    version: entry.version,
    validFrom: entry.validFrom,
    evidence: entry.evidence,
    restsOn: entry.restsOn,
    reverses: entry.reverses,
    correlation: entry.correlation,
    actor: { office: entry.actor.office, municipality: entry.actor.municipality },
  },
});
