/** Random programs of commands over a small world: right ones, wrong ones, late ones, reversals. */
import fc from 'fast-check';
import { goalBodies, goalRules } from './goal-programs.ts';
import { moneyBodies } from './money-programs.ts';
import { keyBodies, packageBeginning, packageBodies } from './program-package.ts';
import { peopleBodies } from './program-people.ts';
import { pluspakketBeginning, pluspakketBodies } from './program-pluspakket.ts';
import {
  type Beginning,
  type Bodies,
  code,
  codes,
  date,
  decisionId,
  reason,
  rough,
} from './program-values.ts';
import { id } from './scenario.ts';

export interface Step {
  readonly command: string;
  readonly body: Record<string, unknown>;
  readonly mode: 'take' | 'register';
  readonly validFrom: { readonly earliest?: string; readonly latest: string };
  readonly inferred: boolean;
}

/** A step that takes back an earlier event, chosen by a number. */
export interface Reversal {
  readonly reverse: number;
}

const lumpSumId = fc.constantFrom('l1', 'l2').map(id);
const bodyId = fc.constantFrom('b1', 'b2').map(id);
const share = fc.record({
  municipality: code,
  amountCents: fc.integer({ min: 0, max: 10_000 }).map(String),
  origin: fc.constant('published'),
});

/** Commands that every program may hold: others hang on them. */
const shared: Bodies = {
  'join-member': fc.record({ municipality: code, name: code }),
  'merge-municipalities': fc.record({
    successor: code,
    name: code,
    predecessors: fc.uniqueArray(code, { minLength: 1, maxLength: 2 }),
  }),
  'propose-decision': fc.record({
    decisionId,
    title: fc.constantFrom('een', 'twee'),
    needsAdoptionBy: fc.uniqueArray(code, { maxLength: 2 }),
    organs: fc.constant(['college']),
    effectiveDate: date,
  }),
  'decide-decision': fc.record({ decisionId, body: fc.constant('bestuurlijk-overleg') }),
  'adopt-decision': fc.record({ decisionId, municipality: code }),
  'set-rule': fc.record({
    rule: fc.constantFrom('R1', 'R7', 'R10', 'R11'),
    title: fc.constantFrom('a', 'b'),
    summary: fc.constant('c'),
    authority: fc.constantFrom('design', 'explanation'),
    decisionIds: fc.oneof(
      fc.constant([]),
      decisionId.map((d) => [d]),
    ),
    figures: fc.integer({ min: 1, max: 9 }).map((n) => [
      { name: 'surcharge-percent', value: String(n), unit: 'percent' },
      { name: 'pilot-years', value: String(n % 4), unit: 'years' },
    ]),
  }),
  'end-rule': fc.record({ rule: fc.constantFrom('R1', 'R7', 'R11'), reason: fc.constant('x') }),
  'determine-package': fc.record({
    packageId: fc.constantFrom('p1', 'p2').map(id),
    until: date,
    tasks: fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
      .map((tasks) => tasks.map((task) => ({ task, title: task }))),
    decisionIds: decisionId.map((d) => [d]),
  }),
  'leave-partnership': fc.record({ municipality: code, alsoLeavesGr: fc.boolean(), reason }),
};

const governance: Bodies = {
  'establish-body': fc.record({
    bodyId,
    kind: fc.constantFrom('bestuurlijk-overleg', 'stuurgroep', 'ibn-board'),
    name: fc.constantFrom('x', 'y'),
    role: fc.constant('z'),
  }),
  'appoint-representative': fc.record({
    bodyId,
    seatId: fc.constantFrom('s1', 's2').map(id),
    municipality: code,
    office: fc.constant('holder'),
    chair: fc.boolean(),
  }),
  'withdraw-representative': fc.record({
    bodyId,
    seatId: fc.constantFrom('s1', 's2').map(id),
    reason: fc.constant('x'),
  }),
  'advise-decision': fc.record({
    decisionId,
    body: fc.constantFrom('stuurgroep', 'raad'),
    outcome: fc.constant('positive'),
  }),
  'amend-decision': fc.record({
    decisionId,
    title: fc.constantFrom('drie', 'vier'),
    reason: fc.constant('x'),
  }),
  'end-decision': fc.record({ decisionId, reason: fc.constant('x') }),
  'propose-lump-sum': fc.record({
    lumpSumId,
    from: fc.constant('2021-01-01'),
    until: fc.constant('2023-01-01'),
    years: fc
      .tuple(fc.integer({ min: 0, max: 20_000 }), fc.array(share, { maxLength: 2 }))
      .map(([total, shares]) => [
        { year: 2021, totalCents: String(total), shares },
        { year: 2022, totalCents: String(total + 1), shares },
      ]),
  }),
  'determine-lump-sum': fc.record({
    lumpSumId,
    from: fc.constant('2021-01-01'),
    until: fc.constant('2023-01-01'),
    years: fc
      .tuple(fc.integer({ min: 0, max: 20_000 }), fc.array(share, { maxLength: 2 }))
      .map(([total, shares]) => [{ year: 2021, totalCents: String(total), shares }]),
    decisionIds: fc.constant([]),
  }),
  'conclude-agreement': fc.record({
    agreementId: fc.constant(id('a1')),
    kind: fc.constant('covenant'),
    title: fc.constant('x'),
    municipalities: fc.constant([]),
    organisations: fc.constant([]),
    signedBy: fc.constant([]),
    runsUntil: rough,
  }),
  'extend-agreement': fc.record({
    agreementId: fc.constant(id('a1')),
    runsUntil: rough,
    reason: fc.constant('x'),
  }),
  'record-shareholding': fc.record({
    municipality: code,
    kind: fc.constant('public'),
    percent: fc.constantFrom('0', '25', '50', '100'),
  }),
  'attest-criterion': fc
    .record({
      attestationId: fc.constantFrom('t1', 't2', 't3').map(id),
      part: fc.constantFrom('activity', 'decisive-influence'),
      awardId: fc.option(lumpSumId, { nil: undefined }),
      outcome: fc.constantFrom('met', 'not-met'),
      reasoning: fc.constant('x'),
      evidenceHeld: fc.boolean(),
    })
    .map(({ awardId, ...body }) => (awardId === undefined ? body : { ...body, awardId })),
  'contest-attestation': fc.record({
    attestationId: fc.constantFrom('t1', 't2', 't3').map(id),
    reasoning: fc.constant('y'),
  }),
};

