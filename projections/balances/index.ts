/**
 * Balances per municipality and booking year, from the sums of what was posted. On the date of a
 * merger the balances of the predecessors pass to the successor: not by postings, but here, so
 * that what is posted late to a predecessor passes as well (docs 0008).
 */
import { Account, postingsIn } from '../../events/postings.ts';
import {
  byField,
  common,
  fact,
  type HeldFact,
  type Item,
  type PostedSum,
  type Projection,
  withPrefix,
} from '../core.ts';

interface Merger {
  readonly successor: string;
  readonly since: string;
  readonly mergedBy: string;
}

type Mergers = ReadonlyMap<string, Merger & { readonly fact: HeldFact }>;

const mergersIn = (facts: readonly HeldFact[]): Mergers =>
  new Map(
    withPrefix(facts, 'merged:').map((f) => [
      f.attribute.slice('merged:'.length),
      { ...(f.value as unknown as Merger), fact: f },
    ]),
  );

/** Where the balance of a municipality has gone, step by step; itself is not among them. */
const path = (mergers: Mergers, municipality: string): readonly string[] => {
  const steps = new Set<string>();
  for (let at = mergers.get(municipality); at !== undefined; at = mergers.get(at.successor)) {
    // Facts that were taken back may leave mergers that go round: those lead nowhere.
    if (at.successor === municipality || steps.has(at.successor)) return [];
    steps.add(at.successor);
  }
  return [...steps];
};

/** Sums per municipality, within one booking year. */
type Posted = ReadonlyMap<string, readonly PostedSum[]>;

const grouped = <Key>(sums: readonly PostedSum[], key: (sum: PostedSum) => Key) => {
  const groups = new Map<Key, PostedSum[]>();
  for (const sum of sums) {
    const group = groups.get(key(sum));
    if (group) group.push(sum);
    else groups.set(key(sum), [sum]);
  }
  return groups;
};

const accountsOf = (sums: readonly PostedSum[]) => {
  const byAccount = grouped(sums, ({ account }) => account);
  return Account.options.flatMap((account) => {
    const found = byAccount.get(account);
    if (found === undefined) return [];
    const debit = found.reduce((sum, { debit }) => sum + debit, 0n);
    const credit = found.reduce((sum, { credit }) => sum + credit, 0n);
    return [{ account, debit, credit }];
  });
};

const balanceOn = (sums: readonly PostedSum[], wanted: Account): bigint =>
  sums
    .filter(({ account }) => account === wanted)
    .reduce((sum, { debit, credit }) => sum + debit - credit, 0n);

const countOf = (sums: readonly PostedSum[]): number =>
  sums.reduce((all, { count }) => all + count, 0);

const owed = (sums: readonly PostedSum[]): string => (-balanceOn(sums, 'payable')).toString();

/** One municipality in one year: its own postings, and those of all that merged into it. */
const balanceItem = (municipality: string, year: number, posted: Posted, mergers: Mergers) => {
  const from = [...posted.keys()]
    .filter((code) => path(mergers, code).includes(municipality))
    .sort();
  const sums = [municipality, ...from].flatMap((code) => posted.get(code) ?? []);
  const passedFrom = from.map((code) => {
    const { since, mergedBy } = mergers.get(code)!;
    const own = posted.get(code)!;
    return { municipality: code, since, owedCents: owed(own), postings: countOf(own), mergedBy };
  });
  const gone = path(mergers, municipality).length === 0 ? undefined : mergers.get(municipality);
  const remaining = gone === undefined ? sums : [];
  const item = {
    balanceId: `${municipality}-${year}`,
    municipality,
    year,
    accounts: accountsOf(remaining).map(({ account, debit, credit }) => ({
      account,
      debitCents: debit.toString(),
      creditCents: credit.toString(),
      balanceCents: (debit - credit).toString(),
    })),
    owedCents: owed(remaining),
    openingCents: balanceOn(remaining, 'brought-forward').toString(),
    postings: countOf(sums),
    ...(passedFrom.length === 0 ? {} : { passedFrom }),
    ...(gone === undefined ? {} : { passedTo: passedTo(gone, owed(sums)) }),
  };
  const steps = [municipality, ...from].flatMap((code) => [code, ...path(mergers, code)]);
  const used = [...new Set(steps)].flatMap((code) => mergers.get(code)?.fact ?? []);
  return { thing: item.balanceId, item, from: used };
};

const passedTo = ({ successor, since, mergedBy }: Merger, owedCents: string) => ({
  municipality: successor,
  since,
  owedCents,
  mergedBy,
});

export const balances: Projection = {
  question: 'balances',
  apply: (entry) => {
    if (entry.type !== 'MunicipalitiesMerged') return [];
    const { successor, predecessors } = entry.data;
    const merger = { successor, since: entry.validFrom.latest, mergedBy: entry.id };
    return predecessors.map((code) => fact(entry, common, `merged:${code}`, { ...merger }));
  },
  // Items come from sums.
  assemble: () => undefined,
  amounts: {
    postings: (entry) => postingsIn(entry.data),
    items: (sums, facts) => {
      const mergers = mergersIn(facts);
      return [...grouped(sums, ({ year }) => year)].flatMap(([year, ofYear]) => {
        const posted = grouped(ofYear, ({ municipality }) => municipality);
        const codes = [...posted.keys()].flatMap((code) => [code, ...path(mergers, code)]);
        return [...new Set(codes)].map((code) => balanceItem(code, year, posted, mergers));
      });
    },
    summedOf: (item: Item) => {
      const {
        municipality,
        year,
        passedFrom = [],
      } = item as unknown as {
        readonly municipality: string;
        readonly year: number;
        readonly passedFrom?: readonly { readonly municipality: string }[];
      };
      const predecessors = passedFrom.map((from) => from.municipality);
      return { municipalities: [municipality, ...predecessors], year };
    },
  },
  sortKey: byField('municipality', 'year'),
};
