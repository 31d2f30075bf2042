/** Recording ahead: commands are carried out in memory, and kept together afterwards. */
import type { Ahead } from '../host/example.ts';
import { rehearsalLog } from '../host/rehearsal.ts';
import type { Entry } from '../../events/index.ts';
import type { EventLog } from '../ledger/event-log.ts';
import type { Clock, Hmac, Ids, People } from '../ledger/ports.ts';
import { recorder } from '../ledger/record.ts';
import { openMemoryLog } from '../log/memory.ts';
import { rehearsedPeople } from '../privacy/people.ts';

interface AheadParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly people: People;
}

/** For one who writes alone: what others append meanwhile is not seen. */
export const recordingAhead = async (parts: AheadParts): Promise<Ahead> => {
  const over = await rehearsalLog(parts.log, openMemoryLog());
  const people = rehearsedPeople(parts.people);
  const taken: (readonly Entry[])[] = [];
  const log: EventLog = {
    ...over,
    append: async (entries, condition) => {
      const done = await over.append(entries, condition);
      if (done.outcome === 'appended') taken.push(entries);
      return done;
    },
  };
  return {
    record: recorder({ ...parts, log, people }),
    keep: async () => {
      await people.keep();
      // Asked for at once, so that they share their commits.
      await Promise.all(taken.map((entries) => parts.log.append(entries)));
      await over.close();
    },
  };
};
