/**
 * The ledger as its faces see it: record, ask, compare, explain. Everything is given at a valid
 * date and as known at a sequence.
 */
import type { Entry } from '../../events/index.ts';
import { describe, type Item, model, projections } from '../../projections/index.ts';
import { type AnswerItem, itemsOf } from './answers.ts';
import { type Basis, basisEvents, basisOf, foldAlone, projectionOf } from './basis.ts';
import { ProblemError } from './errors.ts';
import type { EventLog, Sequence, StoredEvent } from './event-log.ts';
import { parseKnownAt, parseValidAt } from './moments.ts';
import type { Clock, Hmac, Ids } from './ports.ts';
import type { ReadTables, ScratchTables } from './read-tables.ts';
import { recorder, type Recorded, type Request } from './record.ts';

/** For which moment an answer holds; every answer carries it. */
export interface AsOf {
  readonly validAt: string;
  readonly knownAt: Sequence;
  /** When that sequence was recorded; absent for the empty ledger. */
  readonly recordedAt?: string;
  readonly ledgerId: string;
  readonly dataset: string;
  /** True when the facts are made up. */
  readonly madeUp: boolean;
  readonly model: number;
  readonly open?: true;
}

/** The two times as they were asked, still text. */
export interface Moment {
  readonly validAt?: string | undefined;
  readonly knownAt?: string | undefined;
}

export interface Question extends Moment {
  readonly question: string;
  /** One thing only. */
  readonly thing?: string | undefined;
  /** Keeps items whose field has this value. */
  readonly where?: Readonly<Record<string, string>>;
  readonly withBasis?: boolean;
}

export interface Answer {
  readonly asOf: AsOf;
  readonly items: readonly (Item & Partial<Basis>)[];
}

export interface LedgerParts {
  readonly log: EventLog;
  readonly tables: () => ReadTables;
  /** Resolves when the tables hold this sequence. */
  readonly reached: (sequence: Sequence) => Promise<void>;
  readonly scratch: ScratchTables;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
  /** Why nothing may be recorded, if so. */
  readonly readOnly: () => string | undefined;
}

