/** Persons' keys and who looked at them, in the office: never in the log or the read tables. */
import { join } from 'node:path';
import { systemClock } from '../host/clock.ts';
import { type Settings, StartError } from '../host/settings.ts';
import { wrappingSource } from '../host/wrapping.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { type Hmac, type Ids, KeysHeldError } from '../ledger/ports.ts';
import { KeysLostError, type Office, openOffice } from '../privacy/office.ts';
import { WrappingError } from '../privacy/rotation.ts';

interface KeyParts {
  readonly hmac: Hmac;
  readonly ids: Ids;
  readonly warn: (text: string) => void;
}

/** @throws StartError when the keys are gone and something is sealed under them, do not open, or are held */
export const openKeys = async (
  settings: Settings,
  log: EventLog,
  { hmac, ids, warn }: KeyParts,
): Promise<Office> => {
  const folder = join(settings.folder, 'office');
  const source = (isNew: boolean) => wrappingSource(settings, isNew);
  try {
    const office = await openOffice({ folder, source, log, hmac, ids, clock: systemClock });
    if (office.missing.length > 0) warn(keysMissing(office.missing));
    return office;
  } catch (error) {
    if (error instanceof KeysLostError)
      throw new StartError(
        `De sleutels ${error.file} ontbreken; zet ze terug uit de reservekopie.`,
      );
    if (error instanceof WrappingError)
      throw new StartError(
        'De sleutels van personen zijn verpakt onder een andere sleutel dan deze.',
      );
    if (error instanceof KeysHeldError)
      throw new StartError(
        `Een ander programma leest de sleutels van personen (${join(folder, 'keys.sqlite')}). Sluit dat, en probeer het opnieuw.`,
      );
    throw error;
  }
};

const keysMissing = (missing: readonly string[]): string =>
  `Er ontbreken ${missing.length} sleutels van personen, zoals ${missing[0]}: wat daaronder is verzegeld gaat niet open, en nieuwe personen kunnen niet worden vastgelegd. Zet de sleutels terug uit de reservekopie.`;
