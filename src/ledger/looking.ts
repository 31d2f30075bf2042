/**
 * Events by themselves, as far as the asker sees them: in order, one with its neighbours in cause
 * and effect, and by words.
 */
import type { EventLog, Sequence, StoredEvent } from './event-log.ts';
import type { Asker } from './questions.ts';
import { mostLookedAt, summary } from './summaries.ts';

type Summary = ReturnType<typeof summary>;

/** Neighbours that one event shows, at most. */
const mostNeighbours = 50;

interface LookedUp {
  readonly summary: Summary;
  readonly entry: {
    /** In its newest version; sealed fields are not in it. */
    readonly data: unknown;
    readonly actor: { readonly office: string; readonly municipality?: string };
    /** How many fields are sealed. */
    readonly sealed: number;
  };
  readonly restsOn: readonly Summary[];
  /** Looked for among the next {@link mostLookedAt} events only. */
  readonly restedOnBy: readonly Summary[];
  readonly reversedBy: Summary | undefined;
}

export const looker = ({ seen }: Asker, log: EventLog) => {
  const eventsBetween = async (from: Sequence, to: Sequence): Promise<readonly Summary[]> =>
    (await seen(await log.read('all', { from, to }))).map(summary);

  const known = async (ids: readonly string[]): Promise<readonly StoredEvent[]> => {
    const found = await Promise.all(ids.slice(0, mostNeighbours).map((id) => log.byId(id)));
    return seen(found.flatMap((event) => event ?? []));
  };

  return {
    eventsBetween,

    /** Undefined: there is no such event, it was not known yet, or the asker may not see it. */
    lookAt: async (id: string, knownAt: Sequence): Promise<LookedUp | undefined> => {
      const found = await log.byId(id);
      if (found === undefined || found.sequence > knownAt) return undefined;
      if ((await seen([found])).length === 0) return undefined;
      const { entry, sequence } = found;
      const { office, municipality } = entry.actor;
      const to = Math.min(knownAt, sequence + mostLookedAt);
      const next = await seen(await log.read('all', { from: sequence + 1, to }));
      const reversal = next.find((later) => later.entry.reverses === id);
      const causes = [...(entry.restsOn ?? []), ...(entry.reverses ? [entry.reverses] : [])];
      return {
        summary: summary(found),
        entry: {
          data: entry.data,
          actor: { office, ...(municipality === undefined ? {} : { municipality }) },
          sealed: entry.sealed?.length ?? 0,
        },
        restsOn: (await known(causes)).map(summary),
        restedOnBy: next
          .filter((later) => later.entry.restsOn?.includes(id))
          .slice(0, mostNeighbours)
          .map(summary),
        reversedBy: reversal && summary(reversal),
      };
    },

    search: searcher(seen, log),
  };
};

/**
 * Events that hold all of these words, the newest first.
 * @returns `next`: from where to look on, when the log was not looked through to its beginning
 */
const searcher =
  (seen: Asker['seen'], log: EventLog) =>
  async (
    words: string,
    knownAt: Sequence,
    { before, limit }: { readonly before?: Sequence | undefined; readonly limit: number },
  ) => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const from = Math.min(knownAt, (before ?? knownAt + 1) - 1);
    const items: Summary[] = [];
    let at = from;
    while (at >= 0 && from - at < mostLookedAt && items.length < limit) {
      const low = Math.max(0, at - 499);
      const page = await log.read('all', { from: low, to: at, direction: 'backward' });
      for (const event of await seen(page)) {
        if (items.length === limit) break;
        at = event.sequence - 1;
        const told = summary(event);
        const text = `${told.summary}\n${JSON.stringify(event.entry.data)}`.toLowerCase();
        const sources = JSON.stringify(told.evidence).toLowerCase();
        if (wanted.every((word) => text.includes(word) || sources.includes(word))) items.push(told);
      }
      // What the asker does not see is passed over too.
      if (items.length < limit) at = low - 1;
    }
    return { items, ...(at >= 0 ? { next: at + 1 } : {}) };
  };
