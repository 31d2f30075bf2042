/** Questions: items of a question at a moment, with what they rest on. */
import { type Item, model, projections } from '../../projections/index.ts';
import type { EntryFor } from '../../events/index.ts';
import { type AnswerItem, itemsOf } from './answers.ts';
import { type Basis, basisEvents, basisOf, projectionOf } from './basis.ts';
import { ProblemError } from './errors.ts';
import type { EventLog, Sequence } from './event-log.ts';
import { parseKnownAt, parseValidAt } from './moments.ts';
import type { Clock } from './ports.ts';
import type { ReadTables } from './read-tables.ts';

/** For which moment an answer holds; every answer carries it. */
interface AsOf {
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

interface Answer {
  readonly asOf: AsOf;
  readonly items: readonly (Item & Partial<Basis>)[];
}

export interface AskerParts {
  readonly log: EventLog;
  readonly tables: () => ReadTables;
  /** Resolves when the tables hold this sequence. */
  readonly reached: (sequence: Sequence) => Promise<void>;
  readonly clock: Clock;
}

export type Asker = ReturnType<typeof asker>;

export const asker = (parts: AskerParts, opened: EntryFor<'LedgerOpened'>['data']) => {
  const { log, clock, tables } = parts;

  const momentOf = async ({ validAt, knownAt }: Moment): Promise<AsOf> => {
    const now = clock.now();
    const date = parseValidAt(validAt, now);
    await parts.reached(log.head().sequence);
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

  /** Items of a question at a moment that has been found. @throws ProblemError `not-found` */
  const itemsAt = (
    { question, thing, where = {} }: Question,
    { validAt, knownAt }: AsOf,
  ): readonly AnswerItem[] => {
    const projection = projectionOf(question);
    if (projection === undefined) throw unknownQuestion(question);
    const facts = tables().asOf({
      question,
      validAt,
      knownAt,
      ...(thing === undefined ? {} : { thing }),
    });
    return itemsOf(projection, facts, validAt).filter(({ item }) => matches(item, where));
  };

  const eventsBehind = (eventIds: readonly string[], asOf: AsOf) =>
    basisEvents({ log, tables }, eventIds, asOf.knownAt);

  const withBasis = async ({ item, eventIds }: AnswerItem, asOf: AsOf) => ({
    ...item,
    ...basisOf(await eventsBehind(eventIds, asOf)),
  });

  return {
    momentOf,
    itemsAt,
    eventsBehind,

    ask: async (question: Question): Promise<Answer> => {
      const asOf = await momentOf(question);
      const found = itemsAt(question, asOf);
      if (question.withBasis !== true) return { asOf, items: found.map(({ item }) => item) };
      return { asOf, items: await Promise.all(found.map((item) => withBasis(item, asOf))) };
    },

    /** One thing. @throws ProblemError `not-found` */
    askOne: async (question: Question & { readonly thing: string }) => {
      const asOf = await momentOf(question);
      const [found] = itemsAt(question, asOf);
      if (found === undefined) throw notThere(question);
      return { asOf, item: await withBasis(found, asOf) };
    },
  };
};

const unknownQuestion = (question: string) =>
  new ProblemError({
    code: 'not-found',
    detail: `De vraag ${question} bestaat niet; wel: ${projections.map((p) => p.question).join(', ')}.`,
  });

const notThere = ({ question, thing }: Question & { readonly thing: string }) =>
  new ProblemError({
    code: 'not-found',
    detail: `${question}/${thing} bestaat niet op dit moment.`,
  });

const matches = (item: Item, where: Readonly<Record<string, string>>): boolean =>
  Object.entries(where).every(([field, value]) => String(item[field]) === value);
