/** What a subscriber is to be sent: events that match and that it sees, as they come. */
import type { EventLog, Query, Sequence, StoredEvent } from './event-log.ts';
import type { Asker } from './questions.ts';

/** Events looked at in one go: what a subscriber holds at most. */
const page = 50;

export const matchingReader =
  ({ seen }: Asker, log: EventLog) =>
  /** @returns the next of them; up to `upTo` there are no others */
  async (
    query: Query,
    after: Sequence,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly upTo: Sequence }> => {
    const to = log.head().sequence;
    if (to <= after) return { events: [], upTo: after };
    const found = await log.read(query, { from: after + 1, to, limit: page });
    const upTo = found.length < page ? to : found.at(-1)!.sequence;
    return { events: await seen(found), upTo };
  };
