/** What went otherwise than the rules say: registered, so that each becomes a finding. */
import { onDay } from '../values.ts';
import { contractBody } from './pluspakket.ts';
import { decision2025 } from './decision.ts';
import { daysLater, euros, register, type Step } from './step.ts';

const propose = (label: string, needsAdoptionBy: readonly string[] = []): Step =>
  register('propose-decision', '2025-03-05', {
    decisionId: `@example-decision-${label}`,
    number: `2025-${label}`,
    title: `Voorstel ${label}`,
    needsAdoptionBy,
    organs: needsAdoptionBy.length === 0 ? [] : ['college'],
  });

/** Steps of decisions, out of order or by another body. */
const decisions = (): readonly Step[] => [
  propose('a'),
  register('decide-decision', '2025-03-19', {
    decisionId: '@example-decision-a',
    body: 'ibn-board',
  }),
  register('advise-decision', '2025-04-02', {
    decisionId: '@example-decision-a',
    body: 'project-group',
    outcome: 'positive',
  }),
  propose('b', ['gm0755']),
  register('adopt-decision', '2025-04-08', {
    decisionId: '@example-decision-b',
    municipality: 'gm0755',
    organ: 'college',
  }),
  propose('c'),
  register('supersede-decision', '2025-05-07', {
    decisionId: '@example-decision-c',
    by: '@example-decision-b',
  }),
  propose('d'),
  register('refuse-decision', '2025-05-14', {
    decisionId: '@example-decision-d',
    body: 'bestuurlijk-overleg',
  }),
  propose('e'),
  register('withdraw-decision', '2025-05-21', {
    decisionId: '@example-decision-e',
    reason: 'Wordt later opnieuw voorgesteld.',
  }),
];

/** Odd packages and lump sums, of years far enough away to be in nobody's way. */
const packages = (): readonly Step[] => [
  register('change-package', '2026-03-02', {
    packageId: '@example-package-2025-2026',
    added: [{ task: 'debt-advice', title: 'Schuldhulp op de werkplek' }],
    removed: [],
    decisionIds: [],
  }),
  register('determine-package', '2032-01-01', {
    packageId: '@example-package-2032',
    until: '2033-01-01',
    tasks: [{ task: 'wsw', title: 'Uitvoering van de Wsw' }],
    decisionIds: ['@example-decision-b'],
  }),
  register('determine-package', '2032-07-01', {
    packageId: '@example-package-2032-again',
    until: '2034-07-01',
    tasks: [{ task: 'wsw', title: 'Uitvoering van de Wsw' }],
    decisionIds: [decision2025],
  }),
  register('determine-lump-sum', '2032-01-01', {
    lumpSumId: '@example-lump-sum-2032',
    from: '2032-01-01',
    until: '2034-01-01',
    years: [
      {
        year: 2032,
        shares: [{ municipality: 'gm0755', amountCents: '13000000', origin: 'published' }],
      },
    ],
    decisionIds: ['@example-decision-b'],
  }),
  register('determine-lump-sum', '2034-01-01', {
    lumpSumId: '@example-lump-sum-2034',
    from: '2034-01-01',
    until: '2035-01-01',
    years: [{ year: 2034, totalCents: euros(5_200_000), shares: [] }],
    decisionIds: [],
  }),
  // Without shares of its own, but with a key: the ledger divides it.
  register('determine-lump-sum', '2035-01-01', {
    lumpSumId: '@example-lump-sum-2035',
    from: '2035-01-01',
    until: '2036-01-01',
    years: [{ year: 2035, totalCents: euros(5_300_001), shares: [] }],
    keyId: '@example-key-2025',
    decisionIds: ['@example-decision-b'],
  }),
  register('adopt-budget', '2026-05-27', {
    budgetId: '@example-budget-draft',
    year: 2027,
    title: 'Conceptbegroting van IBN 2027',
    totalCents: euros(83_000_000),
    lines: [
      { means: 'wsw-grant', amountCents: euros(37_000_000) },
      { means: 'other-clients', amountCents: euros(45_000_000) },
    ],
  }),
];

/** By label. */
const titles: Readonly<Record<string, string>> = {
  unpriced: 'Begeleiding zonder afgesproken prijs',
  dear: 'Begeleiding boven de kostprijs',
  'unknown-client': 'Begeleiding zonder genoemde gemeente',
  elsewhere: 'Schoonmaak van een gemeentehuis',
  double: 'Expertise, die al in het basispakket zit',
};

const bare = (label: string) =>
  contractBody({
    label,
    title: titles[label] ?? label,
    municipalities: ['gm1948'],
    concluded: '2025-10-06',
    costEuros: 10_000,
  });

const contract = (label: string, body: Readonly<Record<string, unknown>>): Step =>
  register('conclude-plus-contract', '2025-10-06', { ...bare(label), ...body });

