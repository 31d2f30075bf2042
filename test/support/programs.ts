/** Random programs of commands over a small world: right ones, wrong ones, late ones, reversals. */
import fc from 'fast-check';
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

const codes = ['gm0001', 'gm0002', 'gm0003', 'gm0004'];
const code = fc.constantFrom(...codes);
const date = fc
  .tuple(fc.integer({ min: 2020, max: 2024 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-01`);

export const anyDate = date;

const rough = fc.oneof(
  { weight: 4, arbitrary: date.map((d) => ({ earliest: d, latest: d })) },
  { weight: 1, arbitrary: date.map((d) => ({ latest: d })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(date, date)
      .map(([a, b]) => (a < b ? { earliest: a, latest: b } : { earliest: b, latest: a })),
  },
);

const decisionId = fc.constantFrom('d1', 'd2', 'd3').map(id);
const lumpSumId = fc.constantFrom('l1', 'l2').map(id);
const bodyId = fc.constantFrom('b1', 'b2').map(id);
const share = fc.record({
  municipality: code,
  amountCents: fc.integer({ min: 0, max: 10_000 }).map(String),
  origin: fc.constant('published'),
});

const bodies: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  'join-member': fc.record({ municipality: code, name: code }),
  'merge-municipalities': fc.record({
    successor: code,
    name: code,
    predecessors: fc.uniqueArray(code, { minLength: 1, maxLength: 2 }),
  }),
  'establish-body': fc.record({
    bodyId,
    kind: fc.constantFrom('bestuurlijk-overleg', 'stuurgroep'),
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
  'propose-decision': fc.record({
    decisionId,
    title: fc.constantFrom('een', 'twee'),
    needsAdoptionBy: fc.uniqueArray(code, { maxLength: 2 }),
    organs: fc.constant(['college']),
    effectiveDate: date,
  }),
  'advise-decision': fc.record({
    decisionId,
    body: fc.constantFrom('stuurgroep', 'raad'),
    outcome: fc.constant('positive'),
  }),
  'decide-decision': fc.record({ decisionId, body: fc.constant('bestuurlijk-overleg') }),
  'adopt-decision': fc.record({ decisionId, municipality: code }),
  'amend-decision': fc.record({
    decisionId,
    title: fc.constantFrom('drie', 'vier'),
    reason: fc.constant('x'),
  }),
  'end-decision': fc.record({ decisionId, reason: fc.constant('x') }),
  'set-rule': fc.record({
    rule: fc.constantFrom('R1', 'R7'),
    title: fc.constantFrom('a', 'b'),
    summary: fc.constant('c'),
    authority: fc.constantFrom('design', 'explanation'),
    decisionIds: fc.oneof(
      fc.constant([]),
      decisionId.map((d) => [d]),
    ),
    figures: fc
      .integer({ min: 1, max: 9 })
      .map((n) => [{ name: 'surcharge-percent', value: String(n), unit: 'percent' }]),
  }),
  'end-rule': fc.record({ rule: fc.constantFrom('R1', 'R7'), reason: fc.constant('x') }),
  'determine-package': fc.record({
    packageId: fc.constantFrom('p1', 'p2').map(id),
    until: date,
    tasks: fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
      .map((tasks) => tasks.map((task) => ({ task, title: task }))),
    decisionIds: decisionId.map((d) => [d]),
  }),
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
      .integer({ min: 0, max: 20_000 })
      .map((total) => [{ year: 2021, totalCents: String(total), shares: [] }]),
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
};

const personId = fc.constantFrom('anna', 'bram').map(id);
const referralId = fc.constantFrom('r1', 'r2').map(id);
const placementId = fc.constantFrom('w1', 'w2').map(id);
const percent = fc.constantFrom('35', '60', '70', '75');
const direction = fc.constantFrom('supply-led', 'demand-led');

const peopleBodies: typeof bodies = {
  'record-referral': fc.record({
    referralId,
    personId,
    municipality: code,
    details: fc.record({
      route: fc.constant('referred'),
      direction,
      workSkills: fc.constant('sufficient'),
      voortrajectNeeded: fc.boolean(),
      estimatedLoonwaardePercent: percent,
      canStartSoon: fc.constant(true),
      meetsVacancy: fc.constant(true),
    }),
  }),
  'record-referral-step': fc.record({
    referralId,
    personId,
    step: fc
      .constantFrom('voortraject-started', 'voortraject-ended', 'chosen', 'declined')
      .map((kind) => ({ kind })),
  }),
  'record-placement': fc.record({
    placementId,
    personId,
    municipality: code,
    details: fc.record({
      work: fc.constantFrom('beschut', 'participation'),
      direction,
      term: fc.constantFrom('temporary', 'structural'),
      employer: fc.constant('ibn'),
    }),
  }),
  'record-placement-step': fc.record({
    placementId,
    personId,
    step: fc.oneof(
      fc.constant({ kind: 'returned' }),
      fc.constant({ kind: 'outflow', to: 'other' }),
      percent.map((loonwaardePercent) => ({ kind: 'loonwaarde-measured', loonwaardePercent })),
    ),
  }),
  'record-circumstance': fc.record({
    circumstanceId: fc.constantFrom('c1', 'c2').map(id),
    personId,
    municipality: code,
    details: fc.constantFrom('indication-granted', 'too-ill').map((kind) => ({ kind })),
  }),
  'report-period-totals': fc.record({
    reportId: fc.constantFrom('t1', 't2', 't3').map(id),
    municipality: code,
    from: fc.constant('2022-01-01'),
    until: fc.constantFrom('2022-07-01', '2023-01-01'),
    counts: fc.integer({ min: 3, max: 9 }).map((count) => [{ measure: 'placed', count }]),
  }),
};

/** Steps that many others hang on come more often. */
const weightOf = (command: string): number =>
  /adopt|determine-package|seat|appoint/.test(command) ? 4 : 1;

const step: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries({ ...bodies, ...peopleBodies }).map(([command, body]) => ({
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
const prelude: readonly Step[] = [
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
].map((given) => ({
  ...given,
  mode: 'register',
  validFrom: { earliest: '2020-01-01', latest: '2020-01-01' },
  inferred: true,
}));

export const program: fc.Arbitrary<readonly (Step | Reversal)[]> = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: step },
      { weight: 1, arbitrary: fc.record({ reverse: fc.nat(1000) }) },
    ),
    { minLength: 20, maxLength: 60 },
  )
  .map((steps) => [...prelude, ...steps]);
