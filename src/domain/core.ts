/**
 * What every noun's file is made with. A command names the events it must see (`sees`), is
 * decided on the books folded from these, and gives events or a refusal. Pure: ids and times
 * come in with the context.
 */
import type { z } from 'zod';
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import type { Evidence } from '../../events/entry.ts';
import type { SealedName } from '../../events/people.ts';
import type { RoughDate } from '../../events/values.ts';
import type { Books } from './books.ts';

/** Structurally the log's query; the domain does not know the log. */
export interface Sight {
  readonly types?: readonly string[];
  readonly tags?: readonly string[];
}

/** A value of a person's, as the decider gives it; the shell seals it before anything is kept. */
interface ToSeal {
  readonly field: SealedName;
  /** Version of its schema. */
  readonly schema: number;
  readonly value: unknown;
}

/** What was sealed in the events seen: event → field → value. Only what the shell may open. */
export type OpenedFields = ReadonlyMap<string, Readonly<Partial<Record<SealedName, unknown>>>>;

/** An event to be: the shell adds actor, command, time and format. */
export type Proposed = {
  [Type in EntryType]: {
    readonly id: string;
    readonly type: Type;
    readonly data: EntryFor<Type>['data'];
    readonly validFrom: RoughDate;
    readonly restsOn?: readonly string[];
    readonly reverses?: string;
    readonly toSeal?: readonly ToSeal[];
  };
}[EntryType];

/** `take` a step here and now, or `register` what a source says happened. */
export type Mode = 'take' | 'register';

export interface Context {
  readonly mode: Mode;
  readonly validFrom: RoughDate;
  readonly evidence: readonly Evidence[];
  /** Today in Amsterdam, at the moment the events will carry. */
  readonly today: string;
  readonly eventId: () => string;
  readonly ulid: () => string;
}

/**
 * Why a command was refused. A closed list, in order of precedence; none can be helped by
 * sending the same command again, unless the ledger has changed.
 */
type RefusalCode =
  | 'erased'
  | 'not-found'
  | 'already-exists'
  | 'unknown-reference'
  | 'not-a-member'
  | 'contradiction'
  | 'nothing-to-do'
  | 'rule';

export interface Refusal {
  readonly code: RefusalCode;
  /** In Dutch. */
  readonly detail: string;
  readonly rule?: string;
  readonly authority?: string;
  /** The decisions behind the rule. */
  readonly decisionIds?: readonly string[];
  /** The agreement that gives the rule its force. */
  readonly agreementId?: string;
  /** The event by which the rule was set. */
  readonly ruleEventId?: string;
}

export type Outcome =
  | { readonly ok: true; readonly events: readonly Proposed[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** An event to be; what it rests on is named once each. */
export const propose = <Type extends EntryType>(
  context: Context,
  type: Type,
  data: EntryFor<Type>['data'],
  more: { readonly restsOn?: readonly string[]; readonly reverses?: string } = {},
): Proposed => {
  const restsOn = [...new Set(more.restsOn)];
  return {
    id: context.eventId(),
    type,
    data,
    validFrom: context.validFrom,
    ...(restsOn.length === 0 ? {} : { restsOn }),
    ...(more.reverses === undefined ? {} : { reverses: more.reverses }),
  } as Proposed;
};

export const accept = (...events: readonly Proposed[]): Outcome => ({ ok: true, events });

export const refuse = (code: RefusalCode, detail: string): Outcome => ({
  ok: false,
  refusal: { code, detail },
});

/** Whether two values say the same, whatever the order of their fields: stored text sorts them. */
export const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1)))
      : each,
  );

/** How a command is laid down; HTTP, CLI, import and documentation all read this. */
export interface Command<Body> {
  /** Kebab-case, as history files and the CLI write it. */
  readonly name: string;
  /** Path under `/v1/`; `{param}` stands for the field of the body of the same name. */
  readonly path: string;
  /** Dutch, one line. */
  readonly summary: string;
  readonly body: z.ZodType<Body>;
  /** Field that identifies the thing a creation makes; the shell fills it in when absent. */
  readonly creates?: string;
  /** Tag of the thing that `If-Match` is about; absent for creations. */
  readonly thing?: (body: Body) => string;
  /** All that the decision may rest on. Nothing else is in the books. */
  readonly sees: (body: Body) => readonly Sight[];
  readonly decide: (body: Body, books: Books, context: Context) => Outcome;
  /**
   * It is about one person, whom the body names by `personId`. The shell puts the opaque `person`
   * in its place before it asks `sees` and `decide`, opens what the decider needs, and seals what
   * it gives. Free text is refused.
   */
  readonly personal?: true;
}

/** Keeps the body's type between schema and decide. */
export const command = <Schema extends z.ZodType>(
  definition: Omit<Command<z.infer<Schema>>, 'body'> & { readonly body: Schema },
): Command<never> => definition as unknown as Command<never>;

/** Events of these types about this; reversals of them come with it. */
export const seeing = (types: readonly EntryType[], ...tags: string[]): Sight =>
  tags.length === 0
    ? { types: [...types, 'FactReversed'] }
    : { types: [...types, 'FactReversed'], tags };

/** Leaves out what was reversed, and findings that were found in it; reversals themselves too. */
export const standing = (events: readonly Entry[]): readonly Entry[] => {
  const gone = new Set(events.flatMap((e) => (e.reverses === undefined ? [] : [e.reverses])));
  return events.filter(
    (e) =>
      !gone.has(e.id) &&
      !(e.type === 'FindingRecorded' && e.data.foundIn !== undefined && gone.has(e.data.foundIn)),
  );
};
