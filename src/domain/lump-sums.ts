/** The lump sum (R6 – R9): expected, proposed, determined; keys and IBN's budget. */
import { yearOf } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  AmountStated,
  DistributionKeySet,
  IbnBudgetAdopted,
  LumpSumDetermined,
  LumpSumExpected,
  LumpSumProposed,
  LumpSumWithdrawn,
  type LumpSumYear,
} from '../../events/lump-sums.ts';
import { Postings } from '../../events/postings.ts';
import { inOpenYears, seeingClosings } from './bookkeeping.ts';
import type { Books } from './books.ts';
import { circumstanceBreaches, r3 } from './by-rule/r3.ts';
import { amountBreaches, determinationBreaches, r6 } from './by-rule/r6.ts';
import { computeShares, r8, shareBreaches } from './by-rule/r8.ts';
import { afterwardsBreaches, r9 } from './by-rule/r9.ts';
import { meansBreaches, r21 } from './by-rule/r21.ts';
import { accept, command, propose, refuse, type Refusal, same, seeing } from './core.ts';
import { groundsOf, seeingDecision } from './decisions.ts';
import { seeingFindings, settling } from './findings.ts';
import { membersAt, seeingMembers } from './members.ts';
import { obligations, told } from './obligations.ts';
import { judge } from './rules.ts';

// --- state

interface LumpSum {
  readonly expected?: EntryFor<'LumpSumExpected'>;
  readonly proposed?: EntryFor<'LumpSumProposed'>;
  readonly determined?: EntryFor<'LumpSumDetermined'>;
  readonly withdrawn?: EntryFor<'LumpSumWithdrawn'>;
}
export interface LumpSums {
  readonly byId: ReadonlyMap<string, LumpSum>;
  readonly keys: ReadonlyMap<string, EntryFor<'DistributionKeySet'>>;
  readonly budgets: ReadonlyMap<string, EntryFor<'IbnBudgetAdopted'>>;
}

export const lumpSumsOf = (events: readonly Entry[]): LumpSums => {
  const byId = new Map<string, LumpSum>();
  const keys = new Map<string, EntryFor<'DistributionKeySet'>>();
  const budgets = new Map<string, EntryFor<'IbnBudgetAdopted'>>();
  const set = (lumpSumId: string, part: LumpSum) =>
    byId.set(lumpSumId, { ...byId.get(lumpSumId), ...part });
  for (const e of events) {
    if (e.type === 'LumpSumExpected') set(e.data.lumpSumId, { expected: e });
    else if (e.type === 'LumpSumProposed') set(e.data.lumpSumId, { proposed: e });
    else if (e.type === 'LumpSumDetermined') set(e.data.lumpSumId, { determined: e });
    else if (e.type === 'LumpSumWithdrawn') set(e.data.lumpSumId, { withdrawn: e });
    else if (e.type === 'DistributionKeySet') keys.set(e.data.keyId, e);
    else if (e.type === 'IbnBudgetAdopted') budgets.set(e.data.budgetId, e);
  }
  return { byId, keys, budgets };
};

/** All lump sums: consecutive periods are a rule over all of them. */
const seeingLumpSums = [
  seeing(['LumpSumExpected', 'LumpSumProposed', 'LumpSumDetermined', 'LumpSumWithdrawn']),
];
const seeingKey = (keyId: string | undefined) =>
  keyId === undefined ? [] : [{ tags: [tag('key', keyId)] }];

// --- checks against the ledger itself

interface Table {
  readonly lumpSumId: string;
  readonly from: string;
  readonly until: string;
  readonly years: readonly LumpSumYear[];
  readonly keyId?: string | undefined;
}

const contradiction = (detail: string): Refusal => ({ code: 'contradiction', detail });

