/** Moving the ledger, and looking how its log stands, as the person who keeps it asks. */
import { CopyError, copyLog, type EntryTree } from '../ledger/copy.ts';
import { clockText } from '../ledger/clock-text.ts';
import {
  ClockError,
  type EventLog,
  ForeignLogError,
  LogUnavailableError,
} from '../ledger/event-log.ts';
import type { Clock, Ids } from '../ledger/ports.ts';
import { type Settings, StartError } from './settings.ts';

interface MovingParts<Found> {
  readonly settings: () => Settings;
  /** Opens one side of a copy. */
  readonly open: (settings: Settings, address: string) => Promise<EventLog>;
  readonly mayBeThere: (address: string) => boolean;
  readonly examine: (place: Place) => Promise<Found>;
  readonly tree: () => EntryTree;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly progress: (done: number, total: number) => void;
}

interface Place {
  readonly address: string;
  readonly folder: string;
  readonly stream: string;
}

const kindOf = (address: string): 'sqlite' | 'kurrentdb' =>
  address.startsWith('sqlite:') ? 'sqlite' : 'kurrentdb';

const withoutPassword = (address: string): string =>
  address.replace(/^([a-z+]+:\/\/)[^?]*@/, '$1…@');

export const movingOf = <Found extends { readonly head?: { readonly recordedAt?: string } }>(
  parts: MovingParts<Found>,
) => ({
  /** @throws StartError */
  copy: async (from: string, to: string) => {
    const { settings, open, mayBeThere, ...copying } = parts;
    const place = settings();
    if (from === to) throw new StartError('De bron en het doel zijn hetzelfde log.');
    if (!mayBeThere(from)) throw new StartError(`In ${withoutPassword(from)} is geen grootboek.`);
    if ([from, to].every((side) => kindOf(side) === 'kurrentdb'))
      throw new StartError('Kopieer van KurrentDB naar KurrentDB door een bestand (sqlite:…).');
    return told(async () => {
      await using source = closing(await open(place, from));
      await using target = closing(await open(place, to));
      const [one, other] = [source.log, target.log];
      return await copyLog({ ...copying, from: one, to: other, kind: kindOf(to) });
    });
  },

  examine: async () => {
    const { log: address, folder, stream, role } = parts.settings();
    const found = await told(() => parts.examine({ address, folder, stream }));
    const on = kindOf(address) === 'kurrentdb' ? { stream } : {};
    const at = found.head?.recordedAt;
    const behind = at === undefined ? 0 : Date.parse(at) - Date.parse(parts.clock.now());
    return {
      log: withoutPassword(address),
      ...on,
      role,
      ...found,
      ...(behind > 0 ? { behind } : {}),
    };
  },
});

const closing = (log: EventLog) => ({ log, [Symbol.asyncDispose]: () => log.close() });

/** What keeps a log from being opened or copied is no flaw of the program. */
const told = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClockError) throw new StartError(clockText(error));
    const isTold = [CopyError, ForeignLogError, LogUnavailableError].some(
      (E) => error instanceof E,
    );
    const name = error instanceof Error ? error.name : '';
    if (isTold || name === 'AddressError') throw new StartError((error as Error).message);
    throw error;
  }
};
