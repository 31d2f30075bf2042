/** Persons' keys and who looked at them, in the office: never in the log or the read tables. */
import { join } from 'node:path';
import { systemClock } from '../host/clock.ts';
import { type Settings, StartError } from '../host/settings.ts';
import { wrappingSource } from '../host/wrapping.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { dateIn } from '../ledger/moments.ts';
import { type Hmac, type Ids, KeysHeldError } from '../ledger/ports.ts';
import { acceptLostKeys } from '../privacy/lacking.ts';
import type { LostSince } from '../privacy/losses.ts';
import { KeysLostError, type Office, openOffice, OtherSecretError } from '../privacy/office.ts';
import { WrappingError } from '../privacy/rotation.ts';

interface KeyParts {
  readonly hmac: Hmac;
  readonly ids: Ids;
  readonly warn: (text: string) => void;
}

/**
 * @throws StartError when the keys are gone and something is sealed under them, do not open, are
 *   held, or are of another ledger
 */
export const openKeys = async (
  settings: Settings,
  log: EventLog,
  { hmac, ids, warn }: KeyParts,
): Promise<Office> => {
  const folder = join(settings.folder, 'office');
  const source = (isNew: boolean) => wrappingSource(settings, isNew);
  const office = await told(folder, () =>
    openOffice({ folder, source, log, hmac, ids, clock: systemClock }),
  );
  if (office.missing.length > 0) warn(keysMissing(office.missing));
  for (const loss of office.losses) warn(keysLost(loss));
  return office;
};

interface Acceptance {
  /** How many keys are said to be lost. */
  readonly count: number;
  readonly reason: string;
}

interface AcceptedKeys {
  /** How many the office lacks, or lacked. */
  readonly lacking: number;
  /** Of the keys that are given up; undefined: nothing was done. */
  readonly accepted?: {
    readonly lost: number;
    /** Of persons who are erased, and stay so. */
    readonly erased: number;
    readonly acceptedAt: string;
  };
}

/**
 * Gives up the keys that the office lacks, if there are as many as was said. The log is open, so
 * no service runs. @throws StartError
 */
export const giveUpKeys = async (
  settings: Settings,
  log: EventLog,
  acceptance: Acceptance,
): Promise<AcceptedKeys> => {
  const folder = join(settings.folder, 'office');
  const source = (isNew: boolean) => wrappingSource(settings, isNew);
  const file = keysIn(folder);
  const { lacking, accepted } = await told(folder, () =>
    acceptLostKeys({ file, log, source, clock: systemClock, ...acceptance }),
  );
  if (accepted === undefined) return { lacking };
  const { lost, erased, acceptedAt } = accepted;
  return { lacking, accepted: { lost: lost.length, erased: erased.length, acceptedAt } };
};

const keysIn = (folder: string): string => join(folder, 'keys.sqlite');

/** @throws StartError */
const told = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeysLostError)
      throw new StartError(
        `De sleutels ${error.file} ontbreken, ${error.count} in getal; zet ze terug uit de reservekopie. ${without}`,
      );
    if (error instanceof WrappingError)
      throw new StartError(
        'De sleutels van personen zijn verpakt onder een andere sleutel dan deze.',
      );
    if (error instanceof OtherSecretError)
      throw new StartError(
        `Het geheim ${join(folder, 'secret')} is niet dat waaronder personen hier bekend zijn; zet het terug uit de reservekopie.`,
      );
    if (error instanceof KeysHeldError)
      throw new StartError(
        `Een ander programma leest de sleutels van personen (${keysIn(folder)}). Sluit dat, en probeer het opnieuw.`,
      );
    throw error;
  }
};

const without = 'Is er geen (betere), lees dan `ledger keys restore --help`.';

const keysMissing = (missing: readonly string[]): string =>
  `${missing.length === 1 ? 'Er ontbreekt 1 sleutel' : `Er ontbreken ${missing.length} sleutels`} van personen, zoals ${missing[0]}: wat daaronder is verzegeld gaat niet open, en nieuwe personen kunnen niet worden vastgelegd. Zet de sleutels terug uit de reservekopie. ${without}`;

const keysLost = ({ keys, acceptedAt }: LostSince): string =>
  `Op ${dateIn(acceptedAt)} ${keys === 1 ? 'is 1 sleutel van een persoon' : `zijn ${keys} sleutels van personen`} opgegeven als verloren: wat daaronder is verzegeld gaat niet open.`;
