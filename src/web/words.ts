/** Dutch words for what the ledger's answers name in English. */
import { findingKinds } from '../../events/finding-kinds/index.ts';
import type { Tone } from './parts.ts';
import { terms } from './terms.ts';

type Words = Readonly<Record<string, string>>;

const decisionStatus: Words = {
  proposed: 'voorgesteld',
  advised: 'advies gegeven',
  decided: 'besloten',
  adopted: 'vastgesteld',
  'in-force': 'van kracht',
  refused: 'afgewezen',
  withdrawn: 'ingetrokken',
  superseded: 'opgevolgd',
  ended: 'beëindigd',
};

export const decisionStatuses = Object.keys(decisionStatus);

const lumpSumStatus: Words = {
  expected: 'verwacht',
  proposed: 'voorstel, niet vastgesteld',
  determined: 'vastgesteld',
  withdrawn: 'ingetrokken',
};

const result: Words = { met: 'voldaan', 'not-met': 'niet voldaan', 'not-shown': 'niet aangetoond' };

const criterion: Words = {
  control: 'Toezicht',
  activity: 'Activiteit',
  'no-private-capital': 'Geen privékapitaal',
  'deciding-bodies': 'Beslissende organen',
  'decisive-influence': 'Beslissende invloed',
  'no-contrary-interests': 'Geen tegengesteld belang',
};

const severity: Words = { note: 'opmerking', warning: 'waarschuwing', error: 'fout' };

const authority: Words = {
  decision: 'besluit',
  agreement: 'afspraak',
  advice: 'advies',
  explanation: 'toelichting',
  law: 'wet',
  design: 'eigen keuze',
};

const awardKind: Words = {
  'lump-sum': 'lumpsum',
  'pluspakket-contract': 'pluspakketcontract',
  pilot: 'pilot',
  partnership: 'partnership',
};

const step: Words = {
  proposed: 'Voorgesteld',
  advised: 'Advies',
  decided: 'Besloten',
  adopted: 'Vastgesteld',
  amended: 'Gewijzigd',
  refused: 'Afgewezen',
  withdrawn: 'Ingetrokken',
  superseded: 'Opgevolgd',
  ended: 'Beëindigd',
  planned: 'Gepland',
  propose: 'Voorstellen',
  advise: 'Adviseren',
  decide: 'Besluiten',
  adopt: 'Vaststellen',
  'take-effect': 'Ingaan',
};

const basis: Words = { stated: 'genoemd', inferred: 'afgeleid', planned: 'gepland' };

const outcome: Words = {
  taken: 'gezet',
  missed: 'niet op tijd gezet',
  awaited: 'nog te zetten',
  lapsed: 'vervallen',
  positive: 'positief',
  negative: 'negatief',
  done: 'uitgevoerd',
  'in-progress': 'in uitvoering',
  'not-done': 'niet uitgevoerd',
  unknown: 'niet bekend',
  delivered: 'opgeleverd',
  'in-part': 'deels opgeleverd',
  deferred: 'uitgesteld',
  open: 'nog te doen',
};

const contractState: Words = {
  concluded: 'gesloten',
  running: 'loopt',
  expired: 'looptijd voorbij',
  completed: 'uitgevoerd',
  terminated: 'opgezegd',
  'on-offer': 'in aanbod',
  'in-package': 'in het basispakket',
  ended: 'gestopt',
  'made-structural': 'blijvend gemaakt',
};

const account: Words = {
  payable: 'te betalen aan IBN',
  'lump-sum': 'lumpsum',
  pluspakket: 'pluspakket',
  'wage-cost-subsidy': 'loonkostensubsidie',
  bank: 'betaald',
  'carried-forward': 'naar volgend jaar',
  'brought-forward': 'uit vorig jaar',
  corrections: 'correctie',
};

const body: Words = {
  stuurgroep: 'ambtelijke stuurgroep',
  'bestuurlijk-overleg': 'bestuurlijk overleg',
  college: 'college',
  raad: 'raad',
  'project-group': 'projectgroep',
  'working-group': 'werkgroep',
  'ibn-board': 'directie van IBN',
};

const origin: Words = { published: 'zoals gepubliceerd', computed: 'berekend' };

const mode: Words = {
  take: 'een stap die nu wordt gezet (een regel kan weigeren)',
  register: 'wat een bron zegt dat is gebeurd (bron nodig)',
};

const change: Words = { added: 'erbij', removed: 'eraf', changed: 'anders' };

