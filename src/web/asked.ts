/** What a page asks of the ledger: questions at the two times of its address. */
import type { LedgerFor, Moment } from '../ledger/ledger.ts';
import type { Link, Times } from './moment.ts';

export type AsOf = Awaited<ReturnType<LedgerFor['moment']>>;

type Query = Readonly<Record<string, string | undefined>>;

interface NamedDecision {
  readonly decisionId: string;
  readonly number?: string;
  readonly title: string;
}

/** A part of a list. */
interface Part<Item> {
  readonly items: readonly Item[];
  /** Where the next part begins; undefined: this was the last. */
  readonly next: string | undefined;
}

export interface Asked {
  /** As it is for who asks. */
  readonly ledger: LedgerFor;
  readonly times: Times;
  readonly moment: Moment;
  readonly asOf: AsOf;
  readonly link: Link;
  /** Parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** What was asked beside the two times. */
  readonly query: Query;
  /** Token of the session, for forms that record; undefined: nobody is signed in. */
  readonly csrf: string | undefined;
  /** Items of a question. @throws ProblemError */
  items<Item>(question: string, where?: Readonly<Record<string, string>>): Promise<readonly Item[]>;
  /** Some of what may be many, the last recorded first. @throws ProblemError */
  some<Item>(question: string, limit: number, before?: string): Promise<Part<Item>>;
  /** One of them. @throws ProblemError `not-found` */
  one<Item>(question: string, thing: string): Promise<Item>;
  /** Name of a municipality, or its code where the ledger knows none. */
  municipality(code: string): string;
  /** `besluit 12: titel`, for those that the ledger knows. */
  decision(decisionId: string): NamedDecision | undefined;
}

interface Member {
  readonly municipality: string;
  readonly name?: string;
}

/** Names hold also for what did not exist yet, or no longer. */
export const ever = '2999-12-31';

export const ask = async (
  ledger: LedgerFor,
  given: Pick<Asked, 'times' | 'moment' | 'link' | 'params' | 'query' | 'csrf'>,
): Promise<Asked> => {
  const asOf = await ledger.moment(given.moment);
  // The moment was found: later answers are for this one, also when more is recorded meanwhile.
  const at = { validAt: asOf.validAt, knownAt: String(asOf.knownAt) };
  const members = (await ledger.ask({ question: 'members', ...at, validAt: ever }))
    .items as unknown as readonly Member[];
  const decisions = new Map<string, NamedDecision | undefined>();
  const decisionNamed = (decisionId: string): NamedDecision | undefined => {
    if (!decisions.has(decisionId))
      decisions.set(decisionId, ledger.decisionNamed(decisionId, asOf));
    return decisions.get(decisionId);
  };
  const names = new Map(members.map(({ municipality, name }) => [municipality, name]));
  return {
    ...given,
    ledger,
    asOf,
    moment: at,
    items: async <Item>(question: string, where?: Readonly<Record<string, string>>) =>
      (await ledger.ask({ question, ...at, ...(where === undefined ? {} : { where }) }))
        .items as unknown as readonly Item[],
    some: async <Item>(question: string, limit: number, before?: string) => {
      const found = await ledger.askSome({ question, ...at }, before, limit);
      return { items: found.items as unknown as readonly Item[], next: found.next };
    },
    one: async <Item>(question: string, thing: string) =>
      (await ledger.askOne({ question, thing, ...at })).item as unknown as Item,
    municipality: (code) => names.get(code) ?? code,
    decision: decisionNamed,
  };
};
