/** What an event says, in one Dutch line for people. */
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';

const organs = { college: 'college', raad: 'raad' } as const;
const listed = (codes: readonly string[]) => codes.join(', ');

const lines: { readonly [Type in EntryType]: (data: EntryFor<Type>['data']) => string } = {
  LedgerOpened: (data) => `Grootboek geopend: ${data.title}`,
  FactReversed: (data) => `${data.reversedType} teruggenomen: ${data.reason}`,
  LossAccepted: (data) => `Verlies van gebeurtenissen aanvaard: ${data.reason}`,
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
  LumpSumExpected: (data) => `Verwachting over de lumpsum ${data.from} – ${data.until}`,
  LumpSumProposed: (data) => `Lumpsum voorgesteld voor ${data.from} – ${data.until}`,
  LumpSumDetermined: (data) => `Lumpsum vastgesteld voor ${data.from} – ${data.until}`,
  LumpSumWithdrawn: (data) => `Lumpsumvoorstel ingetrokken: ${data.reason}`,
  AmountStated: (data) => `Bedrag genoemd: ${data.subject} ${data.year}`,
  DistributionKeySet: (data) => `Verdeelsleutel: ${data.title}`,
  IbnBudgetAdopted: (data) => `Begroting van IBN: ${data.title}`,
  ReferralRecorded: (data) => `Aanmelding vastgelegd (${data.municipality})`,
  ReferralStepRecorded: () => 'Stap in een aanmelding vastgelegd',
  PlacementRecorded: (data) => `Plaatsing vastgelegd (${data.municipality})`,
  PlacementStepRecorded: () => 'Stap in een plaatsing vastgelegd',
  CircumstanceRecorded: (data) => `Gegeven over een persoon vastgelegd (${data.municipality})`,
  PeriodTotalsReported: (data) =>
    `Totalen gemeld door ${data.municipality} over ${data.from} – ${data.until}`,
  FindingRecorded: (data) => `Bevinding: ${data.description}`,
  FindingResolved: (data) => `Bevinding opgelost: ${data.reason}`,
  OccurrenceRecorded: (data) => data.title,
};

export const describe = (entry: Entry): string =>
  (lines[entry.type] as (data: Entry['data']) => string)(entry.data);