export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/** @throws Error when the log is empty: a ledger begins with `LedgerOpened` */
export const openLedger = async (parts: LedgerParts) => {
  const [first] = await parts.log.read('all', { from: 0, to: 0 });
  if (first?.entry.type !== 'LedgerOpened') throw new Error('the log has no beginning');
  const opened = first.entry.data;
  const recordCommand = recorder(parts);
  const { log, clock } = parts;

  const momentOf = async ({ validAt, knownAt }: Moment): Promise<AsOf> => {
    const now = clock.now();
    const date = parseValidAt(validAt, now);
    await parts.reached(log.head().sequence);
    const known = await parseKnownAt(knownAt, log, parts.tables().position(), now);
    const [event] =
      known.sequence < 0 ? [] : await log.read('all', { from: known.sequence, to: known.sequence });
    return {
      validAt: date,
      knownAt: known.sequence,
      ...(event === undefined ? {} : { recordedAt: event.entry.recordedAt }),
      ledgerId: opened.ledgerId,
      dataset: opened.dataset,
      madeUp: opened.madeUp,
      model,
      ...(known.open ? { open: true as const } : {}),
    };
  };

  const answerItems = (question: string, asOf: AsOf, thing?: string): readonly AnswerItem[] => {
    const projection = projectionOf(question);
    if (projection === undefined) throw unknownQuestion(question);
    const { validAt, knownAt } = asOf;
    const facts = parts
      .tables()
      .asOf({ question, validAt, knownAt, ...(thing === undefined ? {} : { thing }) });
    return itemsOf(projection, facts, validAt);
  };

  const withBasis = async ({ item, eventIds }: AnswerItem, asOf: AsOf) => ({
    ...item,
    ...basisOf(await basisEvents({ log, tables: parts.tables() }, eventIds, asOf.knownAt)),
  });

  const ask = async (question: Question): Promise<Answer> => {
    const asOf = await momentOf(question);
    const found = answerItems(question.question, asOf, question.thing).filter(({ item }) =>
      matches(item, question.where ?? {}),
    );
    if (question.withBasis !== true) return { asOf, items: found.map(({ item }) => item) };
    return { asOf, items: await Promise.all(found.map((item) => withBasis(item, asOf))) };
  };

  return {
    opened,
    log,
    head: () => log.head(),

    /** Carries out a command. @throws ProblemError, LogUnavailableError */
    record: async (request: Request): Promise<Recorded> => {
      const why = parts.readOnly();
      if (why !== undefined) throw new ProblemError({ code: 'read-only', detail: why });
      const recorded = await recordCommand(request);
      await parts.reached(recorded.events.at(-1)!.sequence);
      return recorded;
    },

    ask,

    /** One thing. @throws ProblemError `not-found` */
    askOne: async (question: Question & { readonly thing: string }) => {
      const asOf = await momentOf(question);
      const [found] = answerItems(question.question, asOf, question.thing);
      if (found === undefined) throw notThere(question);
      return { asOf, item: await withBasis(found, asOf) };
    },

    /** The moment that two times stand for. @throws ProblemError `invalid` */
    moment: momentOf,

    /** Highest sequence among the events about a thing, up to a sequence or the head: its ETag. */
    version: async (thing: string, knownAt: Sequence = log.head().sequence): Promise<Sequence> => {
      const [last] = await log.read([{ tags: [thing] }], {
        to: knownAt,
        direction: 'backward',
        limit: 1,
      });
      return last?.sequence ?? -1;
    },

    /** What changed in a question between two moments, and the events that caused it. */
    differences: async (question: Question, from: Moment, to: Moment) => {
      const [before, after] = [await momentOf(from), await momentOf(to)];
      const itemsAt = (asOf: AsOf) =>
        answerItems(question.question, asOf, question.thing).filter(({ item }) =>
          matches(item, question.where ?? {}),
        );
      const changes = compare(itemsAt(before), itemsAt(after));
      return { from: before, to: after, items: changes };
    },

    /** The figure, its events in order, and the same figure folded again from these alone. */
    explain: async (question: Question) => {
      const asOf = await momentOf(question);
      const projection = projectionOf(question.question);
      if (projection === undefined) throw unknownQuestion(question.question);
      const found = answerItems(question.question, asOf, question.thing).filter(({ item }) =>
        matches(item, question.where ?? {}),
      );
      const eventIds = [...new Set(found.flatMap((f) => f.eventIds))];
      const events = await basisEvents({ log, tables: parts.tables() }, eventIds, asOf.knownAt);
      const { validAt } = asOf;
      const things = new Set(found.map((f) => f.thing));
      const again = foldAlone(parts.scratch, events, projection, {
        validAt,
        ...(question.thing === undefined ? {} : { thing: question.thing }),
      }).filter((f) => things.has(f.thing));
      const [items, folded] = [found.map((f) => f.item), again.map((f) => f.item)];
      return {
        asOf,
        items,
        events: events.map(summary),
        rules: rulesIn(events),
        foldedAgain: { items: folded, same: JSON.stringify(items) === JSON.stringify(folded) },
        ...basisOf(events),
      };
    },

    timeline: async (
      query: Moment & { from?: string; until?: string; about?: string; after?: string },
      limit: number,
    ) => {
      const asOf = await momentOf(query);
      const { from, until, after, about } = query;
      const rows = parts
        .tables()
        .timeline({ from, until, after, knownAt: asOf.knownAt, limit: limit + 1 });
      const events = await Promise.all(rows.map((row) => log.byId(row.eventId)));
      const items = events.flatMap((event) =>
        event === undefined || !isAbout(event.entry, about) ? [] : [summary(event)],
      );
      const next = rows.length > limit ? rows[limit - 1]!.at : undefined;
      return { asOf, items: items.slice(0, limit), ...(next === undefined ? {} : { next }) };
    },
  };
};

const unknownQuestion = (question: string) =>
  new ProblemError({
    code: 'not-found',
    detail: `De vraag ${question} bestaat niet; wel: ${projections.map((p) => p.question).join(', ')}.`,
  });

const notThere = ({ question, thing }: Question) =>
  new ProblemError({
    code: 'not-found',
    detail: `${question}/${thing} bestaat niet op dit moment.`,
  });

const matches = (item: Item, where: Readonly<Record<string, string>>): boolean =>
  Object.entries(where).every(([field, value]) => String(item[field]) === value);

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