const without = (label: string, ...names: readonly string[]) =>
  register(
    'conclude-plus-contract',
    '2025-10-06',
    Object.fromEntries(Object.entries(bare(label)).filter(([name]) => !names.includes(name))),
  );

/** Contracts that are not as the model or the price of the rule. */
const contracts = (): readonly Step[] => [
  without('unpriced', 'priceCents', 'interimTermination', 'fitsPurpose'),
  register('terminate-plus-contract', '2026-02-02', {
    contractId: '@example-contract-unpriced',
    reason: 'Over de prijs kwam geen overeenstemming.',
  }),
  contract('dear', { priceCents: '1040000' }),
  contract('unknown-client', { municipalities: [] }),
  contract('elsewhere', {
    fitsPurpose: {
      fits: false,
      reasoning: 'Dit kan elke aannemer; er werkt niemand uit de doelgroep.',
    },
  }),
  contract('double', { task: 'expertise' }),
  register('move-plus-service', '2026-04-01', {
    serviceId: '@service-newcomers-of-before',
    decisionIds: [],
  }),
];

/** Pilots, areas, goals, leaving. */
const governance = (): readonly Step[] => [
  register('start-pilot', '2025-02-01', {
    pilotId: '@example-pilot-land-van-cuijk',
    areaId: '@area-land-van-cuijk-2022',
    title: 'Eén team in Land van Cuijk',
    scenario: 'III',
    plannedUntil: onDay('2030-01-01'),
  }),
  register('end-pilot', '2026-02-01', {
    pilotId: '@example-pilot-land-van-cuijk',
    how: 'ended',
    reason: 'Te weinig mensen voor een eigen team.',
  }),
  register('leave-partnership', '2035-01-01', {
    municipality: 'gm0755',
    alsoLeavesGr: false,
    reason: 'Aangekondigd, onder voorbehoud.',
  }),
  register('agree-indicator', '2026-02-11', {
    indicatorId: '@example-indicator-young',
    title: 'Jongeren met een dienstverband',
    kind: 'goal',
    measure: 'Dienstverbanden van jongeren',
    unit: 'count',
    direction: 'at-least',
    targetValue: '15',
    per: 'year',
    from: '2026-01-01',
    until: '2027-01-01',
  }),
  register('hold-evaluation', '2026-03-25', {
    evaluationId: '@example-evaluation-intake',
    title: 'Tussentijdse evaluatie van de intake',
    from: '2025-04-01',
    until: '2026-03-01',
  }),
  register('report-staff-ratio', '2026-06-10', {
    year: 2026,
    measuredOn: '2026-05-31',
    targetPerRegular: '0.95',
    note: 'Alleen van een kleine vestiging.',
  }),
];

const money = (): readonly Step[] => [
  register('report-wage-cost-subsidy', '2026-06-22', {
    reportId: '@example-subsidy-short',
    municipality: 'gm0755',
    month: '2026-06',
    totalCents: '1310000',
    grantedCents: '1390000',
  }),
  register('post-correction', '2026-05-04', {
    correctionId: '@example-correction-lump-sum',
    reason: 'Een korting op de lumpsum, tegen de afspraak in.',
    postings: (['debit', 'credit'] as const).map((side) => ({
      municipality: 'gm1721',
      year: 2025,
      account: side === 'debit' ? 'payable' : 'lump-sum',
      side,
      amountCents: '250000',
    })),
  }),
];

/** The registrar's own reference: beside a person there is no free text. */
const plain = [{ source: '@example-report', basis: 'stated' }] as const;

/** A person placed without the way that leads there. */
const people = (): readonly Step[] => [
  register(
    'record-placement',
    '2025-08-18',
    {
      personId: '@example-person-remarks',
      placementId: '@example-placement-remarks',
      municipality: 'gm1982',
      details: {
        work: 'beschut',
        direction: 'supply-led',
        term: 'structural',
        employer: 'elsewhere',
      },
    },
    { evidence: plain },
  ),
  register(
    'record-placement-step',
    '2025-09-15',
    {
      personId: '@example-person-remarks',
      placementId: '@example-placement-remarks',
      step: { kind: 'subsidy-granted', grantedPercent: '80', reimbursedPercent: '60' },
    },
    { evidence: plain },
  ),
];

const noted = (): readonly Step[] => [
  register('note-finding', '2026-06-24', {
    findingId: '@example-finding-minutes',
    kind: 'document-incomplete',
    severity: 'note',
    description: 'Van het verslag van de stuurgroep van juni 2026 ontbreekt de bijlage.',
    about: ['subject:stuurgroep'],
    figures: [],
  }),
  register('resolve-finding', daysLater('2026-06-24', 5), {
    findingId: '@example-finding-minutes',
    reason: 'De bijlage is gevonden.',
  }),
];

export const findingSteps = (): readonly Step[] => [
  ...decisions(),
  ...packages(),
  ...contracts(),
  ...governance(),
  ...money(),
  ...people(),
  ...noted(),
];
