/** What every log has to do, whatever it is kept in. One suite, run on each adapter. */
import { afterEach, describe } from 'vitest';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { appending } from './appending.cases.ts';
import { following } from './following.cases.ts';
import { model } from './model.cases.ts';
import { querying } from './querying.cases.ts';
import { racing } from './racing.cases.ts';

/** Opens a new empty log; the suite closes it. */
type MakeLog = () => EventLog | Promise<EventLog>;

export const eventLogContract = (name: string, make: MakeLog): void => {
  describe(`event log contract: ${name}`, () => {
    const opened: EventLog[] = [];
    const fresh = async (): Promise<EventLog> => {
      const log = await make();
      opened.push(log);
      return log;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((log) => log.close()));
    });
    appending(fresh);
    querying(fresh);
    racing(fresh);
    following(fresh);
    model(fresh);
  });
};
