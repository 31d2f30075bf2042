/** What changed and why: differences between moments, explanations, the timeline. */
import { basisOf, foldAlone, projectionOf } from './basis.ts';
import { changesIn, withCauses } from './changes.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { type Asker, explanationOf, type Moment, type Question } from './questions.ts';
import type { ReadTables, ScratchTables } from './read-tables.ts';
import { isAbout, mostLookedAt, summary } from './summaries.ts';

/** What changed in a question between two moments, and the events that caused it. */
export const differ =
  (asking: Asker, log: EventLog, tables: () => ReadTables) =>
  async (question: Question, from: Moment, to: Moment) => {
    const [before, after] = [await asking.momentOf(from), await asking.momentOf(to)];
    const changes = changesIn(asking, tables(), question, before, after);
    const { items, causes } = await withCauses(log, changes, before, after);
    const [events, decisions] = [causes.map(summary), asking.decisionsIn(items, after)];
    const shown = await asking.shown(items, question);
    return { from: before, to: after, items: shown, events, decisions };
  };

/** The figure, its events in order, and the same figure folded again from these alone. */
export const explainer =
  ({ momentOf, itemsBehind, eventsBehind, decisionsIn, shown }: Asker, scratch: ScratchTables) =>
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
    const same = JSON.stringify(items) === JSON.stringify(folded);
    const told = { items, foldedAgain: { items: folded, same } };
    return {
      asOf,
      ...(await shown(told, question)),
      events: events.map(summary),
      rules: rulesIn(events),
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
