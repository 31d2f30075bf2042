/** What changed and why: differences between moments, explanations, the timeline. */
import type { Entry } from '../../events/index.ts';
import { describe } from '../../projections/index.ts';
import type { AnswerItem } from './certainty.ts';
import { basisOf, foldAlone, projectionOf } from './basis.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { type Asker, type AsOf, explanationOf, type Moment, type Question } from './questions.ts';
import type { ReadTables, ScratchTables } from './read-tables.ts';

/** Events that one page of the timeline looks at, at most. */
const mostLookedAt = 5_000;
/** Causes that are told in full beside a difference, at most; it names all of them. */
const mostCauses = 500;

/** What changed in a question between two moments, and the events that caused it. */
export const differ =
  ({ momentOf, itemsBehind, decisionsIn }: Asker, log: EventLog, tables: () => ReadTables) =>
  async (question: Question, from: Moment, to: Moment) => {
    const [before, after] = [await momentOf(from), await momentOf(to)];
    const causesOf = causeFinder(log, tables, before, after);
    const told = new Map<string, StoredEvent>();
    const items = [];
    for (const change of compare(itemsBehind(question, before), itemsBehind(question, after))) {
      const causes = await causesOf(change);
      if (told.size < mostCauses) for (const event of causes) told.set(event.entry.id, event);
      const { thing, before: b, after: a } = change;
      items.push({
        thing,
        change: b === undefined ? 'added' : a === undefined ? 'removed' : 'changed',
        before: b?.item ?? null,
        after: a?.item ?? null,
        causedBy: causes.map((event) => event.entry.id),
      });
    }
    const events = [...told.values()].sort((x, y) => x.sequence - y.sequence).map(summary);
    return { from: before, to: after, items, events, decisions: decisionsIn(items, after) };
  };

interface Change {
  readonly thing: string;
  readonly before: AnswerItem | undefined;
  readonly after: AnswerItem | undefined;
}

/** The things of which two lists say something different. */
const compare = (
  before: readonly AnswerItem[],
  after: readonly AnswerItem[],
): readonly Change[] => {
  const earlier = new Map(before.map((b) => [b.thing, b]));
  const later = new Map(after.map((a) => [a.thing, a]));
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((thing) => {
    const [b, a] = [earlier.get(thing), later.get(thing)];
    if (JSON.stringify(b?.item) === JSON.stringify(a?.item)) return [];
    return [{ thing, before: b, after: a }];
  });
};

/**
 * Why a thing changed. Between two sequences: what was recorded between them, reversals with it.
 * Between two dates: the facts that came to hold or ceased, and the decisions they rest on; and
 * where only a date came, as with a decision that takes effect, all that the thing rests on.
 */
const causeFinder =
  (log: EventLog, tables: () => ReadTables, from: AsOf, to: AsOf) =>
  async ({ before, after }: Change): Promise<readonly StoredEvent[]> => {
    const [low, high] = [from, to].map((m) => m.knownAt).sort((x, y) => x - y) as [number, number];
    const [first, last] = [from.validAt, to.validAt].sort() as [string, string];
    const [was, is] = [before?.eventIds ?? [], after?.eventIds ?? []];
    const ended = [...was, ...is].flatMap((id) => tables().endedBy(id, high));
    const all = await eventsOf(log, [...was, ...is, ...ended]);
    const recorded = all.filter((e) => e.sequence > low && e.sequence <= high);
    if (recorded.length > 0) return recorded;
    const both = new Set(was.filter((id) => is.includes(id)));
    const come = all.filter(
      ({ entry: { id, validFrom } }) =>
        (!both.has(id) && (was.includes(id) || is.includes(id))) ||
        (first < validFrom.latest && validFrom.latest <= last),
    );
    if (come.length === 0) return all;
    return eventsOf(
      log,
      come.flatMap(({ entry }) => [entry.id, ...(entry.restsOn ?? [])]),
    );
  };

/** Each once, in the order of the log. */
const eventsOf = async (log: EventLog, ids: readonly string[]): Promise<readonly StoredEvent[]> => {
  const found = await Promise.all([...new Set(ids)].map((id) => log.byId(id)));
  return found.flatMap((event) => event ?? []).sort((a, b) => a.sequence - b.sequence);
};

/** The figure, its events in order, and the same figure folded again from these alone. */
export const explainer =
  ({ momentOf, itemsBehind, eventsBehind, decisionsIn }: Asker, scratch: ScratchTables) =>
  async (question: Question) => {
    const asOf = await momentOf(question);
    const found = itemsBehind(question, asOf);
    const eventIds = [...new Set(found.flatMap((f) => f.eventIds))];
    const events = await eventsBehind(eventIds, asOf);
    const things = new Set(found.map((f) => f.thing));
    const again = foldAlone(scratch, events, projectionOf(question.question)!, {
      validAt: asOf.validAt,
      ...(question.thing === undefined ? {} : { thing: question.thing }),
    }).filter((f) => things.has(f.thing));
    const [items, folded] = [found.map((f) => f.item), again.map((f) => f.item)];
    return {
      asOf,
      items,
      events: events.map(summary),
      rules: rulesIn(events),
      foldedAgain: { items: folded, same: JSON.stringify(items) === JSON.stringify(folded) },
      decisions: decisionsIn(items, asOf),
      ...basisOf(events, explanationOf(question, asOf)),
    };
  };

interface TimelineQuestion extends Moment {
  readonly from?: string;
  readonly until?: string;
  readonly about?: string;
  readonly after?: string;
}

/** Everything that happened, by valid date, in pages. */
export const timelineReader =
  ({ momentOf }: Asker, log: EventLog, tables: () => ReadTables) =>
  async (query: TimelineQuestion, limit: number) => {
    const asOf = await momentOf(query);
    const { from, until, after, about } = query;
    const items: ReturnType<typeof summary>[] = [];
    let cursor = after;
    // What is asked about may be rare: looks on, but not for ever in one answer.
    for (let looked = 0; looked < mostLookedAt;) {
      const { knownAt } = asOf;
      const rows = tables().timeline({ from, until, after: cursor, knownAt, limit: limit + 1 });
      for (const row of rows.slice(0, limit)) {
        if (items.length === limit) return { asOf, items, next: cursor };
        const event = await log.byId(row.eventId);
        if (event !== undefined && isAbout(event.entry, about)) items.push(summary(event));
        cursor = row.at;
      }
      if (rows.length <= limit) return { asOf, items };
      looked += rows.length;
    }
    return { asOf, items, next: cursor };
  };

/** A thing's id or tag, wherever the event names it. */
const isAbout = (entry: Entry, about: string | undefined): boolean =>
  about === undefined || JSON.stringify(entry.data).includes(about);

const summary = ({ sequence, entry }: StoredEvent) => ({
  sequence,
  eventId: entry.id,
  type: entry.type,
  validFrom: entry.validFrom,
  recordedAt: entry.recordedAt,
  summary: describe(entry),
  evidence: entry.evidence ?? [],
});

const rulesIn = (events: readonly StoredEvent[]) =>
  events.flatMap(({ entry }) =>
    entry.type === 'RuleSet'
      ? [
          {
            rule: entry.data.rule,
            title: entry.data.title,
            authority: entry.data.authority,
            decisionIds: entry.data.decisionIds,
            eventId: entry.id,
          },
        ]
      : [],
  );
