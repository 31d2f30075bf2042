/** Importing files of history: tried on a copy in memory before anything is recorded. */
import { systemClock } from '../host/clock.ts';
import { progressOn } from '../host/progress.ts';
import { rehearsalLog } from '../host/rehearsal.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { type HistoryFile, importHistory } from '../ledger/import.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Hmac, Ids, People } from '../ledger/ports.ts';
import { recorder } from '../ledger/record.ts';
import { openMemoryLog } from '../log/memory.ts';
import { rehearsedPeople } from '../privacy/people.ts';

interface ImportParts {
  readonly log: EventLog;
  readonly hmac: Hmac;
  readonly ids: Ids;
  readonly people: People;
}

export const importer =
  ({ log, hmac, ids, people }: ImportParts) =>
  async (files: readonly HistoryFile[], into: Ledger) => {
    const over = openMemoryLog();
    try {
      return await importHistory(
        files,
        async () =>
          recorder({
            log: await rehearsalLog(log, over),
            clock: systemClock,
            ids,
            hmac,
            people: rehearsedPeople(people),
          }),
        into.record,
        progressOn(process.stderr, 'Geïmporteerd'),
      );
    } finally {
      await over.close();
    }
  };