const tableRefusal = (body: Table, books: Books): Refusal | undefined => {
  if (body.until <= body.from) return contradiction('De periode eindigt voor zij begint.');
  const inside = (year: number) => body.from < `${year + 1}-01-01` && `${year}-01-01` < body.until;
  const outside = body.years.find(({ year }) => !inside(year));
  if (outside) return contradiction(`Het jaar ${outside.year} ligt buiten de periode.`);
  if (new Set(body.years.map((y) => y.year)).size < body.years.length)
    return contradiction('Een jaar staat twee keer in de tabel.');
  for (const { year, shares } of body.years) {
    if (new Set(shares.map((s) => s.municipality)).size < shares.length)
      return contradiction(`In ${year} staat een gemeente twee keer.`);
    const members = membersAt(books.members, body.from);
    const stranger = shares.find((s) => !members.includes(s.municipality));
    if (stranger)
      return {
        code: 'not-a-member',
        detail: `${stranger.municipality} neemt op ${body.from} niet deel.`,
      };
  }
  if (body.keyId !== undefined && !books.lumpSums.keys.has(body.keyId))
    return { code: 'unknown-reference', detail: `Verdeelsleutel ${body.keyId} bestaat niet.` };
  return undefined;
};

const keyOf = (books: Books, keyId: string | undefined) =>
  keyId === undefined ? undefined : books.lumpSums.keys.get(keyId);

const about = (lumpSumId: string) => [tag('lump-sum', lumpSumId)];

// --- commands

const expectLumpSum = command({
  name: 'expect-lump-sum',
  path: 'lump-sum-expectations',
  summary: 'Legt vast wat van een lumpsum werd verwacht toen er nog geen bedrag was',
  body: LumpSumExpected.schema,
  creates: 'lumpSumId',
  sees: () => seeingLumpSums,
  decide: (body, books, context) => {
    if (body.until <= body.from)
      return refuse('contradiction', 'De periode eindigt voor zij begint.');
    const found = books.lumpSums.byId.get(body.lumpSumId);
    if (found?.expected?.data.expectation === body.expectation)
      return refuse('nothing-to-do', 'Deze verwachting is al vastgelegd.');
    return accept(propose(context, 'LumpSumExpected', body));
  },
});

const proposeLumpSum = command({
  name: 'propose-lump-sum',
  path: 'lump-sums',
  summary: 'Legt een voorgestelde lumpsum vast',
  body: LumpSumProposed.schema,
  creates: 'lumpSumId',
  sees: (body) => [...seeingLumpSums, ...seeingMembers, ...seeingKey(body.keyId), r6.sees, r8.sees],
  decide: (body, books, context) => {
    const found = books.lumpSums.byId.get(body.lumpSumId);
    if (found?.proposed || found?.determined)
      return refuse('already-exists', `Lumpsum ${body.lumpSumId} bestaat al.`);
    const refusal = tableRefusal(body, books);
    if (refusal) return { ok: false, refusal };
    const key = keyOf(books, body.keyId);
    const restsOn = [...(found?.expected ? [found.expected.id] : []), ...(key ? [key.id] : [])];
    const event = propose(context, 'LumpSumProposed', body, { restsOn });
    const breaches = [
      ...amountBreaches(body.years),
      ...shareBreaches(body.years, key, membersAt(books.members, body.from)),
    ];
    return judge(books, context, breaches, [event], about(body.lumpSumId));
  },
});

