/** Decisions, bodies, the basispakket, pilots, goals. */
import { kindsOf } from './kind.ts';

export const governanceKinds = kindsOf({
  // --- decisions
  'advised-by-another-body': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Niet de ambtelijke stuurgroep adviseerde',
  },
  'advised-after-decision': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Het advies kwam na het besluit',
  },
  'advice-missing': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Van een besluit is geen advies vastgelegd',
  },
  'decided-by-another-body': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Niet het bestuurlijk overleg besloot',
  },
  'adopted-before-decision': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Een deelnemer stelde vast voordat was besloten',
  },
  'successor-not-in-force': {
    rule: 'R1',
    severity: 'warning',
    meaning: 'Het besluit dat opvolgt, is niet van kracht',
  },
  'decision-not-in-force': {
    severity: 'warning',
    meaning: 'Iets rust op een besluit dat dan niet van kracht is',
  },
  // --- bodies
  'member-not-represented': {
    severity: 'warning',
    meaning: 'Een deelnemer heeft geen vastgelegde zetel',
  },
  // --- basispakket
  'period-overlap': { rule: 'R2', severity: 'warning', meaning: 'Twee periodes overlappen' },
  'period-gap': { rule: 'R2', severity: 'warning', meaning: 'Tussen twee periodes zit een gat' },
  'period-length': {
    rule: 'R2',
    severity: 'warning',
    meaning: 'Een periode is langer of korter dan de regel zegt',
  },
  'package-incomplete': {
    rule: 'R2',
    severity: 'warning',
    meaning: 'Van een basispakket ontbreekt omvang, resultaat of prijs',
  },
  'no-compelling-circumstances': {
    rule: 'R3',
    severity: 'warning',
    meaning: 'Tussentijds gewijzigd zonder zwaarwegende omstandigheden',
  },
  'no-joint-decision': {
    rule: 'R4',
    severity: 'warning',
    meaning: 'Het basispakket wijzigde zonder gezamenlijk besluit',
  },
  'part-left-unused': {
    rule: 'R5',
    severity: 'note',
    meaning: 'Een deelnemer gebruikt een deel niet en betaalt mee',
  },
  // --- pilots, areas, leaving
  'pilot-plan-not-discussed': {
    rule: 'R11',
    severity: 'warning',
    meaning: 'Het plan van een pilot is niet vooraf in het bestuurlijk overleg besproken',
  },
  'pilot-too-long': {
    rule: 'R11',
    severity: 'warning',
    meaning: 'Een pilot is langer gepland dan de regel zegt',
  },
  'pilot-past-limit': {
    rule: 'R11',
    severity: 'warning',
    meaning: 'Een pilot loopt langer dan de regel zegt',
  },
  'pilot-not-evaluated': {
    rule: 'R11',
    severity: 'warning',
    meaning: 'Een pilot is voorbij en niet geëvalueerd',
  },
  'area-agreement-conflict': {
    rule: 'R20',
    severity: 'error',
    meaning: 'Een gebiedsafspraak is in strijd met het bestuurlijk overleg',
  },
  'leaves-without-gr': {
    rule: 'R19',
    severity: 'warning',
    meaning: 'Een gemeente verlaat het partnership en blijft in de GR',
  },
  // --- goals, evaluations, assignments
  'indicator-agreed-late': {
    rule: 'R17',
    severity: 'warning',
    meaning: 'Een doel is afgesproken toen de periode al liep',
  },
  'evaluation-without-proposal': {
    rule: 'R17',
    severity: 'warning',
    meaning: 'Een evaluatie zonder financieel voorstel voor de jaren erna',
  },
  'evaluation-overdue': {
    rule: 'R17',
    severity: 'warning',
    meaning: 'De termijn voor een evaluatie is voorbij',
  },
  'ratio-not-reported': {
    rule: 'R18',
    severity: 'warning',
    meaning: 'Over een jaar is de verhouding doelgroep – regulier niet vastgelegd',
  },
  'regular-staff-outnumbers': {
    rule: 'R18',
    severity: 'warning',
    meaning: 'Er zijn meer reguliere medewerkers dan medewerkers uit de doelgroep',
  },
  'target-missed': { severity: 'warning', meaning: 'Een doel is niet gehaald' },
  'action-point-open': {
    severity: 'note',
    meaning: 'Een actiepunt was na zijn periode niet uitgevoerd',
  },
  'plan-not-met': { severity: 'note', meaning: 'Een opdracht was niet op de geplande datum klaar' },
});
