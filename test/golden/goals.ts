/** Samples of goals, evaluations, assignments and practices. */
import type { EntryFor, EntryType } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';

const ulid = (last: string): string => `01J8ZQ4T5V6W7X8Y9ZABCDEF${last}`;

type Types =
  | 'AgreementPlanned'
  | 'IndicatorAgreed'
  | 'ResultReported'
  | 'StaffRatioReported'
  | 'EvaluationHeld'
  | 'ActionPointSet'
  | 'ActionPointReported'
  | 'OptionRejected'
  | 'AssignmentGiven'
  | 'SubAssignmentReported'
  | 'AssignmentDelivered'
  | 'PracticeSet';

export const goalSamples = (
  note: string,
): { readonly [T in Extract<EntryType, Types>]: EntryFor<T>['data'] } => ({
  AgreementPlanned: {
    agreementId: ulid('G0'),
    kind: 'covenant',
    title: 'Convenant van het vernieuwde partnership',
    municipalities: ['gm0828'],
    organisations: ['ibn'],
    signedBy: ['portfolio-holder-work-and-income', 'general-director'],
    plannedFor: { latest: '2021-06-30' },
    note,
  },
  IndicatorAgreed: {
    indicatorId: ulid('G1'),
    title: 'Mensen met een indicatie beschut werk die zijn geplaatst',
    kind: 'goal',
    measure: 'deel van de mensen met een indicatie',
    unit: 'percent',
    direction: 'at-least',
    targetValue: '75',
    per: 'period',
    from: '2023-01-01',
    until: '2025-01-01',
    municipality: 'gm0828',
    ambiguity: note,
  },
  ResultReported: {
    indicatorId: ulid('G1'),
    value: '65.5',
    reached: false,
    approximate: true,
    final: false,
    from: '2023-01-01',
    until: '2025-01-01',
    wording: note,
  },
  StaffRatioReported: { year: 2021, measuredOn: '2021-01-27', targetPerRegular: '4', note },
  EvaluationHeld: {
    evaluationId: ulid('G2'),
    title: 'Evaluatie over 2021 – 2022',
    from: '2021-07-01',
    until: '2023-01-01',
    lumpSumId: ulid('0A'),
    note,
  },
  ActionPointSet: {
    actionPointId: ulid('G3'),
    evaluationId: ulid('G2'),
    title: 'Impuls voor beschut werk',
    from: '2023-01-01',
    until: '2025-01-01',
  },
  ActionPointReported: {
    actionPointId: ulid('G3'),
    evaluationId: ulid('G2'),
    outcome: 'not-done',
    note,
  },
  OptionRejected: {
    optionId: ulid('G4'),
    title: 'Inburgering in het basispakket',
    reason: note,
    about: ['year:2025'],
  },
  AssignmentGiven: {
    assignmentId: ulid('G5'),
    title: 'De toekomst van het partnership',
    decisionIds: [ulid('01')],
    subAssignments: [{ number: 'I', title: 'Evaluatie' }],
    target: onDay('2020-02-01'),
    latest: { latest: '2020-03-31' },
    note,
  },
  SubAssignmentReported: {
    assignmentId: ulid('G5'),
    number: 'I',
    outcome: 'in-part',
    where: 'hoofdstuk 6',
    plannedFor: { latest: '2021-04-14', wording: 'vóór 15 april 2021' },
    note,
  },
  AssignmentDelivered: { assignmentId: ulid('G5'), title: 'Eindrapport', note },
  PracticeSet: {
    practice: 'job-coach',
    title: 'Jobcoach',
    arrangement: 'own-function',
    description: note,
  },
});
