/** Random commands about the basispakket, areas, what ends, and findings by hand. */
import fc from 'fast-check';
import { type Beginning, type Bodies, code, decisionId, reason } from './program-values.ts';
import { id } from './scenario.ts';

const packageId = fc.constantFrom('p1', 'p2').map(id);
const task = fc.constantFrom('a', 'b', 'c', 'd');
const areaId = fc.constantFrom('g1', 'g2').map(id);
const findingId = fc.constantFrom('f1', 'f2').map(id);

/** A rule of these, with figures that bite. */
export const ruleOf = (
  figures: Readonly<Record<string, readonly (readonly [string, string, string])[]>>,
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(fc.constantFrom(...Object.keys(figures)), fc.constantFrom('design', 'law', 'advice'))
    .map(([rule, authority]) => ({
      ...{ rule, authority, title: 'a', summary: 'c', decisionIds: [] },
      figures: figures[rule]!.map(([name, value, unit]) => ({ name, value, unit })),
    }));

export const packageBodies: Bodies = {
  'set-rule': ruleOf({
    R2: [
      ['period-years', '2', 'years'],
      ['first-period-months', '18', 'months'],
    ],
    R3: [],
    R4: [],
    R5: [],
    R19: [],
  }),
  'end-rule': fc.record({ rule: fc.constantFrom('R2', 'R3', 'R4', 'R19'), reason }),
  'determine-package': fc.record(
    {
      packageId,
      // Of the length that R2 asks, or not.
      until: fc.constantFrom('2021-07-01', '2022-01-01', '2023-01-01', '2024-01-01'),
      tasks: fc.constant(['a', 'b'].map((t) => ({ task: t, title: t }))),
      decisionIds: fc.oneof(
        fc.constant([]),
        decisionId.map((d) => [d]),
      ),
      size: reason,
      intendedResults: reason.map((r) => [r]),
      costCents: fc.constant('100'),
    },
    { requiredKeys: ['packageId', 'until', 'tasks', 'decisionIds'] },
  ),
  'change-package': fc.record(
    {
      packageId,
      added: fc
        .uniqueArray(task, { maxLength: 1 })
        .map((t) => t.map((x) => ({ task: x, title: x }))),
      removed: fc.uniqueArray(task, { maxLength: 1 }),
      circumstances: reason,
      decisionIds: decisionId.map((d) => [d]),
    },
    { requiredKeys: ['packageId', 'added', 'removed', 'decisionIds'] },
  ),
  'leave-part-unused': fc.record({ municipality: code, task }),
  'resume-part': fc.record({ municipality: code, task }),
  'form-area': fc.record({
    areaId,
    name: reason,
    municipalities: fc.uniqueArray(code, { minLength: 1, maxLength: 2 }),
  }),
  'end-area': fc.record({ areaId, reason }),
  'choose-scenario': fc.record({
    areaId,
    scenario: fc.constantFrom('I', 'II', 'III'),
    pilot: fc.boolean(),
  }),
  'refuse-decision': fc.record({
    decisionId,
    body: fc.constantFrom('bestuurlijk-overleg', 'raad'),
  }),
  'withdraw-decision': fc.record({ decisionId, reason }),
  'supersede-decision': fc.record({ decisionId, by: decisionId }),
  'end-agreement': fc.record({ agreementId: fc.constantFrom('a1', 'a2').map(id), reason }),
  'note-finding': fc.record({
    findingId,
    kind: fc.constantFrom('source-conflict', 'ambiguous-source'),
    severity: fc.constantFrom('note', 'warning'),
    description: reason,
    about: fc.constant([]),
    figures: fc.constant([]),
  }),
  'resolve-finding': fc.record({ findingId, reason }),
  'record-occurrence': fc.record({
    occurrenceId: fc.constant(id('o1')),
    kind: fc.constantFrom('meeting', 'other'),
    title: reason,
    about: code.map((c) => [`municipality:${c}`]),
  }),
};

/** Commands that other themes hold beside their own. */
export const keyBodies = (lumpSumId: fc.Arbitrary<string>): Bodies => ({
  'set-distribution-key': fc.record({
    keyId: fc.constantFrom('k1', 'k2').map(id),
    title: reason,
    measure: reason,
    years: fc.constant([2021, 2022]),
    weights: fc
      .uniqueArray(code, { minLength: 1, maxLength: 4 })
      .chain((codes) =>
        fc.tuple(
          ...codes.map((municipality) =>
            fc.integer({ min: 1, max: 40 }).map((n) => ({ municipality, weight: String(n / 4) })),
          ),
        ),
      ),
    decisionIds: fc.constant([]),
  }),
  'adopt-budget': fc.record({
    budgetId: fc.constantFrom('b1', 'b2').map(id),
    year: fc.constantFrom(2021, 2022),
    title: reason,
  }),
  'expect-lump-sum': fc.record({
    lumpSumId,
    from: fc.constant('2021-01-01'),
    until: fc.constant('2023-01-01'),
    expectation: reason,
  }),
  'withdraw-lump-sum': fc.record({ lumpSumId, reason }),
  'state-amount': fc.record({
    subject: fc.constant('attributable-costs'),
    year: fc.constantFrom(2021, 2022),
    amountCents: fc.integer({ min: 1, max: 9_999 }).map(String),
    approximate: fc.boolean(),
    note: reason,
  }),
  'determine-lump-sum': fc
    .record(
      {
        lumpSumId,
        keyId: fc.constantFrom('k1', 'k2').map(id),
        budgetId: fc.constantFrom('b1', 'b2').map(id),
        circumstances: reason,
        totals: fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 })),
        decisionIds: fc.oneof(
          fc.constant([]),
          decisionId.map((d) => [d]),
        ),
      },
      { requiredKeys: ['lumpSumId', 'totals', 'decisionIds'] },
    )
    .map(({ totals, ...body }) => ({
      ...body,
      from: '2021-01-01',
      until: '2023-01-01',
      years: totals.map((total, i) => ({ year: 2021 + i, totalCents: String(total), shares: [] })),
    })),
  'set-rule': ruleOf({
    R6: [],
    R7: [['surcharge-percent', '3', 'percent']],
    R8: [],
    R22: [
      ['entrusted-above-percent', '80', 'percent'],
      ['measured-years', '3', 'years'],
    ],
  }),
});

/** A package and an agreement, so that changes find something. */
export const packageBeginning: readonly Beginning[] = [
  {
    command: 'determine-package',
    body: {
      packageId: id('p1'),
      until: '2022-01-01',
      tasks: ['a', 'b'].map((t) => ({ task: t, title: t })),
      decisionIds: [id('d1')],
    },
  },
  { command: 'form-area', body: { areaId: id('g1'), name: 'x', municipalities: ['gm0001'] } },
];
