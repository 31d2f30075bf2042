/** Questions: items of a question at a moment, with what they rest on. */
import { type Item, model } from '../../projections/index.ts';
import type { EntryFor } from '../../events/index.ts';
import { checkAsks, everything, type Rights } from './access/index.ts';
import { postedBehind, withPostings } from './amounts.ts';
import type { AnswerItem } from './certainty.ts';
import { type Basis, basisEvents, basisOf, basisOfMany, projectionOf } from './basis.ts';
import { type NamedDecision, ProblemError } from './errors.ts';
import type { EventLog, Sequence } from './event-log.ts';
import { finder } from './found.ts';
import { answerShown, type Opening } from './opening.ts';
import { parseKnownAt, parseValidAt } from './moments.ts';
import type { Clock, LookLog, People } from './ports.ts';
import type { ReadTables } from './read-tables.ts';

/** The two times, found. */
export interface Point {
  readonly validAt: string;
  readonly knownAt: Sequence;
}

/** For which moment an answer holds; every answer carries it. */
export interface AsOf extends Point {
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
  /** Keeps items whose field has this value; of a list, those in which it stands or may stand. */
  readonly where?: Readonly<Record<string, string>>;
  readonly withBasis?: boolean;
  /** Opens what is sealed, for a reader who may. */
  readonly opening?: Opening | undefined;
}

interface Answer {
  readonly asOf: AsOf;
  readonly items: readonly (Item & Partial<Basis>)[];
  readonly decisions: readonly NamedDecision[];
}

/** More decisions than this are not named in one answer. */
const mostNamed = 200;

export interface AskerParts {
  readonly log: EventLog;
  readonly tables: () => ReadTables;
  /** Resolves when the tables hold this sequence. */
  readonly reached: (sequence: Sequence) => Promise<void>;
  readonly clock: Clock;
  readonly people: People;
  readonly looks: LookLog;
}

export type Asker = ReturnType<typeof asker>;

/** @param rights of who asks: what these leave out is not there */
export const asker = (
  parts: AskerParts,
  opened: EntryFor<'LedgerOpened'>['data'],
  rights: Rights = everything,
) => {
  const { tables } = parts;
  const { itemsAt, seen } = finder(parts, rights);
  const momentOf = momentFinder(parts, opened);
  const shown = answerShown(parts);

  /** And each with all events that it rests on. @throws ProblemError when these are too many */
  const itemsBehind = (question: Question, asOf: Point): readonly AnswerItem[] =>
    withPostings(tables(), projectionOf(question.question)!, itemsAt(question, asOf), asOf);

  const eventsBehind = (eventIds: readonly string[], asOf: AsOf) =>
    basisEvents(parts, eventIds, asOf.knownAt);

  const withBasis = basisAdder(parts);

  /** Number and title of the decisions that an answer names, for people. */
  const decisionsIn = (answer: unknown, asOf: Point): readonly NamedDecision[] =>
    [...decisionIdsIn(answer)].slice(0, mostNamed).flatMap((decisionId) => {
      const [found] = itemsAt({ question: 'decisions', thing: decisionId }, asOf);
      if (found === undefined) return [];
      const { number, title } = found.item as Omit<NamedDecision, 'decisionId'>;
      return [{ decisionId, ...(number === undefined ? {} : { number }), title }];
    });

  /** What was found, as an answer: with what it rests on, and opened, where that was asked. */
  const told = async (question: Question, found: readonly AnswerItem[], asOf: AsOf) => {
    const items =
      question.withBasis === true
        ? await Promise.all(found.map((item) => withBasis(question.question, item, asOf)))
        : found.map(({ item }) => item);
    return { asOf, items: await shown(items, question), decisions: decisionsIn(items, asOf) };
  };

  return {
    rights,
    momentOf,
    itemsAt,
    itemsBehind,
    eventsBehind,
    decisionsIn,
    seen,
    told,
    shown,

    ask: async (question: Question): Promise<Answer> => {
      checkAsks(rights, question.question);
      const asOf = await momentOf(question);
      return told(question, itemsAt(question, asOf), asOf);
    },

    /** One thing. @throws ProblemError `not-found` */
    askOne: async (question: Question & { readonly thing: string }) => {
      checkAsks(rights, question.question);
      const asOf = await momentOf(question);
      const [found] = itemsAt(question, asOf);
      if (found === undefined) throw notThere(question);
      const item = await withBasis(question.question, found, asOf);
      return { asOf, item: await shown(item, question), decisions: decisionsIn(item, asOf) };
    },
  };
};

/** An item with what it rests on. */
const basisAdder =
  ({ log, tables }: AskerParts) =>
  async (question: string, found: AnswerItem, asOf: AsOf) => {
    const { thing, item } = found;
    const projection = projectionOf(question)!;
    if (projection.amounts !== undefined) {
      const posted = postedBehind(tables(), projection.amounts, item, asOf);
      const many = basisOfMany(posted, postingsOf(thing, asOf));
      if (many !== undefined) return { ...item, ...many };
    }
    const [{ eventIds } = found] = withPostings(tables(), projection, [found], asOf);
    const events = await basisEvents({ log, tables }, eventIds, asOf.knownAt);
    return { ...item, ...basisOf(events, explanationOf({ question, thing }, asOf)) };
  };

/** Finds the moment that a question is about, once the tables have caught up. */
const momentFinder =
  ({ log, clock, tables, reached }: AskerParts, opened: EntryFor<'LedgerOpened'>['data']) =>
  async ({ validAt, knownAt }: Moment): Promise<AsOf> => {
    const now = clock.now();
    const date = parseValidAt(validAt, now);
    await reached(log.head().sequence);
    const known = await parseKnownAt(knownAt, log, tables().position(), now);
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

const notThere = ({ question, thing }: Question & { readonly thing: string }) =>
  new ProblemError({
    code: 'not-found',
    detail: `${question}/${thing} bestaat niet op dit moment.`,
  });

/** The read that explains an answer, without `/v1/`. */
export const explanationOf = (
  { question, thing }: Pick<Question, 'question' | 'thing'>,
  { validAt, knownAt }: AsOf,
): string => {
  // The package is one thing, and asked for without its name.
  const of = thing === undefined || question === 'package' ? question : `${question}/${thing}`;
  return `explanations?of=${encodeURIComponent(of)}&validAt=${validAt}&knownAt=${knownAt}`;
};

/** The read that lists the postings of a balance, without `/v1/`. */
const postingsOf = (balance: string, { validAt, knownAt }: AsOf): string =>
  `postings?balance=${encodeURIComponent(balance)}&validAt=${validAt}&knownAt=${knownAt}`;

/** Every `decisionIds` within, however deep. */
const decisionIdsIn = (value: unknown, found = new Set<string>()): ReadonlySet<string> => {
  if (Array.isArray(value)) for (const each of value) decisionIdsIn(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) {
      if (name === 'decisionIds') for (const id of each as readonly string[]) found.add(id);
      else decisionIdsIn(each, found);
    }
  return found;
};
