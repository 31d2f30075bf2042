/** What an event says, in one Dutch line for people. */
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';

const organs = { college: 'college', raad: 'raad' } as const;
const outcomes = {
  continue: 'doorgaan',
  adapt: 'aanpassen',
  stop: 'stoppen',
  done: 'uitgevoerd',
  'in-progress': 'in uitvoering',
  'not-done': 'niet uitgevoerd',
  unknown: 'uitkomst niet bekend',
  delivered: 'opgeleverd',
  'in-part': 'deels opgeleverd',
  deferred: 'uitgesteld',
  open: 'nog te doen',
} as const;
const listed = (codes: readonly string[]) => codes.join(', ');

const lines: { readonly [Type in EntryType]: (data: EntryFor<Type>['data']) => string } = {
  LedgerOpened: (data) => `Grootboek geopend: ${data.title}`,
  FactReversed: (data) => `${data.reversedType} teruggenomen: ${data.reason}`,
  LossAccepted: (data) => `Verlies van gebeurtenissen aanvaard: ${data.reason}`,
  LedgerMoved: (data) => `Grootboek verhuisd naar ${data.to}, na ${data.events} gebeurtenissen`,
  MemberJoined: (data) => `${data.name} neemt deel`,
  MunicipalitiesMerged: (data) => `${listed(data.predecessors)} gaan op in ${data.name}`,
  BodyEstablished: (data) => `Orgaan vastgelegd: ${data.name}`,
  RepresentativeAppointed: (data) =>
    `Zetel voor ${data.municipality ?? data.organisation ?? ''}: ${data.office}${data.chair ? ' (voorzitter)' : ''}`,
  RepresentativeWithdrawn: (data) => `Zetel vervallen: ${data.reason}`,
  ExecutionAreaFormed: (data) => `Uitvoeringsgebied ${data.name}`,
  ExecutionAreaEnded: (data) => `Uitvoeringsgebied beëindigd: ${data.reason}`,
  ScenarioChosen: (data) =>
    `Gebied werkt volgens scenario ${data.scenario}${data.pilot ? ' (pilot)' : ''}`,
  DecisionProposed: (data) =>
    `Voorstel${data.number === undefined ? '' : ` ${data.number}`}: ${data.title}`,
  DecisionAdvised: (data) =>
    `Advies van ${data.body}: ${data.outcome === 'positive' ? 'positief' : 'negatief'}`,
  DecisionDecided: (data) => `Besloten door ${data.body}`,
  DecisionAdopted: (data) =>
    `Vastgesteld door ${data.municipality}${data.organ === undefined ? '' : ` (${organs[data.organ]})`}`,
  DecisionRefused: (data) => `Afgewezen door ${data.municipality ?? data.body}`,
  DecisionWithdrawn: (data) => `Ingetrokken: ${data.reason}`,
  DecisionAmended: (data) => `Gewijzigd: ${data.reason}`,
  DecisionSuperseded: () => 'Opgevolgd door een ander besluit',
  DecisionEnded: (data) => `Beëindigd: ${data.reason}`,
  DecisionStepPlanned: (data) => `Gepland: ${data.step} door ${data.body}`,
  AgreementConcluded: (data) => data.title,
  AgreementPlanned: (data) => `Gepland: ${data.title}`,
  AgreementExtended: (data) => `Overeenkomst verlengd tot ${data.runsUntil.latest}: ${data.reason}`,
  AgreementEnded: (data) => `Overeenkomst beëindigd: ${data.reason}`,
  RuleSet: (data) => `Regel ${data.rule}: ${data.title}`,
  RuleEnded: (data) => `Regel ${data.rule} beëindigd: ${data.reason}`,
  PackageDetermined: (data) =>
    `Basispakket vastgesteld: ${data.tasks.length} taken, tot ${data.until}`,
  PackageChanged: (data) =>
    `Basispakket gewijzigd: ${data.added.length} erbij, ${data.removed.length} eraf`,
  PackagePartLeftUnused: (data) => `${data.municipality} gebruikt ${data.task} niet`,
  PackagePartResumed: (data) => `${data.municipality} gebruikt ${data.task} weer`,
  LumpSumExpected: (data) => `Verwachting over de lumpsum van ${data.from} tot ${data.until}`,
  LumpSumProposed: (data) => `Lumpsum voorgesteld van ${data.from} tot ${data.until}`,
  LumpSumDetermined: (data) => `Lumpsum vastgesteld van ${data.from} tot ${data.until}`,
  LumpSumWithdrawn: (data) => `Lumpsumvoorstel ingetrokken: ${data.reason}`,
  AmountStated: (data) => `Bedrag genoemd: ${data.subject} ${data.year}`,
  DistributionKeySet: (data) => `Verdeelsleutel: ${data.title}`,
  IbnBudgetAdopted: (data) => `Begroting van IBN: ${data.title}`,
  ShareholdingRecorded: (data) =>
    `${data.municipality ?? data.organisation ?? ''} houdt ${data.percent.replace('.', ',')} % van IBN`,
  CriterionAttested: (data) =>
    `Oordeel over ${data.part}: ${data.outcome === 'met' ? 'voldaan' : 'niet voldaan'}${data.evidenceHeld ? '' : ' (zonder bewijs)'}`,
  AttestationContested: (data) => `Oordeel betwist: ${data.reasoning}`,
  PluspakketInvoiced: (data) => `Factuur ${data.number} aan ${data.municipality}`,
  WageCostSubsidyReported: (data) =>
    `Loonkostensubsidies van ${data.municipality} over ${data.month}`,
  PaymentMade: (data) => `Betaling door ${data.municipality}`,
  CorrectionPosted: (data) => `Correctie geboekt: ${data.reason}`,
  BookingYearClosed: (data) => `Boekjaar ${data.year} gesloten`,
  TurnoverReported: (data) =>
    `Omzet van IBN ${data.year}${data.projection ? ' (raming)' : ''}: ${data.title}`,
  TurnoverClassified: (data) => `Omzet beoordeeld als ${data.class}`,
  MemberLeft: (data) =>
    `${data.municipality} verlaat het partnership${data.alsoLeavesGr ? ' en de GR' : ''}`,
  AreaAgreementMade: (data) => `Gebiedsafspraak: ${data.title}`,
  AreaAgreementConflictNoted: () => 'Gebiedsafspraak in strijd met een besluit',
  AreaAgreementEnded: (data) => `Gebiedsafspraak beëindigd: ${data.reason}`,
  PlusServiceOffered: (data) => `Plusdienst aangeboden: ${data.name}`,
  PlusServiceArranged: (data) => `${data.provider} geeft een plusdienst in ${data.municipality}`,
  PlusServiceEnded: (data) =>
    `Plusdienst beëindigd${data.municipality === undefined ? '' : ` in ${data.municipality}`}: ${data.reason}`,
  PlusServiceMoved: () => 'Plusdienst overgebracht naar het basispakket',
  PlusContractConcluded: (data) => `Pluspakketcontract: ${data.title}`,
  PlusContractAmended: (data) => `Pluspakketcontract gewijzigd: ${data.reason}`,
  PlusContractShared: () => 'Pluspakketcontract gedeeld in de ambtelijke stuurgroep',
  PlusContractTerminated: (data) => `Pluspakketcontract opgezegd: ${data.reason}`,
  PlusContractCompleted: () => 'Pluspakketcontract uitgevoerd',
  PilotStarted: (data) => `Pilot begonnen: ${data.title}`,
  PilotEvaluated: (data) => `Pilot geëvalueerd: ${outcomes[data.outcome]}`,
  PilotEnded: (data) =>
    `Pilot ${data.how === 'ended' ? 'beëindigd' : 'blijvend gemaakt'}: ${data.reason}`,
  IndicatorAgreed: (data) => `Indicator: ${data.title}`,
  ResultReported: (data) =>
    `Resultaat van ${data.from} tot ${data.until}${data.value === undefined ? '' : `: ${data.approximate ? 'ongeveer ' : ''}${data.value}`}`,
  StaffRatioReported: (data) => `Verhouding doelgroep – regulier: ${data.targetPerRegular} : 1`,
  EvaluationHeld: (data) => `Evaluatie: ${data.title}`,
  ActionPointSet: (data) => `Actiepunt: ${data.title}`,
  ActionPointReported: (data) => `Stand van een actiepunt: ${outcomes[data.outcome]}`,
  OptionRejected: (data) => `Besproken en niet gekozen: ${data.title}`,
  AssignmentGiven: (data) => `Opdracht: ${data.title}`,
  SubAssignmentReported: (data) => `Deelopdracht ${data.number}: ${outcomes[data.outcome]}`,
  AssignmentDelivered: (data) => `Opdracht opgeleverd: ${data.title}`,
  PracticeSet: (data) => data.title,
  ReferralRecorded: (data) => `Aanmelding vastgelegd (${data.municipality})`,
  ReferralStepRecorded: () => 'Stap in een aanmelding vastgelegd',
  PlacementRecorded: (data) => `Plaatsing vastgelegd (${data.municipality})`,
  PlacementStepRecorded: () => 'Stap in een plaatsing vastgelegd',
  CircumstanceRecorded: (data) => `Gegeven over een persoon vastgelegd (${data.municipality})`,
  PersonErasureRequested: () => 'Wissen van een persoon gevraagd',
  PersonErased: () => 'Gegevens van een persoon gewist',
  PeriodTotalsReported: (data) =>
    `Totalen gemeld door ${data.municipality} van ${data.from} tot ${data.until}`,
  FindingRecorded: (data) => `Bevinding: ${data.description}`,
  FindingResolved: (data) => `Bevinding opgelost: ${data.reason}`,
  OccurrenceRecorded: (data) => data.title,
};

export const describe = (entry: Entry): string =>
  (lines[entry.type] as (data: Entry['data']) => string)(entry.data);