const goals: Bodies = {
  ...goalBodies(code, rough, decisionId),
  'set-rule': goalRules,
  'end-rule': fc.record({ rule: fc.constantFrom('R17', 'R18'), reason }),
};

/** Shares as published, or none: then by the key. */
const determineLumpSum = (keyed: fc.Arbitrary<Record<string, unknown>>) =>
  fc.oneof(governance['determine-lump-sum']!, keyed);

const { 'determine-lump-sum': keyed, ...keys } = keyBodies(lumpSumId);

const money: Bodies = {
  ...moneyBodies(code, lumpSumId),
  'determine-lump-sum': governance['determine-lump-sum']!,
};

/** How a lump sum comes about: budget, key, proposal. */
const keyedMoney: Bodies = {
  ...money,
  ...keys,
  'propose-lump-sum': governance['propose-lump-sum']!,
  'determine-lump-sum': determineLumpSum(keyed!),
};

/** All that the others hold: so that what belongs to one theme meets another. */
const everything: Bodies = {
  ...governance,
  ...goals,
  ...keyedMoney,
  ...peopleBodies,
  ...packageBodies,
  ...pluspakketBodies,
};

/** Steps that many others hang on come more often. */
const weightOf = (command: string): number =>
  /adopt|determine-package|seat|appoint|plus-contract|pilot|booking-year/.test(command) ? 4 : 1;

const stepOf = (bodies: Bodies): fc.Arbitrary<Step> =>
  fc.oneof(
    ...Object.entries(bodies).map(([command, body]) => ({
      weight: weightOf(command),
      arbitrary: fc.record({
        command: fc.constant(command),
        body,
        mode: fc.constantFrom('register' as const, 'register' as const, 'take' as const),
        validFrom: rough,
        inferred: fc.boolean(),
      }),
    })),
  );

/** A small world to begin with, so that what follows finds something to be about. */
const prelude: readonly Beginning[] = [
  ...codes.slice(0, 3).map((municipality) => ({
    command: 'join-member',
    body: { municipality, name: municipality },
  })),
  ...['d1', 'd2'].map((name) => ({
    command: 'propose-decision',
    body: {
      decisionId: id(name),
      title: name,
      needsAdoptionBy: codes.slice(0, 2),
      organs: ['college'],
      effectiveDate: '2021-07-01',
    },
  })),
  { command: 'decide-decision', body: { decisionId: id('d1'), body: 'bestuurlijk-overleg' } },
  {
    command: 'establish-body',
    body: { bodyId: id('b1'), kind: 'stuurgroep', name: 'x', role: 'z' },
  },
];

/** A program keeps to one theme, so that its steps meet each other. */
const themes = {
  governance: { bodies: governance, beginning: [] },
  pluspakket: { bodies: pluspakketBodies, beginning: pluspakketBeginning },
  goals: { bodies: goals, beginning: [] },
  money: { bodies: money, beginning: [] },
  keys: { bodies: keyedMoney, beginning: [] },
  people: { bodies: peopleBodies, beginning: [] },
  package: { bodies: packageBodies, beginning: packageBeginning },
  everything: { bodies: everything, beginning: pluspakketBeginning },
};

const begin = (given: Beginning): Step => ({
  ...given,
  mode: 'register',
  validFrom: { earliest: '2020-01-01', latest: '2020-01-01' },
  inferred: true,
});

const programOf = ({
  bodies,
  beginning,
}: (typeof themes)[keyof typeof themes]): fc.Arbitrary<readonly (Step | Reversal)[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: stepOf({ ...shared, ...bodies }) },
        { weight: 1, arbitrary: fc.record({ reverse: fc.nat(1000) }) },
      ),
      { minLength: 20, maxLength: 60 },
    )
    .map((steps) => [...[...prelude, ...beginning].map(begin), ...steps]);

export const program = fc.oneof(...Object.values(themes).map(programOf));

const taken = (step: Step): Step => ({ ...step, mode: 'take' });

/** Steps that are taken, with rules in force from the first day on: they break or keep them. */
export const ruledProgram = fc.oneof(
  ...Object.values(themes).map((theme) => {
    const rules = [theme.bodies['set-rule'] ?? [], shared['set-rule']!].flat();
    const inForce = rules.map((body) => fc.array(body, { minLength: 1, maxLength: 5 }));
    return fc
      .tuple(programOf(theme), ...inForce)
      .map(([steps, ...bodies]) => [
        ...bodies.flat().map((body) => begin({ command: 'set-rule', body })),
        ...steps.map((step, i) => ('reverse' in step || i % 3 === 0 ? step : taken(step))),
      ]);
  }),
);

/** About money, and who takes part. */
export const financialProgram = programOf(themes.money);
