/** The basispakket, lump sums, balances, turnover (DOMAIN §4, §5: R2 – R9, R21). */
import type { EntryFor } from '../../events/index.ts';
import { type Answers, come, each, happened, last, type Seen, sum, unique } from './seen.ts';
import { figureAt } from './partnership.ts';

/** What holds on a date: the last period that has begun, unless it is over. */
export const basispakket = (seen: Seen): Answers => {
  const determined = last(happened(seen, 'PackageDetermined'));
  const unused = (tasks: readonly string[]) => {
    const events = happened(seen, 'PackagePartLeftUnused', 'PackagePartResumed');
    const names = events.map((e) => `${e.data.municipality} ${e.data.task}`);
    return unique(names)
      .filter((name) => {
        const e = last(events, ({ data }) => `${data.municipality} ${data.task}` === name);
        return e?.type === 'PackagePartLeftUnused' && tasks.includes(e.data.task);
      })
      .sort();
  };
  if (determined === undefined || determined.data.until <= seen.v) return new Map();
  const { packageId, until } = determined.data;
  let tasks = determined.data.tasks.map(({ task }) => task);
  for (const { data } of happened(seen, 'PackageChanged').filter(
    (e) => e.data.packageId === packageId,
  )) {
    tasks = tasks.filter((task) => !data.removed.includes(task));
    tasks = [...tasks, ...data.added.map(({ task }) => task)];
  }
  const period = { from: determined.validFrom.latest, until };
  const all = unique(tasks);
  return new Map([
    ['basispakket', { packageId, period, tasks: [...all].sort(), notUsed: unused(all) }],
  ]);
};

/** To the nearest, halves away from zero. */
const divided = (a: bigint, b: bigint): bigint =>
  a < 0n ? -divided(-a, b) : (a + a + b) / (b + b);

/** A percentage with one decimal. */
const tenths = (n: bigint): string => {
  const text = (n < 0n ? -n : n).toString().padStart(2, '0');
  const short = `${text.slice(0, -1)}.${text.slice(-1)}`.replace(/\.0$/, '');
  return n < 0n && short !== '0' ? `-${short}` : short;
};

/** Amounts of lump sums as stated or determined, by year. */
export const lumpSums = (seen: Seen, everything: Seen): Answers => {
  const events = happened(
    seen,
    'LumpSumExpected',
    'LumpSumProposed',
    'LumpSumDetermined',
    'LumpSumWithdrawn',
  );
  return each(
    events.map((e) => e.data.lumpSumId),
    (lumpSumId) => {
      const own = events.filter((e) => e.data.lumpSumId === lumpSumId);
      const withdrawn = own.some((e) => e.type === 'LumpSumWithdrawn');
      const determined = last(own.filter((e) => e.type === 'LumpSumDetermined'));
      const proposed = last(own.filter((e) => e.type === 'LumpSumProposed'));
      const expected = last(own.filter((e) => e.type === 'LumpSumExpected'));
      const shown = determined ?? proposed;
      if (shown === undefined && expected === undefined) return undefined;
      const status =
        determined !== undefined
          ? 'determined'
          : withdrawn
            ? 'withdrawn'
            : proposed !== undefined
              ? 'proposed'
              : 'expected';
      return {
        status,
        years: (shown?.data.years ?? []).map((year) =>
          yearOf(seen, year, shown === undefined ? undefined : keyOf(everything, shown)),
        ),
      };
    },
  );
};

interface Year {
  readonly year: number;
  readonly totalCents?: string | undefined;
  readonly shares: readonly {
    readonly municipality: string;
    readonly amountCents: string;
    readonly origin: string;
  }[];
}

/** What was last said of a year's total, in whatever lump sum. */
const totalOf = (seen: Seen, year: number): string | undefined =>
  last(
    happened(seen, 'LumpSumProposed', 'LumpSumDetermined')
      .flatMap(({ data }) => data.years)
      .filter((y) => y.year === year && y.totalCents !== undefined),
  )?.totalCents;

/** The key as it was when a lump sum was divided by it. */
const keyOf = (
  everything: Seen,
  { id, data }: EntryFor<'LumpSumProposed' | 'LumpSumDetermined'>,
): EntryFor<'DistributionKeySet'>['data'] | undefined => {
  const before = everything.events.slice(
    0,
    everything.events.findIndex((e) => e.id === id),
  );
  return last(
    before.filter((e) => e.type === 'DistributionKeySet'),
    (e) => e.data.keyId === data.keyId,
  )?.data;
};

