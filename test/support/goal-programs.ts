/** Random bodies of the commands about goals, evaluations, assignments and practices. */
import fc from 'fast-check';
import { id } from './scenario.ts';

type Bodies = Record<string, fc.Arbitrary<Record<string, unknown>>>;

const indicatorId = fc.constantFrom('i1', 'i2').map(id);
const evaluationId = fc.constantFrom('e1', 'e2').map(id);
const actionPointId = fc.constantFrom('p1', 'p2').map(id);
const assignmentId = fc.constantFrom('o1', 'o2').map(id);
const figure = fc.integer({ min: 0, max: 3 }).map(String);
const year = fc.integer({ min: 2020, max: 2023 });
/** A whole year, or two. */
const period = fc.tuple(year, fc.integer({ min: 1, max: 2 })).map(([first, length]) => ({
  from: `${first}-01-01`,
  until: `${first + length}-01-01`,
}));

export const goalBodies = (
  code: fc.Arbitrary<string>,
  rough: fc.Arbitrary<object>,
  decisionId: fc.Arbitrary<string>,
): Bodies => ({
  'agree-indicator': fc
    .tuple(
      fc.record({
        indicatorId,
        title: fc.constantFrom('doel', 'ander doel'),
        kind: fc.constantFrom('goal', 'goal', 'state'),
        measure: fc.constant('aantal'),
        unit: fc.constant('count'),
        direction: fc.constantFrom('at-least', 'at-most'),
        targetValue: figure,
        per: fc.constantFrom('year', 'period'),
      }),
      period,
    )
    .map(([body, when]) => ({ ...body, ...when })),
  'report-result': fc
    .tuple(
      fc.record(
        {
          indicatorId,
          value: figure,
          approximate: fc.boolean(),
          final: fc.boolean(),
          wording: fc.constant('zo gezegd'),
        },
        { requiredKeys: ['indicatorId', 'approximate', 'final'] },
      ),
      period,
    )
    .map(([body, when]) => ({ ...body, ...when })),
  'report-staff-ratio': fc.record({ year, targetPerRegular: fc.constantFrom('0.5', '1', '4') }),
  'hold-evaluation': fc
    .tuple(fc.record({ evaluationId, title: fc.constantFrom('een', 'twee') }), period)
    .map(([body, when]) => ({ ...body, ...when })),
  'set-action-point': fc
    .tuple(
      fc.record(
        { actionPointId, title: fc.constantFrom('punt', 'ander punt'), evaluationId },
        { requiredKeys: ['actionPointId', 'title'] },
      ),
      period,
    )
    .map(([body, when]) => ({ ...body, ...when })),
  'report-action-point': fc.record({
    actionPointId,
    outcome: fc.constantFrom('done', 'in-progress', 'not-done', 'unknown'),
  }),
  'reject-option': fc.record({
    optionId: fc.constant(id('w1')),
    title: fc.constant('iets'),
    reason: fc.constant('x'),
    about: code.map((c) => [`municipality:${c}`]),
  }),
  'give-assignment': fc.record(
    {
      assignmentId,
      title: fc.constantFrom('opdracht', 'tweede'),
      decisionIds: fc.oneof(
        fc.constant([]),
        decisionId.map((d) => [d]),
      ),
      subAssignments: fc.constant([
        { number: 'I', title: 'een' },
        { number: 'II', title: 'twee' },
      ]),
      target: rough,
      latest: rough,
    },
    { requiredKeys: ['assignmentId', 'title', 'decisionIds', 'subAssignments'] },
  ),
  'report-sub-assignment': fc.record({
    assignmentId,
    number: fc.constantFrom('I', 'II', 'III'),
    outcome: fc.constantFrom('delivered', 'open'),
  }),
  'deliver-assignment': fc.record({ assignmentId, title: fc.constant('eindrapport') }),
  'set-practice': fc.record({
    practice: fc.constantFrom('job-coach', 'quality'),
    title: fc.constant('zo'),
    arrangement: fc.constantFrom('own-function', 'combined'),
    description: fc.constant('x'),
  }),
  'plan-decision-step': fc.record({
    decisionId,
    step: fc.constantFrom('advise', 'decide', 'adopt', 'take-effect'),
    body: fc.constantFrom('stuurgroep', 'bestuurlijk-overleg', 'college'),
    plannedFor: rough,
  }),
  'plan-agreement': fc.record({
    agreementId: fc.constantFrom('a1', 'a2').map(id),
    kind: fc.constantFrom('covenant', 'deed'),
    title: fc.constant('x'),
    municipalities: code.map((c) => [c]),
    organisations: fc.constant([]),
    signedBy: fc.constant(['general-director']),
  }),
});

/** Rules whose figures the derived findings go by. */
export const goalRules = fc
  .tuple(
    fc.constantFrom('R17', 'R18'),
    fc.constantFrom('agreement', 'advice'),
    fc.constantFrom('1', '2', '0', '1.5'),
  )
  .map(([rule, authority, value]) => ({
    rule,
    authority,
    title: 'a',
    summary: 'c',
    decisionIds: [],
    figures: [
      {
        name: rule === 'R17' ? 'evaluation-interval-years' : 'report-interval-years',
        value,
        unit: 'years',
      },
    ],
  }));
