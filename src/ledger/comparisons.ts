/** What changed and why: differences between moments, explanations, the timeline. */
import type { Entry } from '../../events/index.ts';
import { describe } from '../../projections/index.ts';
import type { AnswerItem } from './answers.ts';
import { basisOf, foldAlone, projectionOf } from './basis.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { type Asker, explanationOf, type Moment, type Question } from './questions.ts';
import type { ReadTables, ScratchTables } from './read-tables.ts';

/** Events that one page of the timeline looks at, at most. */
const mostLookedAt = 5_000;
/** Causes that are told in full beside a difference, at most; it names all of them. */
const mostCauses = 500;

/** What changed in a question between two moments, and the events that caused it. */
export const differ =
  ({ momentOf, itemsAt, decisionsIn }: Asker, log: EventLog) =>
  async (question: Question, from: Moment, to: Moment) => {
    const [before, after] = [await momentOf(from), await momentOf(to)];
    const items = compare(itemsAt(question, before), itemsAt(question, after));
    const causes = [...new Set(items.flatMap((item) => item.causedBy))].slice(0, mostCauses);
    const events = (await Promise.all(causes.map((id) => log.byId(id)))).flatMap((event) =>
      event === undefined ? [] : [summary(event)],
    );
    events.sort((a, b) => a.sequence - b.sequence);
    return { from: before, to: after, items, events, decisions: decisionsIn(items, after) };
  };

/** The figure, its events in order, and the same figure folded again from these alone. */
export const explainer =
  ({ momentOf, itemsAt, eventsBehind, decisionsIn }: Asker, scratch: ScratchTables) =>
  async (question: Question) => {
    const asOf = await momentOf(question);
    const found = itemsAt(question, asOf);
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

/** Item by item: added, removed or changed, with the events that are not behind both. */
const compare = (before: readonly AnswerItem[], after: readonly AnswerItem[]) => {
  const earlier = new Map(before.map((b) => [b.thing, b]));
  const later = new Map(after.map((a) => [a.thing, a]));
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((thing) => {
    const [b, a] = [earlier.get(thing), later.get(thing)];
    if (b && a && JSON.stringify(b.item) === JSON.stringify(a.item)) return [];
    const only = (x: AnswerItem | undefined, y: AnswerItem | undefined) =>
      (x?.eventIds ?? []).filter((id) => !(y?.eventIds ?? []).includes(id));
    return [
      {
        thing,
        change: b === undefined ? 'added' : a === undefined ? 'removed' : 'changed',
        before: b?.item ?? null,
        after: a?.item ?? null,
        causedBy: [...only(a, b), ...only(b, a)],
      },
    ];
  });
};
