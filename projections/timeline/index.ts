/** What an event says, in one Dutch line for people. */
import type { Entry } from '../../events/index.ts';

const organs = { college: 'college', raad: 'raad' } as const;
const listed = (codes: readonly string[]) => codes.join(', ');

export const describe = (entry: Entry): string => {
  switch (entry.type) {
    case 'LedgerOpened':
      return `Grootboek geopend: ${entry.data.title}`;
    case 'FactReversed':
      return `${entry.data.reversedType} teruggenomen: ${entry.data.reason}`;
    case 'LossAccepted':
      return `Verlies van gebeurtenissen aanvaard: ${entry.data.reason}`;
    case 'MemberJoined':
      return `${entry.data.name} neemt deel`;
    case 'MunicipalitiesMerged':
      return `${listed(entry.data.predecessors)} gaan op in ${entry.data.name}`;
    case 'BodyEstablished':
      return `Orgaan vastgelegd: ${entry.data.name}`;
    case 'RepresentativeAppointed':
      return `Zetel voor ${entry.data.municipality ?? entry.data.organisation ?? ''}: ${entry.data.office}${entry.data.chair ? ' (voorzitter)' : ''}`;
    case 'RepresentativeWithdrawn':
      return `Zetel vervallen: ${entry.data.reason}`;
    case 'ExecutionAreaFormed':
      return `Uitvoeringsgebied ${entry.data.name}`;
    case 'ExecutionAreaEnded':
      return `Uitvoeringsgebied beëindigd: ${entry.data.reason}`;
    case 'ScenarioChosen':
      return `Gebied werkt volgens scenario ${entry.data.scenario}${entry.data.pilot ? ' (pilot)' : ''}`;
    case 'DecisionProposed':
      return `Voorstel${entry.data.number === undefined ? '' : ` ${entry.data.number}`}: ${entry.data.title}`;
    case 'DecisionAdvised':
      return `Advies van ${entry.data.body}: ${entry.data.outcome === 'positive' ? 'positief' : 'negatief'}`;
    case 'DecisionDecided':
      return `Besloten door ${entry.data.body}`;
    case 'DecisionAdopted':
      return `Vastgesteld door ${entry.data.municipality}${entry.data.organ === undefined ? '' : ` (${organs[entry.data.organ]})`}`;
    case 'DecisionRefused':
      return `Afgewezen door ${entry.data.municipality ?? entry.data.body}`;
    case 'DecisionWithdrawn':
      return `Ingetrokken: ${entry.data.reason}`;
    case 'DecisionAmended':
      return `Gewijzigd: ${entry.data.reason}`;
    case 'DecisionSuperseded':
      return 'Opgevolgd door een ander besluit';
    case 'DecisionEnded':
      return `Beëindigd: ${entry.data.reason}`;
    case 'DecisionStepPlanned':
      return `Gepland: ${entry.data.step} door ${entry.data.body}`;
    case 'AgreementConcluded':
      return entry.data.title;
    case 'AgreementExtended':
      return `Overeenkomst verlengd tot ${entry.data.runsUntil.latest}: ${entry.data.reason}`;
    case 'AgreementEnded':
      return `Overeenkomst beëindigd: ${entry.data.reason}`;
    case 'RuleSet':
      return `Regel ${entry.data.rule}: ${entry.data.title}`;
    case 'RuleEnded':
      return `Regel ${entry.data.rule} beëindigd: ${entry.data.reason}`;
    case 'PackageDetermined':
      return `Basispakket vastgesteld: ${entry.data.tasks.length} taken, tot ${entry.data.until}`;
    case 'PackageChanged':
      return `Basispakket gewijzigd: ${entry.data.added.length} erbij, ${entry.data.removed.length} eraf`;
    case 'PackagePartLeftUnused':
      return `${entry.data.municipality} gebruikt ${entry.data.task} niet`;
    case 'PackagePartResumed':
      return `${entry.data.municipality} gebruikt ${entry.data.task} weer`;
    case 'LumpSumExpected':
      return `Verwachting over de lumpsum ${entry.data.from} – ${entry.data.until}`;
    case 'LumpSumProposed':
      return `Lumpsum voorgesteld voor ${entry.data.from} – ${entry.data.until}`;
    case 'LumpSumDetermined':
      return `Lumpsum vastgesteld voor ${entry.data.from} – ${entry.data.until}`;
    case 'LumpSumWithdrawn':
      return `Lumpsumvoorstel ingetrokken: ${entry.data.reason}`;
    case 'AmountStated':
      return `Bedrag genoemd: ${entry.data.subject} ${entry.data.year}`;
    case 'DistributionKeySet':
      return `Verdeelsleutel: ${entry.data.title}`;
    case 'IbnBudgetAdopted':
      return `Begroting van IBN: ${entry.data.title}`;
    case 'FindingRecorded':
      return `Bevinding: ${entry.data.description}`;
    case 'FindingResolved':
      return `Bevinding opgelost: ${entry.data.reason}`;
    case 'OccurrenceRecorded':
      return entry.data.title;
  }
};