const yearOf = (
  seen: Seen,
  { year, totalCents, shares }: Year,
  key: EntryFor<'DistributionKeySet'>['data'] | undefined,
) => {
  const computed = shares.length > 0 && shares.every(({ origin }) => origin === 'computed');
  const before = totalOf(seen, year - 1);
  const percent = figureAt(seen, 'R7', 'surcharge-percent');
  return {
    year,
    stated: totalCents,
    ofShares: shares.length === 0 ? undefined : sum(shares.map((s) => s.amountCents)).toString(),
    shares:
      computed && key !== undefined && totalCents !== undefined
        ? hamilton(BigInt(totalCents), key.weights)
        : shares.map((s) => `${s.municipality} ${s.amountCents}`).sort(),
    change:
      before === undefined || totalCents === undefined
        ? undefined
        : change(BigInt(before), BigInt(totalCents)),
    // Contained in the stated amount: what is over 100 of every 100 + p.
    surcharge:
      percent === undefined || totalCents === undefined
        ? undefined
        : (
            BigInt(totalCents) - divided(BigInt(totalCents) * 100n, 100n + BigInt(percent))
          ).toString(),
  };
};

/** The change between two amounts in percent, to one decimal. */
const change = (before: bigint, after: bigint): string | undefined =>
  before === 0n ? undefined : tenths(divided((after - before) * 1000n, before));

/** Hamilton's way: whole parts first, then a cent each for the largest remainders. */
const hamilton = (
  amount: bigint,
  weights: readonly { readonly municipality: string; readonly weight: string }[],
): readonly string[] => {
  const whole = weights.map(({ municipality, weight }) => ({
    municipality,
    part: BigInt(Math.round(Number(weight) * 1000)),
  }));
  const all = whole.reduce((a, { part }) => a + part, 0n);
  const shares = whole.map(({ municipality, part }) => ({
    municipality,
    cents: (amount * part) / all,
    rest: (amount * part) % all,
  }));
  const given = shares.reduce((a, { cents }) => a + cents, 0n);
  const inTurn = [...shares].sort((a, b) =>
    a.rest === b.rest ? (a.municipality < b.municipality ? -1 : 1) : a.rest > b.rest ? -1 : 1,
  );
  for (let i = 0; BigInt(i) < amount - given; i += 1) inTurn[i]!.cents += 1n;
  return shares.map(({ municipality, cents }) => `${municipality} ${cents}`).sort();
};

/** Whose a balance is now: it passes to the successor on the date of the merger (DOMAIN §1). */
const holderOf = (seen: Seen, code: string): string => {
  let holder = code;
  const passed = [code];
  for (;;) {
    const e = last(happened(seen, 'MunicipalitiesMerged'), ({ data }) =>
      data.predecessors.includes(holder),
    );
    if (e === undefined) return holder;
    holder = e.data.successor;
    if (passed.includes(holder)) return code;
    passed.push(holder);
  }
};

/** Every posting that has come, added up; also those of events that were taken back. */
export const balances = (seen: Seen, everything: Seen): Answers => {
  const postings = everything.events
    .filter((e) => come(everything, e.validFrom))
    .flatMap((e) => ('postings' in e.data ? (e.data.postings ?? []) : []));
  const name = (p: { readonly municipality: string; readonly year: number }) =>
    `${holderOf(seen, p.municipality)}-${p.year}`;
  return each(postings.map(name), (balanceId) => {
    const own = postings.filter((p) => name(p) === balanceId);
    const of = (account: string, side: string): bigint =>
      sum(own.filter((p) => p.account === account && p.side === side).map((p) => p.amountCents));
    const accounts = unique(own.map((p) => p.account))
      .map((a) => `${a} ${of(a, 'debit')} ${of(a, 'credit')}`)
      .sort();
    const owed = of('payable', 'credit') - of('payable', 'debit');
    const opening = of('brought-forward', 'debit') - of('brought-forward', 'credit');
    return { accounts, owed: owed.toString(), opening: opening.toString(), postings: own.length };
  });
};

export const turnover = (seen: Seen): Answers => {
  const reported = happened(seen, 'TurnoverReported');
  return each(
    reported.map((e) => e.data.turnoverId),
    (turnoverId) => {
      const e = last(reported, ({ data }) => data.turnoverId === turnoverId)!;
      const { year, means, amountCents, projection } = e.data;
      const classed = last(
        happened(seen, 'TurnoverClassified'),
        ({ data }) => data.turnoverId === turnoverId,
      );
      return { year, means, amountCents, projection, class: classed?.data.class };
    },
  );
};
