/** The decision on 2025 – 2026, with the basispakket and the lump sum that rest on it. */
import { codes, euros, members, register, type Step, take } from './step.ts';

export const decision2025 = '@example-decision-2025';

/** A decision from proposal to adoption by every college and council. */
const course = (): readonly Step[] => [
  take('propose-decision', '2024-09-10', {
    decisionId: decision2025,
    number: '2025-1',
    title: 'Basispakket en lumpsum 2025 – 2026',
    series: '2024-10-09',
    proposedBy: 'project-group',
    needsAdoptionBy: codes,
    organs: ['college', 'raad'],
    effectiveDate: '2025-01-01',
    summary: 'Het basispakket blijft gelijk; de lumpsum stijgt volgens het voorstel.',
  }),
  take('plan-decision-step', '2024-09-10', {
    decisionId: decision2025,
    step: 'decide',
    body: 'bestuurlijk-overleg',
    plannedFor: { earliest: '2024-10-01', latest: '2024-10-31' },
  }),
  take('advise-decision', '2024-09-25', {
    decisionId: decision2025,
    body: 'stuurgroep',
    outcome: 'positive',
  }),
  take('decide-decision', '2024-10-09', { decisionId: decision2025, body: 'bestuurlijk-overleg' }),
  ...members.flatMap(({ code }, i) =>
    (['college', 'raad'] as const).map((organ) =>
      take('adopt-decision', organ === 'college' ? `2024-10-2${i}` : `2024-12-1${i}`, {
        decisionId: decision2025,
        municipality: code,
        organ,
      }),
    ),
  ),
];

const published = [
  [2025, '460369900', [284_204, 123_200, 1_094_871, 719_659, 457_601, 1_924_163]],
  [2026, '518764700', [320_317, 138_789, 1_233_564, 810_902, 515_541, 2_168_535]],
] as const;

/** The share of a member in a year, in cents. */
export const shareOf = (year: 2025 | 2026, member: number): number =>
  published.find(([y]) => y === year)![2][member]! * 100;

const means = [
  ['wsw-grant', 38_000_000],
  ['beschut-means', 9_500_000],
  ['wage-cost-subsidies', 12_250_000],
  ['lump-sum', 4_603_699],
  ['pluspakket', 640_000],
  ['other-clients', 9_800_000],
  ['tax-allowances', 1_150_000],
  ['net-added-value', 6_400_000],
] as const;

const budget = (year: number): Step =>
  take('adopt-budget', `${year - 1}-11-20`, {
    budgetId: `@example-budget-${year}`,
    year,
    title: `Begroting van IBN ${year}`,
    totalCents: euros(means.reduce((sum, [, amount]) => sum + amount, 0)),
    lines: means.map(([name, amount]) => ({ means: name, amountCents: euros(amount) })),
  });

/** Set as it was published: what does not add up stays so, and is found. */
const lumpSum = (): readonly Step[] => [
  budget(2025),
  budget(2026),
  take('set-distribution-key', '2025-01-01', {
    keyId: '@example-key-2025',
    title: 'Verdeelsleutel 2025 – 2026',
    measure: 'Participatiebudget voor de nieuwe doelgroepen',
    years: [2025, 2026],
    weights: members.map(({ code, weight }) => ({ municipality: code, weight })),
    decisionIds: [decision2025],
  }),
  take('determine-lump-sum', '2025-01-01', {
    lumpSumId: '@lump-sum-2025-2026',
    from: '2025-01-01',
    until: '2027-01-01',
    years: published.map(([year, totalCents, shares]) => ({
      year,
      totalCents,
      shares: members.map(({ code }, i) => ({
        municipality: code,
        amountCents: euros(shares[i]!),
        origin: 'published',
      })),
    })),
    keyId: '@example-key-2025',
    budgetId: '@example-budget-2025',
    decisionIds: [decision2025],
  }),
];

const basispakket = (): readonly Step[] => [
  take('determine-package', '2025-01-01', {
    packageId: '@example-package-2025-2026',
    until: '2027-01-01',
    tasks: [
      { task: 'wsw', title: 'Uitvoering van de Wsw' },
      { task: 'beschut-main-contractor', title: 'Hoofdaannemer voor beschut werk' },
      { task: 'employment-contracts', title: 'Dienstverbanden voor de Participatiewet' },
      { task: 'pre-employment-trajectories', title: 'Voortrajecten' },
      { task: 'expertise', title: 'Expertise' },
    ],
    size: 'Plaats voor 220 kandidaten per jaar, beschut werk inbegrepen.',
    intendedResults: [
      'Driekwart van de mensen met een indicatie beschut werk is geplaatst.',
      'Twintig vraaggerichte dienstverbanden per jaar.',
    ],
    costCents: '979134600',
    decisionIds: [decision2025],
  }),
  take('leave-part-unused', '2025-07-01', {
    municipality: 'gm0755',
    task: 'expertise',
    reason: 'Boekel heeft hiervoor eigen medewerkers.',
  }),
  take('leave-part-unused', '2025-03-01', { municipality: 'gm1721', task: 'expertise' }),
  take('resume-part', '2026-01-01', { municipality: 'gm1721', task: 'expertise' }),
  register('reject-option', '2025-09-17', {
    optionId: '@example-option-transport',
    title: 'Vervoer naar het werk in het basispakket',
    reason: 'Te verschillend per gemeente; het blijft pluspakket.',
    about: ['package:@example-package-2025-2026'],
  }),
];

export const decisionSteps = (): readonly Step[] => [...course(), ...lumpSum(), ...basispakket()];
