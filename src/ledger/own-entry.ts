/** What the office records of the ledger itself, beside the commands. */
import { currentVersion, type Entry, type EntryFor, type EntryType } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';
import { dateIn } from './moments.ts';
import type { Clock, Ids } from './ports.ts';

interface OwnParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'eventId'>;
  /** When the last event was recorded: time does not go back. Absent for the first. */
  readonly after?: string | undefined;
}

/** Holds from the day on which it is recorded. */
export const ownEntry = <Type extends EntryType>(
  type: Type,
  data: EntryFor<Type>['data'],
  /** @param recordedAt that it will carry */
  commandAt: (recordedAt: string) => Entry['command'],
  { clock, ids, after = '' }: OwnParts,
): Entry => {
  const now = clock.now();
  const recordedAt = now > after ? now : after;
  return {
    format: 1,
    id: ids.eventId(),
    type,
    version: currentVersion(type),
    recordedAt,
    validFrom: onDay(dateIn(recordedAt)),
    actor: { id: 'local', office: 'registrar' },
    command: commandAt(recordedAt),
    data,
  } as Entry;
};
