/** Finds in the log what events are about. */
import type { Finder } from './access/index.ts';
import type { EventLog } from './event-log.ts';

export const finderIn = (log: EventLog): Finder => ({
  byId: async (eventId) => (await log.byId(eventId))?.entry,
  first: async (type, tag) => {
    const [found] = await log.read([{ types: [type], tags: [tag] }], { limit: 1 });
    return found?.entry;
  },
});
