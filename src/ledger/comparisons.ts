/** What changed and why: differences between moments, explanations, the timeline. */
import { checkAsks } from './access/index.ts';
import { basisOf, foldAlone, projectionOf } from './basis.ts';
import { changesIn, withCauses } from './changes.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { type Asker, explanationOf, type Moment, type Question } from './questions.ts';
import type { ReadTables } from './read-tables.ts';
import { isAbout, mostLookedAt, summary } from './summaries.ts';

/** What changed in a question between two moments, and the events that caused it. */
export const differ =
  (asking: Asker, log: EventLog, tables: () => ReadTables) =>
  async (question: Question, from: Moment, to: Moment) => {
    checkAsks(asking.rights, question.question);
    const [before, after] = [await asking.momentOf(from), await asking.momentOf(to)];
    const changes = changesIn(asking, tables(), question, before, after);
    const { items, causes } = await withCauses(log, changes, before, after);
    const seen = await asking.seen(causes);
    const [events, decisions] = [seen.map(summary), asking.decisionsIn(items, after)];
    const shown = await asking.shown(items, question);
    return { from: before, to: after, items: shown, events, ...leftOut(causes, seen), decisions };
  };

/** How many events stand behind an answer that its asker may not see. */
const leftOut = (all: readonly StoredEvent[], seen: readonly StoredEvent[]) =>
  all.length === seen.length ? {} : { hiddenEvents: all.length - seen.length };

/** The figure, its events in order, and the same figure folded again from these alone. */
export const explainer =
  ({ rights, momentOf, itemsBehind, eventsBehind, decisionsIn, seen, shown }: Asker) =>
  async (question: Question) => {
    checkAsks(rights, question.question);
    const asOf = await momentOf(question);
    const found = itemsBehind(question, asOf);
    const eventIds = [...new Set(found.flatMap((f) => f.eventIds))];
    const events = await eventsBehind(eventIds, asOf);
    const things = new Set(found.map((f) => f.thing));
    const again = foldAlone(events, projectionOf(question.question)!, {
      validAt: asOf.validAt,
      ...(question.thing === undefined ? {} : { thing: question.thing }),
    }).filter((f) => things.has(f.thing));
    const visible = await seen(events);
    const [items, folded] = [found.map((f) => f.item), again.map((f) => f.item)];
    const same = JSON.stringify(items) === JSON.stringify(folded);
    const told = { items, foldedAgain: { items: folded, same } };
    return {
      asOf,
      ...(await shown(told, question)),
      events: visible.map(summary),
      ...leftOut(events, visible),
      rules: rulesIn(visible),
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
  ({ momentOf, seen }: Asker, log: EventLog, tables: () => ReadTables) =>
  async (query: TimelineQuestion, limit: number) => {
    const asOf = await momentOf(query);
    const { from, until, after, about } = query;
    const items: ReturnType<typeof summary>[] = [];
    let cursor = after;
    // What is asked about may be rare: looks on, but not for ever in one answer.
    for (let looked = 0; looked < mostLookedAt;) {
      const { knownAt } = asOf;
      const rows = tables().timeline({ from, until, after: cursor, knownAt, limit: limit + 1 });
      const shown = await seen(await log.byIds(rows.map(({ eventId }) => eventId)));
      const visible = new Map(shown.map((event) => [event.entry.id, event]));
      for (const row of rows.slice(0, limit)) {
        if (items.length === limit) return { asOf, items, next: cursor };
        const event = visible.get(row.eventId);
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
