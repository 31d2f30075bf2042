/**
 * What the stored samples are made of: one entry of every type, every optional field filled. The
 * types see to it that a new type gets its own.
 */
import { createHash } from 'node:crypto';
import { currentVersion, type Entry, type EntryFor, type EntryType } from '../../events/index.ts';
import type { Posting } from '../../events/postings.ts';
import { onDay } from '../../events/values.ts';
import { goalSamples } from './goals.ts';

const ulid = (last: string): string => `01J8ZQ4T5V6W7X8Y9ZABCDEF${last}`;
const eventId = (last: string): string => `01980f0c-1a2b-7c3d-8e4f-0123456789${last}`;

const decisionId = ulid('01');
const note = 'Eén regel,\nen nog een: € 4 – “genoeg”.';
const tasks = [
  { task: 'wsw', title: 'Uitvoering van de Wsw', scope: note },
  { task: 'beschut-werk', title: 'Hoofdaannemer voor beschut werk' },
];
const years = [
  {
    year: 2025,
    totalCents: '460369900',
    rounded: true,
    shares: [
      {
        municipality: 'gm1948',
        amountCents: '45760100',
        origin: 'published' as const,
        wording: 'Meierijstad, Veghel',
      },
      { municipality: 'gm0828', amountCents: '0', origin: 'computed' as const },
    ],
  },
  { year: 2026, shares: [] },
];
const lumpSum = { lumpSumId: ulid('0A'), from: '2025-01-01', until: '2027-01-01' };
const terms = {
  nature: note,
  size: note,
  runsUntil: { latest: '2025-01-01', wording: 'eind 2024' },
  interimTermination: note,
  reporting: note,
  accountability: note,
  costCents: '10000000',
  priceCents: '10300000',
  fitsPurpose: { fits: true, reasoning: note },
};
const step = { decisionId, body: 'bestuurlijk-overleg' as const, note };

const posted = (...lines: readonly (readonly [number, Posting['account'], Posting['side']])[]) =>
  lines.map(([year, account, side]) => ({
    municipality: 'gm0828',
    year,
    account,
    side,
    amountCents: '9999999999999',
  }));
const referralId = ulid('0E');
const placementId = ulid('0F');
const person = '0123456789abcdef0123456789abcdef';

/** Sealed fields; what is in them says nothing. */
const sealed = ['details', 'remarks'].map((field) => ({
  field,
  schema: 1,
  key: ulid('0D'),
  nonce: 'AAECAwQFBgcICQoL',
  sealed: Buffer.alloc(1040, field).toString('base64'),
}));