const determineLumpSum = command({
  name: 'determine-lump-sum',
  path: 'lump-sums/{lumpSumId}/_determine',
  summary: 'Stelt de lumpsum voor een periode vast',
  body: LumpSumDetermined.schema.omit({ redetermines: true, postings: true }),
  thing: (body) => tag('lump-sum', body.lumpSumId),
  sees: (body) => [
    ...seeingLumpSums,
    ...seeingMembers,
    ...seeingClosings,
    ...seeingKey(body.keyId),
    seeingFindings,
    ...(body.budgetId === undefined ? [] : [{ tags: [tag('budget', body.budgetId)] }]),
    r3.sees,
    r6.sees,
    r8.sees,
    r9.sees,
    ...body.decisionIds.map(seeingDecision),
  ],
  decide: (body, books, context) => {
    const found = books.lumpSums.byId.get(body.lumpSumId);
    if (found?.withdrawn) return refuse('contradiction', 'Dit voorstel is ingetrokken.');
    const refusal = tableRefusal(body, books) ?? referenceRefusal(body, books);
    if (refusal) return { ok: false, refusal };
    const key = keyOf(books, body.keyId);
    const years = body.years.map((year) => computeShares(year, key));
    const before = found?.determined;
    if (before && same(told(before.data), { ...body, years }))
      return refuse('nothing-to-do', 'Deze lumpsum is al zo vastgesteld.');
    const postings = inOpenYears(books, obligations(years, before?.data));
    if (!Postings.safeParse(postings).success)
      return refuse('contradiction', 'Deze aandelen zijn te groot om te boeken.');
    const redetermines = before === undefined ? {} : { redetermines: before.id };
    const data = { ...body, years, ...redetermines, postings };
    const event = propose(context, 'LumpSumDetermined', data, {
      restsOn: determinationGrounds(data, books, key),
    });
    const breaches = [
      ...r6.groundBreaches(books, body.decisionIds, context.validFrom.latest),
      ...determinationBreaches(data),
      ...(before === undefined
        ? []
        : [
            ...circumstanceBreaches(body.circumstances),
            ...afterwardsBreaches(years, yearOf(context.today)),
          ]),
      ...amountBreaches(years),
      ...shareBreaches(years, key, membersAt(books.members, body.from)),
    ];
    const reason = 'De lumpsum is daarna vastgesteld.';
    const settled = settling(books, context, reason, [found?.proposed, before]);
    return judge(books, context, breaches, [event, ...settled], about(body.lumpSumId));
  },
});

type Determination = EntryFor<'LumpSumDetermined'>['data'];

const referenceRefusal = (body: Determination, books: Books): Refusal | undefined => {
  const unknown = body.decisionIds.find((id) => !books.decisions.has(id));
  if (unknown !== undefined)
    return { code: 'unknown-reference', detail: `Besluit ${unknown} bestaat niet.` };
  if (body.budgetId !== undefined && !books.lumpSums.budgets.has(body.budgetId))
    return { code: 'unknown-reference', detail: `Begroting ${body.budgetId} bestaat niet.` };
  const clash = [...books.lumpSums.byId].find(
    ([id, { determined }]) =>
      id !== body.lumpSumId &&
      determined !== undefined &&
      determined.data.from < body.until &&
      body.from < determined.data.until,
  );
  return clash && contradiction(`Voor een deel van deze periode geldt lumpsum ${clash[0]} al.`);
};

const determinationGrounds = (
  body: Determination,
  books: Books,
  key: EntryFor<'DistributionKeySet'> | undefined,
): readonly string[] => {
  const found = books.lumpSums.byId.get(body.lumpSumId);
  const budget =
    body.budgetId === undefined ? undefined : books.lumpSums.budgets.get(body.budgetId);
  return [
    ...(found?.proposed ? [found.proposed.id] : []),
    ...(key ? [key.id] : []),
    ...(budget ? [budget.id] : []),
    ...body.decisionIds.flatMap((id) => groundsOf(books.decisions.get(id)!)),
  ];
};

const withdrawLumpSum = command({
  name: 'withdraw-lump-sum',
  path: 'lump-sums/{lumpSumId}/_withdraw',
  summary: 'Trekt een voorgestelde lumpsum in',
  body: LumpSumWithdrawn.schema,
  thing: (body) => tag('lump-sum', body.lumpSumId),
  sees: () => [...seeingLumpSums, seeingFindings],
  decide: (body, books, context) => {
    const found = books.lumpSums.byId.get(body.lumpSumId);
    if (found?.proposed === undefined)
      return refuse('not-found', `Voorstel ${body.lumpSumId} bestaat niet.`);
    if (found.determined)
      return refuse('contradiction', 'Een vastgestelde lumpsum wordt niet ingetrokken.');
    if (found.withdrawn) return refuse('nothing-to-do', 'Dit voorstel is al ingetrokken.');
    return accept(
      propose(context, 'LumpSumWithdrawn', body, { restsOn: [found.proposed.id] }),
      ...settling(books, context, 'Het voorstel is ingetrokken.', [found.proposed]),
    );
  },
});

