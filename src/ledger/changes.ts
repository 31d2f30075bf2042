/** Things of which an answer says something else than before, and the events that caused it. */
import { common, projections } from '../../projections/index.ts';
import type { AnswerItem } from './certainty.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import type { Asker, Point, Question } from './questions.ts';
import type { ReadTables } from './read-tables.ts';

/** Causes that are told in full beside a difference, at most; it names all of them. */
const mostCauses = 500;

export interface Change {
  readonly question: string;
  readonly thing: string;
  readonly before: AnswerItem | undefined;
  readonly after: AnswerItem | undefined;
  /** Events that took back or replaced what either rests on, and what is known where it is not. */
  readonly endedBy: readonly string[];
}

/** What changed in a question between two points. */
export const changesIn = (
  { itemsBehind }: Asker,
  tables: Pick<ReadTables, 'asOf' | 'endedBy'>,
  question: Question,
  before: Point,
  after: Point,
): readonly Change[] => {
  const earlier = new Map(itemsBehind(question, before).map((b) => [b.thing, b]));
  const later = new Map(itemsBehind(question, after).map((a) => [a.thing, a]));
  const upTo = Math.max(before.knownAt, after.knownAt);
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((thing) => {
    const [b, a] = [earlier.get(thing), later.get(thing)];
    if (JSON.stringify(b?.item) === JSON.stringify(a?.item)) return [];
    const eventIds = [...(b?.eventIds ?? []), ...(a?.eventIds ?? [])];
    const endedBy = eventIds.flatMap((id) => tables.endedBy(id, upTo));
    const known = a === undefined ? after : b === undefined ? before : undefined;
    if (known !== undefined) endedBy.push(...knownOf(tables, question.question, thing, known));
    return [{ question: question.question, thing, before: b, after: a, endedBy }];
  });
};

/** Events of a thing that is in no answer: that it was settled is known of it all the same. */
const knownOf = (
  tables: Pick<ReadTables, 'asOf'>,
  question: string,
  thing: string,
  { validAt, knownAt }: Point,
): readonly string[] => {
  const { certain, rough } = tables.asOf({ question, thing, validAt, knownAt });
  return [...certain, ...rough].filter((f) => f.thing === thing).map(({ eventId }) => eventId);
};

/** Every question, whole. */
export const everyQuestion: readonly Question[] = projections.map(({ question }) => ({ question }));

/**
 * What events changed in these questions on a date: as {@link changesIn}, but looking only at the
 * things that they touched, so that it costs no more where the ledger is large.
 * @param after the sequence before the first of them; `upTo` is that of the last
 */
export const changesBy = (
  asking: Asker,
  tables: ReadTables,
  questions: readonly Question[],
  { validAt, after, upTo }: { validAt: string; after: number; upTo: number },
): readonly Change[] => {
  const touched = tables.touched(after, upTo);
  // Answers rest on the same events again and again.
  const endedBy = remembered((eventId: string) => tables.endedBy(eventId, upTo));
  const [before, then] = [
    { validAt, knownAt: after },
    { validAt, knownAt: upTo },
  ];
  return questions.flatMap((question) => {
    const things = touched.filter((t) => t.question === question.question).map((t) => t.thing);
    return thingsAsked(question, things).flatMap((one) =>
      changesIn(asking, { endedBy, asOf: (query) => tables.asOf(query) }, one, before, then),
    );
  });
};

/** The same, asked once for each. */
const remembered = <Found>(find: (eventId: string) => Found): ((eventId: string) => Found) => {
  const known = new Map<string, Found>();
  return (eventId) => {
    const found = known.get(eventId);
    if (found !== undefined) return found;
    const fresh = find(eventId);
    known.set(eventId, fresh);
    return fresh;
  };
};

/** The question for each of these things; whole where facts that all of them use were touched. */
const thingsAsked = (question: Question, things: readonly string[]): readonly Question[] => {
  if (things.includes(common)) return [question];
  const wanted = things.filter((thing) => question.thing === undefined || question.thing === thing);
  return wanted.map((thing) => ({ ...question, thing }));
};

/** A change as an answer tells it. */
export const toldChange = ({ question, thing, before, after }: Change) => ({
  question,
  thing,
  change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
  before: before?.item ?? null,
  after: after?.item ?? null,
});

/** Changes as an answer tells them, each with its causes, and these together in order. */
export const withCauses = async (
  log: EventLog,
  changes: readonly Change[],
  from: Point,
  to: Point,
) => {
  const told = new Map<string, StoredEvent>();
  const items = [];
  for (const change of changes) {
    const causes = await causesOf(log, change, from, to);
    if (told.size < mostCauses) for (const event of causes) told.set(event.entry.id, event);
    items.push({ ...toldChange(change), causedBy: causes.map((event) => event.entry.id) });
  }
  const causes = [...told.values()].sort((x, y) => x.sequence - y.sequence);
  return { items, causes };
};

/**
 * Why a thing changed. Between two sequences: what was recorded between them, reversals with it.
 * Between two dates: the facts that came to hold or ceased, and the decisions they rest on; and
 * where only a date came, as with a decision that takes effect, all that the thing rests on.
 */
const causesOf = async (
  log: EventLog,
  { before, after, endedBy }: Change,
  from: Point,
  to: Point,
): Promise<readonly StoredEvent[]> => {
  const [low, high] = [from, to].map((m) => m.knownAt).sort((x, y) => x - y) as [number, number];
  const [first, last] = [from.validAt, to.validAt].sort() as [string, string];
  const [was, is] = [before?.eventIds ?? [], after?.eventIds ?? []];
  const all = await log.byIds([...was, ...is, ...endedBy]);
  const recorded = all.filter((e) => e.sequence > low && e.sequence <= high);
  if (recorded.length > 0) return recorded;
  const both = new Set(was.filter((id) => is.includes(id)));
  const come = all.filter(
    ({ entry: { id, validFrom } }) =>
      (!both.has(id) && (was.includes(id) || is.includes(id))) ||
      (first < validFrom.latest && validFrom.latest <= last),
  );
  if (come.length === 0) return all;
  return log.byIds(come.flatMap(({ entry }) => [entry.id, ...(entry.restsOn ?? [])]));
};