const sampleData: { readonly [T in EntryType]: EntryFor<T>['data'] } = {
  LedgerOpened: {
    ledgerId: '00112233445566778899aabbccddeeff',
    dataset: 'none',
    madeUp: true,
    title: 'Proefgrootboek',
    entryFormat: 1,
    hash: 'sha-256',
    canonicalisation: 'rfc8785',
    timeZone: 'Europe/Amsterdam',
  },
  FactReversed: {
    event: eventId('01'),
    reversedType: 'MemberJoined',
    about: ['municipality:gm0828', 'decision:01j8zq4t5v6w7x8y9zabcdef01'],
    reason: note,
  },
  LossAccepted: { kind: 'restored', seenSequence: 311, foundSequence: -1, reason: note },
  LedgerMoved: { to: 'kurrentdb', events: 312, digest: 'ab'.repeat(32) },
  MemberJoined: { municipality: 'gm0828', name: 'Oss' },
  MunicipalitiesMerged: {
    successor: 'gm1991',
    name: 'Maashorst',
    predecessors: ['gm1685', 'gm0856'],
  },
  BodyEstablished: {
    bodyId: ulid('02'),
    kind: 'bestuurlijk-overleg',
    name: 'Bestuurlijk overleg',
    role: note,
    composition: note,
  },
  RepresentativeAppointed: {
    bodyId: ulid('02'),
    seatId: ulid('03'),
    municipality: 'gm0828',
    organisation: 'ibn',
    office: 'portfolio-holder-work-and-income',
    chair: true,
  },
  RepresentativeWithdrawn: { bodyId: ulid('02'), seatId: ulid('03'), reason: note },
  ExecutionAreaFormed: {
    areaId: ulid('04'),
    name: 'Meierijstad/Bernheze/Boekel',
    municipalities: ['gm1948', 'gm1721', 'gm0755'],
  },
  ExecutionAreaEnded: { areaId: ulid('04'), reason: note },
  ScenarioChosen: { areaId: ulid('04'), scenario: 'III', pilot: true },
  DecisionProposed: {
    decisionId,
    number: '3',
    title: 'Basispakket van vijf taken',
    series: '2021-01-27',
    proposedBy: 'project-group',
    needsAdoptionBy: ['gm0828', 'gm1721'],
    organs: ['college', 'raad'],
    effectiveDate: '2021-07-01',
    summary: note,
  },
  DecisionAdvised: { ...step, body: 'stuurgroep', outcome: 'positive' },
  DecisionDecided: step,
  DecisionAdopted: {
    decisionId,
    municipality: 'gm1991',
    organ: 'raad',
    onBehalfOf: ['gm1685', 'gm0856'],
  },
  DecisionRefused: { ...step, body: 'raad', municipality: 'gm0828' },
  DecisionWithdrawn: { decisionId, reason: note },
  DecisionAmended: {
    decisionId,
    title: 'Basispakket van zes taken',
    summary: note,
    effectiveDate: '2021-08-01',
    reason: note,
  },
  DecisionSuperseded: { decisionId, by: ulid('05') },
  DecisionEnded: { decisionId, reason: note },
  DecisionStepPlanned: {
    decisionId,
    step: 'adopt',
    body: 'raad',
    plannedFor: { earliest: '2021-03-01', latest: '2021-05-31', wording: 'voorjaar 2021' },
  },
  AgreementConcluded: {
    agreementId: ulid('06'),
    kind: 'covenant',
    title: 'Convenant',
    municipalities: ['gm0828'],
    organisations: ['ibn'],
    signedBy: ['general-director'],
    runsFrom: onDay('2017-01-01'),
    runsUntil: { latest: '2021-07-01' },
  },
  AgreementExtended: { agreementId: ulid('06'), runsUntil: onDay('2021-07-01'), reason: note },
  AgreementEnded: { agreementId: ulid('06'), reason: note },
  RuleSet: {
    rule: 'R7',
    title: 'Opslag op de lumpsum',
    summary: note,
    authority: 'decision',
    decisionIds: [decisionId],
    agreementId: ulid('06'),
    figures: [
      { name: 'surcharge', value: '3', unit: 'percent' },
      { name: 'correction', value: '-0.25', unit: 'percent' },
    ],
  },
  RuleEnded: { rule: 'R11', reason: note },
  PackageDetermined: {
    packageId: ulid('07'),
    until: '2023-01-01',
    tasks,
    size: note,
    intendedResults: [note],
    costCents: '999999999999999',
    decisionIds: [decisionId],
  },
  PackageChanged: {
    packageId: ulid('07'),
    added: tasks,
    removed: ['voortrajecten'],
    circumstances: note,
    decisionIds: [decisionId],
  },
  PackagePartLeftUnused: { municipality: 'gm0755', task: 'wsw', reason: note },
  PackagePartResumed: { municipality: 'gm0755', task: 'wsw' },
  LumpSumExpected: { ...lumpSum, expectation: note },
  LumpSumProposed: { ...lumpSum, years, keyId: ulid('08'), note },
  LumpSumDetermined: {
    ...lumpSum,
    years,
    keyId: ulid('08'),
    budgetId: ulid('09'),
    decisionIds: [decisionId],
    circumstances: note,
    note,
  },
  LumpSumWithdrawn: { lumpSumId: ulid('0A'), reason: note },
  AmountStated: {
    subject: 'beschut-extra-means',
    year: 2024,
    amountCents: '62500000',
    approximate: true,
    note,
  },
  DistributionKeySet: {
    keyId: ulid('08'),
    title: 'Objectieve verdeelsleutel',
    measure: 'Participatiebudget nieuwe doelgroepen',
    years: [2025, 2026],
    weights: [
      { municipality: 'gm0828', weight: '42.2' },
      { municipality: 'gm1721', weight: '0.5' },
    ],
    decisionIds: [decisionId],
  },
  IbnBudgetAdopted: {
    budgetId: ulid('09'),
    year: 2025,
    title: 'Begroting 2025',
    totalCents: '12345678901',
  },
  ShareholdingRecorded: {
    municipality: 'gm0828',
    organisation: 'x',
    kind: 'public',
    percent: '33.25',
    requiredByLaw: false,
    controlling: false,
    blocking: false,
  },
  CriterionAttested: {
    attestationId: ulid('0M'),
    part: 'decisive-influence',
    awardId: ulid('0A'),
    outcome: 'met',
    reasoning: note,
    evidenceHeld: true,
  },
  AttestationContested: { attestationId: ulid('0M'), awardId: ulid('0A'), reasoning: note },
  PluspakketInvoiced: {
    invoiceId: ulid('10'),
    number: '2025-0311',
    municipality: 'gm0828',
    contractId: ulid('11'),
    amountCents: '9999999999999',
    note,
    postings: posted([2025, 'pluspakket', 'debit'], [2025, 'payable', 'credit']),
  },
  WageCostSubsidyReported: {
    reportId: ulid('12'),
    municipality: 'gm0828',
    month: '2025-03',
    totalCents: '9999999999999',
    grantedCents: '1',
    note,
    postings: posted([2025, 'wage-cost-subsidy', 'debit'], [2025, 'payable', 'credit']),
  },
  PaymentMade: {
    paymentId: ulid('13'),
    municipality: 'gm0828',
    amountCents: '9999999999999',
    settles: { lumpSumId: ulid('0A') },
    note,
    postings: posted([2025, 'payable', 'debit'], [2025, 'bank', 'credit']),
  },
  CorrectionPosted: {
    correctionId: ulid('14'),
    corrects: eventId('06'),
    ofReversal: true,
    reason: note,
    postings: posted([2025, 'lump-sum', 'debit'], [2025, 'corrections', 'credit']),
  },
  BookingYearClosed: {
    year: 2025,
    note,
    postings: posted(
      [2025, 'payable', 'debit'],
      [2025, 'carried-forward', 'credit'],
      [2026, 'brought-forward', 'debit'],
      [2026, 'payable', 'credit'],
    ),
  },
  TurnoverReported: {
    turnoverId: ulid('15'),
    year: 2025,
    means: 'net-added-value',
    title: 'Omzet van opdrachtgevers',
    amountCents: '999999999999999',
    projection: true,
  },
  TurnoverClassified: { turnoverId: ulid('15'), class: 'controlled-entity', reasoning: note },
  MemberLeft: { municipality: 'gm0828', alsoLeavesGr: false, reason: note },
  AreaAgreementMade: {
    areaAgreementId: ulid('0E'),
    areaId: ulid('04'),
    title: 'Gezamenlijke intake',
    summary: note,
    conflicts: [{ decisionId, reasoning: note }],
  },
  AreaAgreementConflictNoted: { areaAgreementId: ulid('0E'), decisionId, reasoning: note },
  AreaAgreementEnded: { areaAgreementId: ulid('0E'), reason: note },
  PlusServiceOffered: {
    serviceId: ulid('0F'),
    name: 'Taallessen',
    description: note,
    targetGroup: 'other-language',
  },
  PlusServiceArranged: {
    serviceId: ulid('0F'),
    municipality: 'gm0755',
    provider: 'Vluchtelingenwerk Nederland',
    note,
  },
  PlusServiceEnded: { serviceId: ulid('0F'), municipality: 'gm0755', reason: note },
  PlusServiceMoved: { serviceId: ulid('0F'), decisionIds: [decisionId], scope: note },
  PlusContractConcluded: {
    contractId: ulid('0G'),
    title: 'Taallessen in Boekel',
    serviceId: ulid('0F'),
    areaId: ulid('04'),
    municipalities: ['gm0755'],
    organisations: ['waterschap-aa-en-maas'],
    task: 'voortrajecten',
    runsFrom: onDay('2023-09-01'),
    ...terms,
  },
  PlusContractAmended: { contractId: ulid('0G'), ...terms, reason: note },
  PlusContractShared: { contractId: ulid('0G') },
  PlusContractTerminated: { contractId: ulid('0G'), reason: note },
  PlusContractCompleted: { contractId: ulid('0G'), note },
  PilotStarted: {
    pilotId: ulid('0H'),
    areaId: ulid('04'),
    title: 'Participeren in Meierijstad',
    scenario: 'III',
    plannedUntil: { latest: '2024-07-01' },
    planDiscussedOn: { latest: '2021-06-30' },
    note,
  },
  PilotEvaluated: { pilotId: ulid('0H'), outcome: 'adapt', note },
  PilotEnded: { pilotId: ulid('0H'), how: 'made-structural', reason: note },
  ReferralRecorded: { referralId, person, municipality: 'gm0828', outcome: 'passed' },
  ReferralStepRecorded: { referralId, person, outcome: 'with-remarks' },
  PlacementRecorded: {
    placementId,
    person,
    municipality: 'gm0828',
    referralId,
    outcome: 'passed',
  },
  PlacementStepRecorded: { placementId, person, outcome: 'passed' },
  CircumstanceRecorded: {
    circumstanceId: ulid('0G'),
    person,
    municipality: 'gm1991',
    outcome: 'passed',
  },
  PersonErasureRequested: { erasureId: ulid('0N'), person, keyId: ulid('0D') },
  PersonErased: {
    erasureId: ulid('0N'),
    person,
    keyId: ulid('0D'),
    confirmedBy: ['keys', 'read-tables'],
  },
  PeriodTotalsReported: {
    reportId: ulid('0H'),
    municipality: 'gm0828',
    from: '2024-01-01',
    until: '2025-01-01',
    counts: [
      { measure: 'placed', count: 'hidden' },
      { measure: 'placed-beschut', count: '<5', partOf: 'placed' },
      { measure: 'referred', count: 17 },
    ],
  },
  FindingRecorded: {
    findingId: ulid('0B'),
    kind: 'rounding',
    severity: 'warning',
    description: note,
    rule: 'R8',
    decisionId,
    about: ['lump-sum:01j8zq4t5v6w7x8y9zabcdef0a'],
    foundIn: eventId('02'),
    figures: [{ name: 'difference', value: '-1 euro' }],
  },
  FindingResolved: { findingId: ulid('0B'), reason: note },
  OccurrenceRecorded: {
    occurrenceId: ulid('0C'),
    kind: 'evaluation',
    title: 'Evaluatie 2023–2024',
    note,
    endedOn: { latest: '2024-12-31' },
    about: ['municipality:gm0828'],
  },
  ...goalSamples(note),
};