/** Of what is recorded about a person. */
const aboutPerson: Words = {
  referred: 'aangemeld',
  'own-application': 'zelf gesolliciteerd',
  'supply-led': 'aanbodgericht',
  'demand-led': 'vraaggericht',
  sufficient: 'voldoende',
  insufficient: 'onvoldoende',
  dutch: 'Nederlands',
  other: 'anders',
  beschut: 'beschut werk',
  participation: 'participatiewerk',
  temporary: 'tijdelijk',
  structural: 'blijvend',
  ibn: 'IBN',
  elsewhere: 'elders',
  'voortraject-started': 'voortraject begonnen',
  'voortraject-ended': 'voortraject afgerond',
  'loonwaarde-estimated': 'loonwaarde geschat',
  'loonwaarde-measured': 'loonwaarde gemeten',
  chosen: 'gekozen',
  declined: 'niet gekozen',
  extended: 'verlengd',
  'subsidy-granted': 'loonkostensubsidie toegekend',
  'subsidy-changed': 'loonkostensubsidie gewijzigd',
  outflow: 'uitgestroomd',
  returned: 'teruggekeerd',
  'regular-work': 'gewoon werk',
  education: 'opleiding',
  'contract-end': 'einde contract',
  'own-request': 'op eigen verzoek',
  illness: 'ziekte',
  retirement: 'pensioen',
  moved: 'verhuisd',
  deceased: 'overleden',
  'indication-granted': 'indicatie afgegeven',
  'withdrawal-advised': 'intrekken geadviseerd',
  'indication-withdrawn': 'indicatie ingetrokken',
  'caseload-taken-over': 'overgenomen met een eerdere indicatie',
  'too-ill': 'te ziek om te werken',
  'able-again': 'weer in staat om te werken',
  'job-lost': 'werk verloren',
  'no-indication': 'geen indicatie',
};

const question: Words = {
  members: 'Deelnemers',
  bodies: 'Organen',
  areas: 'Uitvoeringsgebieden',
  decisions: 'Besluiten',
  agreements: 'Overeenkomsten',
  rules: 'Regels',
  package: 'Basispakket',
  'lump-sums': 'Lumpsum',
  'distribution-keys': 'Verdeelsleutels',
  budgets: 'Begrotingen',
  'stated-amounts': 'Genoemde bedragen',
  indicators: 'Doelen en indicatoren',
  'staff-ratios': 'Verhouding doelgroep en regulier',
  evaluations: 'Evaluaties',
  'action-points': 'Actiepunten',
  options: 'Niet gekozen mogelijkheden',
  assignments: 'Opdrachten',
  practices: 'Werkwijzen',
  occurrences: 'Voorvallen',
  shareholdings: 'Aandeelhouders',
  attestations: 'Oordelen',
  awards: 'Gunningen',
  compliance: 'Dossier quasi-inbesteden',
  'plus-services': 'Plusdiensten',
  'pluspakket-contracts': 'Pluspakketcontracten',
  pilots: 'Pilots',
  'area-agreements': 'Gebiedsafspraken',
  balances: 'Saldi',
  'pluspakket-invoices': 'Facturen',
  'wage-cost-subsidies': 'Loonkostensubsidies',
  payments: 'Betalingen',
  corrections: 'Correcties',
  'booking-years': 'Boekjaren',
  turnover: 'Omzet van IBN',
  referrals: 'Aanmeldingen',
  placements: 'Plaatsingen',
  circumstances: 'Omstandigheden van personen',
  'period-totals': 'Periodetotalen',
  'placement-counts': 'Aantallen plaatsingen',
  findings: 'Bevindingen',
  events: 'Gebeurtenissen terugnemen',
  'agreement-plans': 'Geplande overeenkomsten',
  'package-parts': 'Gebruik van het basispakket',
  'lump-sum-expectations': 'Verwachtingen over de lumpsum',
};

const all = {
  aboutPerson,
  account,
  authority,
  awardKind,
  basis,
  body,
  change,
  contractState,
  criterion,
  decisionStatus,
  lumpSumStatus,
  mode,
  origin,
  outcome,
  question,
  result,
  severity,
  step,
};

/** The Dutch word; the name itself where there is none. */
export const word = (kind: keyof typeof all, name: string): string => all[kind][name] ?? name;

const meanings: Words = Object.fromEntries(
  Object.entries(findingKinds).map(([kind, { meaning }]) => [kind, meaning]),
);

/** Where several say it, as it is said of a decision; a step has a capital, and comes last. */
const anywhere: Words = Object.assign(
  {},
  terms,
  meanings,
  step,
  ...Object.values(all).filter((words) => words !== step),
  decisionStatus,
) as Words;

/** The Dutch word for a name wherever it stands; the name itself where there is none. */
export const anyWord = (name: string): string => anywhere[name] ?? name;

export const tones: Readonly<Record<string, Tone>> = {
  'in-force': 'positive',
  determined: 'positive',
  met: 'positive',
  running: 'positive',
  'on-offer': 'positive',
  done: 'positive',
  proposed: 'warning',
  expected: 'warning',
  'not-shown': 'warning',
  warning: 'warning',
  missed: 'warning',
  expired: 'warning',
  'not-met': 'negative',
  refused: 'negative',
  error: 'negative',
  terminated: 'negative',
  'not-done': 'negative',
};

/** Sources of the shipped history, by their short name. */
const sources: Words = {
  S0: 'Besluiten bestuurlijk overleg, 27 januari 2021 (S0)',
  S1: 'Evaluatie 2023-2024 en voorstel 2025-2026 (S1)',
  S2: 'Vragen en antwoorden over het partnership (S2)',
  S3: 'Eindrapport van de opdracht, 27 januari 2021 (S3)',
  S4: 'Bestuurlijke opdracht, 3 juli 2019 (S4)',
};
export const source = (name: string): string => sources[name] ?? name;
