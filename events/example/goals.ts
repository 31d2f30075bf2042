/** Goals and results, evaluations, the ratio of staff, assignments, areas and pilots. */
import { onDay } from '../values.ts';
import { members, register, type Step, take } from './step.ts';

const indicator = (
  label: string,
  title: string,
  unit: 'count' | 'percent',
  targetValue: string,
): Step =>
  take('agree-indicator', '2024-12-11', {
    indicatorId: `@example-indicator-${label}`,
    title,
    kind: 'goal',
    measure: title,
    unit,
    direction: 'at-least',
    targetValue,
    per: 'year',
    from: '2025-01-01',
    until: '2027-01-01',
  });

const result = (label: string, year: number, value: string): Step =>
  take('report-result', year === 2025 ? '2026-02-18' : '2026-06-17', {
    indicatorId: `@example-indicator-${label}`,
    value,
    approximate: false,
    final: year === 2025,
    from: `${year}-01-01`,
    until: year === 2025 ? '2026-01-01' : '2026-06-01',
  });

const goals = (): readonly Step[] => [
  indicator('contracts', 'Nieuwe dienstverbanden', 'count', '100'),
  indicator('beschut', 'Mensen met een indicatie beschut werk die zijn geplaatst', 'percent', '75'),
  indicator('outflow', 'Uitstroom naar regulier werk', 'count', '30'),
  result('contracts', 2025, '112'),
  result('beschut', 2025, '76.4'),
  result('outflow', 2025, '19'),
  result('contracts', 2026, '48'),
  register('report-staff-ratio', '2025-02-12', {
    year: 2024,
    measuredOn: '2024-12-31',
    targetPerRegular: '3.6',
  }),
  register('report-staff-ratio', '2026-02-11', {
    year: 2025,
    measuredOn: '2025-12-31',
    targetPerRegular: '3.4',
  }),
  take('set-practice', '2025-04-01', {
    practice: 'intake',
    title: 'Intake van nieuwe kandidaten',
    arrangement: 'joint',
    description: 'Gemeente en IBN voeren de intake samen.',
  }),
  take('record-occurrence', '2025-06-11', {
    occurrenceId: '@example-occurrence-open-day',
    kind: 'meeting',
    title: 'Open dag van IBN voor raadsleden',
    about: [],
  }),
];

const points = [
  ['intake', 'Eén intake voor gemeente en IBN', 'done'],
  ['reporting', 'Kwartaalcijfers in één vorm', 'in-progress'],
  ['employers', 'Gezamenlijk werkgevers benaderen', 'not-done'],
] as const;

const proposed = [294_000, 127_400, 1_131_000, 743_600, 473_200, 1_988_800] as const;

const evaluation = (): readonly Step[] => [
  take('propose-lump-sum', '2026-05-06', {
    lumpSumId: '@example-lump-sum-2027-2028',
    from: '2027-01-01',
    until: '2029-01-01',
    years: [2027, 2028].map((year) => ({
      year,
      totalCents: '475800000',
      shares: members.map(({ code }, i) => ({
        municipality: code,
        amountCents: `${proposed[i]}00`,
        origin: 'published',
      })),
    })),
  }),
  take('hold-evaluation', '2026-05-20', {
    evaluationId: '@example-evaluation-2026',
    title: 'Evaluatie 2025 – 2026, met voorstel 2027 – 2028',
    from: '2025-01-01',
    lumpSumId: '@example-lump-sum-2027-2028',
  }),
  ...points.flatMap(([label, title, outcome]) => [
    take('set-action-point', '2025-01-22', {
      actionPointId: `@example-action-point-${label}`,
      evaluationId: '@evaluation-2024',
      title,
      from: '2025-02-01',
      until: '2026-01-01',
    }),
    take('report-action-point', '2026-01-21', {
      actionPointId: `@example-action-point-${label}`,
      outcome,
    }),
  ]),
];

const assignment = (): readonly Step[] => [
  take('give-assignment', '2025-01-22', {
    assignmentId: '@example-assignment',
    title: 'Werkgeversbenadering in één hand',
    decisionIds: [],
    subAssignments: [
      { number: '1', title: 'Welke werkgevers' },
      { number: '2', title: 'Wie spreekt hen aan' },
    ],
    target: onDay('2025-09-30'),
  }),
  take('report-sub-assignment', '2025-09-24', {
    assignmentId: '@example-assignment',
    number: '1',
    outcome: 'delivered',
  }),
  take('deliver-assignment', '2025-11-19', {
    assignmentId: '@example-assignment',
    title: 'Advies werkgeversbenadering',
  }),
];

const areas = (): readonly Step[] => [
  take('start-pilot', '2025-03-01', {
    pilotId: '@example-pilot-maashorst',
    areaId: '@area-maashorst',
    title: 'Eén team in Maashorst',
    scenario: 'III',
    plannedUntil: onDay('2027-03-01'),
    planDiscussedOn: onDay('2025-02-12'),
  }),
  take('evaluate-pilot', '2026-03-18', {
    pilotId: '@example-pilot-maashorst',
    outcome: 'continue',
    note: 'Kandidaten zijn sneller aan het werk; de administratie vraagt aandacht.',
  }),
  take('make-area-agreement', '2025-04-16', {
    areaAgreementId: '@example-area-agreement-maashorst',
    areaId: '@area-maashorst',
    title: 'Wekelijks overleg in Maashorst',
  }),
  take('make-area-agreement', '2025-05-21', {
    areaAgreementId: '@example-area-agreement-oss',
    areaId: '@area-oss',
    title: 'Oss betaalt voortrajecten per stuk',
  }),
  take('note-area-agreement-conflict', '2025-06-18', {
    areaAgreementId: '@example-area-agreement-oss',
    decisionId: '@decision-10',
    reasoning: 'Voortrajecten worden uit de lumpsum betaald.',
  }),
];

export const goalSteps = (): readonly Step[] => [
  ...goals(),
  ...evaluation(),
  ...assignment(),
  ...areas(),
];
