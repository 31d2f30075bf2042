/**
 * What an answer rests on: the events whose facts it was made of, the decisions these rest on,
 * and what took back or replaced any of these. Folding only these gives the same answer.
 */
import { createHash } from 'node:crypto';
import { projections, type Projection } from '../../projections/index.ts';
import { itemsOf } from './answers.ts';
import type { AnswerItem } from './certainty.ts';
import type { EventLog, Sequence, StoredEvent } from './event-log.ts';
import { openFold } from './fold.ts';
import type { AsOfQuery, PostedBy, ReadTables } from './read-tables.ts';

const most = 100;

export type Basis =
  | { readonly basis: readonly string[] }
  | {
      readonly basisOf: {
        /** The read that lists these events, without `/v1/`. */
        readonly query: string;
        readonly from: Sequence;
        readonly upTo: Sequence;
        readonly count: number;
        /** SHA-256 over the event ids, one a line, in hex. */
        readonly digest: string;
      };
    };

/** The events of a basis, in the order of the log. */
export const basisEvents = async (
  { log, tables }: { readonly log: EventLog; readonly tables: () => ReadTables },
  eventIds: readonly string[],
  knownAt: Sequence,
): Promise<readonly StoredEvent[]> => {
  const found = new Map<string, StoredEvent>();
  let wanted: readonly string[] = eventIds;
  while (wanted.length > 0) {
    const next = new Set<string>();
    for (const event of await log.byIds(wanted.filter((id) => !found.has(id)))) {
      const { id, restsOn = [] } = event.entry;
      if (event.sequence > knownAt) continue;
      found.set(id, event);
      for (const ground of restsOn) next.add(ground);
      for (const end of tables().endedBy(id, knownAt)) next.add(end);
    }
    wanted = [...next];
  }
  return [...found.values()].sort((a, b) => a.sequence - b.sequence);
};

/** @param query the read that lists all of these events */
export const basisOf = (events: readonly StoredEvent[], query: string): Basis => {
  const ids = events.map((e) => e.entry.id);
  if (ids.length <= most) return { basis: ids };
  return {
    basisOf: {
      query,
      from: events[0]!.sequence,
      upTo: events.at(-1)!.sequence,
      count: ids.length,
      digest: createHash('sha256').update(ids.join('\n')).digest('hex'),
    },
  };
};

/**
 * What a sum of many postings rests on; undefined when these are few enough to be named.
 * @param query the read that lists the postings
 */
export const basisOfMany = (posted: Iterable<PostedBy>, query: string): Basis | undefined => {
  const hash = createHash('sha256');
  let [from, upTo, count] = [0, 0, 0];
  for (const { sequence, eventId } of posted) {
    if (count === 0) from = sequence;
    hash.update(count === 0 ? eventId : `\n${eventId}`);
    upTo = sequence;
    count += 1;
  }
  if (count <= most) return undefined;
  return { basisOf: { query, from, upTo, count, digest: hash.digest('hex') } };
};

/** The items of a question, folded from these events alone. */
export const foldAlone = (
  events: readonly StoredEvent[],
  projection: Projection,
  query: Omit<AsOfQuery, 'question' | 'knownAt'>,
): readonly AnswerItem[] => {
  const fold = openFold([projection]);
  fold.apply(events);
  const { question } = projection;
  const facts = fold.asOf({ ...query, question, knownAt: events.at(-1)?.sequence ?? -1 });
  return itemsOf(projection, facts, query.validAt);
};

export const projectionOf = (question: string): Projection | undefined =>
  projections.find((p) => p.question === question);
