/**
 * Events by themselves, as far as the asker sees them: in order, one with its neighbours in cause
 * and effect, and by words.
 */
import { describe } from '../../projections/index.ts';
import type { EventLog, Sequence, StoredEvent } from './event-log.ts';
import type { Asker } from './questions.ts';
import type { ReadTables } from './read-tables.ts';
import { summary } from './summaries.ts';

type Summary = ReturnType<typeof summary>;

/** Neighbours that one event shows, at most; and that are looked at for these. */
const mostNeighbours = 50;
const mostTried = 500;
/**
 * Events that one page of a search looks through, at most: each is read, at some 9 µs. An index of
 * all words would find at once, and make filling the read tables a sixth dearer.
 */
const mostSearched = 5_000;

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
  /** The first of them. */
  readonly restedOnBy: readonly Summary[];
  readonly reversedBy: Summary | undefined;
}

export const looker = ({ seen }: Asker, log: EventLog, tables: () => ReadTables) => {
  const eventsBetween = async (from: Sequence, to: Sequence): Promise<readonly Summary[]> =>
    (await seen(await log.read('all', { from, to }))).map(summary);

  const known = async (ids: readonly string[]): Promise<readonly StoredEvent[]> => {
    const found = await Promise.all(ids.slice(0, mostTried).map((id) => log.byId(id)));
    return (await seen(found.flatMap((event) => event ?? []))).slice(0, mostNeighbours);
  };

  return {
    eventsBetween,

    /** Undefined: there is no such event, it was not known yet, or the asker may not see it. */
    lookAt: async (id: string, knownAt: Sequence): Promise<LookedUp | undefined> => {
      const found = await log.byId(id);
      if (found === undefined || found.sequence > knownAt) return undefined;
      if ((await seen([found])).length === 0) return undefined;
      const { entry } = found;
      const { office, municipality } = entry.actor;
      const reversal = tables().reversedBy(id, knownAt);
      const [reversedBy] = reversal === undefined ? [] : await known([reversal]);
      const causes = [...(entry.restsOn ?? []), ...(entry.reverses ? [entry.reverses] : [])];
      return {
        summary: summary(found),
        entry: {
          data: entry.data,
          actor: { office, ...(municipality === undefined ? {} : { municipality }) },
          sealed: entry.sealed?.length ?? 0,
        },
        restsOn: (await known(causes)).map(summary),
        restedOnBy: (await known(tables().restedOnBy(id, knownAt, mostTried))).map(summary),
        reversedBy: reversedBy && summary(reversedBy),
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
    while (at >= 0 && from - at < mostSearched && items.length < limit) {
      const low = Math.max(0, at - 499);
      const page = await log.read('all', { from: low, to: at, direction: 'backward' });
      const holding = page.filter((event) => holds(event, wanted));
      for (const event of await seen(holding)) {
        if (items.length === limit) break;
        at = event.sequence - 1;
        items.push(summary(event));
      }
      // What the asker does not see is passed over too.
      if (items.length < limit) at = low - 1;
    }
    return { items, ...(at >= 0 ? { next: at + 1 } : {}) };
  };

/** Whether an event holds all of these words: in what is said of it, in its data or its sources. */
const holds = (event: StoredEvent, wanted: readonly string[]): boolean => {
  const { text, entry } = event;
  const said = describe(entry).toLowerCase();
  const stored = text.toLowerCase();
  // Most events hold none of it: looking at the text as it is stored is quicker than asking which
  // part of it that is. Within a text in JSON a quote or a line end is written otherwise.
  const plain = wanted.filter((word) => !/["\\\p{C}]/u.test(word));
  if (!plain.every((word) => said.includes(word) || stored.includes(word))) return false;
  const parts = `${said}\n${JSON.stringify(entry.data)}\n${JSON.stringify(entry.evidence ?? [])}`;
  const told = parts.toLowerCase();
  return wanted.every((word) => told.includes(word));
};