/** Parts of the envelope that only some entries have. */
const envelopes: { readonly [T in EntryType]?: Partial<Omit<Entry, 'type' | 'data'>> } = {
  FactReversed: { reverses: eventId('01') },
  MemberJoined: {
    evidence: [{ source: 'S1', place: 'hoofdstuk 1', basis: 'stated' }],
  },
  DecisionAdopted: {
    actor: { id: 'clerk.7', office: 'clerk', municipality: 'gm1991' },
    correlation: eventId('03'),
    evidence: [
      {
        source: 'S3',
        place: '2.1',
        basis: 'inferred',
        reasoning: note,
        planned: true,
        learnedOn: { latest: '2021-06-30', wording: 'vóór de zomer' },
      },
      { source: 'CBS', basis: 'stated' },
    ],
  },
  FindingResolved: { restsOn: [eventId('04'), eventId('05')] },
  ReferralRecorded: { sealed },
  ReferralStepRecorded: { sealed },
  PlacementRecorded: { sealed },
  PlacementStepRecorded: { sealed },
  CircumstanceRecorded: { sealed },
  // A type without sealed fields of its own: the envelope reads them of any.
  OccurrenceRecorded: {
    sealed: [
      {
        field: 'remark',
        schema: 1,
        key: ulid('0D'),
        nonce: 'AAECAwQFBgcICQoL',
        sealed: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX',
      },
    ],
  },
};

/** The sample of a type in its newest version; always the same. */
export const sampleOf = (type: EntryType): Entry => {
  const digest = createHash('sha256').update(type).digest('hex');
  return {
    format: 1,
    id: `01980f0c-${digest.slice(0, 4)}-7${digest.slice(4, 7)}-8${digest.slice(7, 10)}-${digest.slice(10, 22)}`,
    type,
    version: currentVersion(type),
    recordedAt: '2026-01-31T23:59:59.999Z',
    validFrom: { earliest: '2021-07-01', latest: '2021-07-31', wording: 'juli 2021' },
    actor: { id: 'import', office: 'registrar' },
    command: { tag: digest, input: digest.split('').reverse().join('') },
    ...envelopes[type],
    data: sampleData[type],
  } as Entry;
};
