/** Persons' keys, in the office: never in the log or in the read tables. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { personalTypes } from '../../events/people.ts';
import { officeSecret } from '../host/secret.ts';
import { StartError } from '../host/settings.ts';
import type { EventLog } from '../ledger/event-log.ts';
import type { Hmac, Ids, People } from '../ledger/ports.ts';
import { type KeyStore, openKeyStore } from '../privacy/key-store.ts';
import { peopleIn } from '../privacy/people.ts';

/** @throws StartError when the keys are gone and something is sealed under them */
export const openPeople = async (
  folder: string,
  log: EventLog,
  hmac: Hmac,
  ids: Ids,
): Promise<{ readonly people: People; readonly store: KeyStore }> => {
  const file = join(folder, 'office', 'keys.sqlite');
  const isNew = !existsSync(file);
  const [sealed] = isNew ? await log.read([{ types: personalTypes }], { limit: 1 }) : [];
  if (sealed !== undefined)
    throw new StartError(`De sleutels ${file} ontbreken; zet ze terug uit de reservekopie.`);
  const wrapping = officeSecret(folder, 'wrapping-key', isNew);
  const store = openKeyStore(file);
  return { people: peopleIn({ store, wrapping, hmac, ids }), store };
};