const stateAmount = command({
  name: 'state-amount',
  path: 'stated-amounts',
  summary: 'Legt een ander bedrag vast dat een bron noemt',
  body: AmountStated.schema,
  sees: (body) => [
    seeing(['AmountStated'], tag('subject', body.subject), tag('year', String(body.year))),
  ],
  decide: (body, books, context) => {
    const stated = books.events.some((e) => e.type === 'AmountStated' && same(e.data, body));
    if (stated) return refuse('nothing-to-do', 'Dit bedrag is al zo vastgelegd.');
    return accept(propose(context, 'AmountStated', body));
  },
});

const setDistributionKey = command({
  name: 'set-distribution-key',
  path: 'distribution-keys',
  summary: 'Legt een verdeelsleutel met zijn gewichten vast',
  body: DistributionKeySet.schema,
  creates: 'keyId',
  sees: (body) => [
    { tags: [tag('key', body.keyId)] },
    ...seeingMembers,
    r8.sees,
    ...body.decisionIds.map(seeingDecision),
  ],
  decide: (body, books, context) => {
    if (books.lumpSums.keys.has(body.keyId))
      return refuse('already-exists', `Verdeelsleutel ${body.keyId} bestaat al.`);
    const codes = body.weights.map((w) => w.municipality);
    if (new Set(codes).size < codes.length)
      return refuse('contradiction', 'Een gemeente staat twee keer in de sleutel.');
    if (body.weights.some((w) => w.weight.startsWith('-')))
      return refuse('contradiction', 'Een gewicht kan niet negatief zijn.');
    if (body.weights.length > 0 && body.weights.every((w) => w.weight === '0'))
      return refuse('contradiction', 'Een sleutel met alleen nullen verdeelt niets.');
    const unknown = body.decisionIds.find((id) => !books.decisions.has(id));
    if (unknown !== undefined)
      return refuse('unknown-reference', `Besluit ${unknown} bestaat niet.`);
    const restsOn = body.decisionIds.flatMap((id) => groundsOf(books.decisions.get(id)!));
    const event = propose(context, 'DistributionKeySet', body, { restsOn });
    // Registered, a key may well be told before the adoption of its decision is.
    const at = context.validFrom.latest;
    const breaches = context.mode === 'take' ? r8.groundBreaches(books, body.decisionIds, at) : [];
    return judge(books, context, breaches, [event], [tag('key', body.keyId)]);
  },
});

const adoptBudget = command({
  name: 'adopt-budget',
  path: 'budgets',
  summary: 'Legt een begroting van IBN vast',
  body: IbnBudgetAdopted.schema,
  creates: 'budgetId',
  sees: (body) => [{ tags: [tag('budget', body.budgetId)] }, r21.sees],
  decide: (body, books, context) => {
    if (books.lumpSums.budgets.has(body.budgetId))
      return refuse('already-exists', `Begroting ${body.budgetId} bestaat al.`);
    const means = (body.lines ?? []).map((line) => line.means);
    if (new Set(means).size < means.length)
      return refuse('contradiction', 'Een middel staat twee keer in de begroting.');
    const event = propose(context, 'IbnBudgetAdopted', body);
    return judge(books, context, meansBreaches(body), [event], [tag('budget', body.budgetId)]);
  },
});

export const lumpSumCommands = [
  expectLumpSum,
  proposeLumpSum,
  determineLumpSum,
  withdrawLumpSum,
  stateAmount,
  setDistributionKey,
  adoptBudget,
];
