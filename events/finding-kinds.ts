/**
 * The catalogue of findings: every kind there is, the rule it is about, how grave it is, and what
 * it means. A finding that is noted by hand about a source may have a kind of its own.
 */
interface FindingKind {
  /** Absent: about no rule, or about one that differs from case to case. */
  readonly rule?: string;
  readonly severity: 'note' | 'warning' | 'error';
  /** In Dutch. */
  readonly meaning: string;
}

const kindsOf = <const Kinds extends Readonly<Record<string, FindingKind>>>(kinds: Kinds) => kinds;

export const findingKinds = kindsOf({
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
  // --- lump sum
  'amount-unknown': { rule: 'R6', severity: 'warning', meaning: 'Een lumpsum zonder bedrag' },
  'no-budget-reference': {
    rule: 'R6',
    severity: 'warning',
    meaning: 'Vastgesteld zonder begroting van IBN ernaast',
  },
  'no-decision': {
    rule: 'R6',
    severity: 'warning',
    meaning: 'Vastgesteld zonder genoemd besluit',
  },
  'year-without-amount': {
    rule: 'R6',
    severity: 'warning',
    meaning: 'Een jaar van de periode heeft geen bedrag',
  },
  'shares-unknown': {
    rule: 'R8',
    severity: 'warning',
    meaning: 'De aandelen per gemeente zijn niet bekend',
  },
  'rows-differ-from-total': {
    rule: 'R8',
    severity: 'warning',
    meaning: 'De aandelen tellen niet op tot het genoemde totaal',
  },
  'shares-differ-from-key': {
    rule: 'R8',
    severity: 'warning',
    meaning: 'De aandelen wijken af van de verdeelsleutel',
  },
  'member-without-share': {
    rule: 'R8',
    severity: 'warning',
    meaning: 'Een deelnemer heeft geen aandeel',
  },
  'years-not-by-one-key': {
    rule: 'R8',
    severity: 'note',
    meaning: 'Eén sleutel verklaart niet beide jaren',
  },
  'adjusted-afterwards': {
    rule: 'R9',
    severity: 'warning',
    meaning: 'Een lumpsum is achteraf aangepast',
  },
  // --- awarding without a tender
  'criterion-not-shown': {
    rule: 'R22',
    severity: 'warning',
    meaning: 'Een criterium voor quasi-inbesteden is niet aangetoond',
  },
  'criterion-not-met': {
    rule: 'R22',
    severity: 'error',
    meaning: 'Aan een criterium voor quasi-inbesteden is niet voldaan',
  },
  // --- money
  'paid-more-than-owed': {
    severity: 'warning',
    meaning: 'Een gemeente betaalde meer dan zij hierop schuldig is',
  },
  'subsidy-not-reimbursed-in-full': {
    rule: 'R15',
    severity: 'warning',
    meaning: 'Loonkostensubsidie is niet vergoed zoals zij is verleend',
  },
  'means-differ-from-total': {
    rule: 'R21',
    severity: 'warning',
    meaning: 'De middelen in een begroting tellen niet op tot haar totaal',
  },
  // --- pluspakket
  'contract-term-missing': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Een pluspakketcontract mist een afspraak uit de modelovereenkomst',
  },
  'price-unknown': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Van een pluspakketcontract is kostprijs of prijs niet bekend',
  },
  'price-off-rule': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'De prijs is niet de kostprijs met de opslag',
  },
  'client-unknown': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Wie een pluspakketcontract afneemt, is niet bekend',
  },
  'purpose-not-fitted': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Een pluspakketcontract past niet bij het doel van IBN',
  },
  'purpose-not-judged': {
    rule: 'R10',
    severity: 'note',
    meaning: 'Of een pluspakketcontract bij het doel van IBN past, is niet beoordeeld',
  },
  'already-in-package': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Wat als pluspakket wordt afgesproken, zit al in het basispakket',
  },
  'termination-not-agreed': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Tussentijds opgezegd zonder dat daarover iets is afgesproken',
  },
  'contract-not-shared': {
    rule: 'R10',
    severity: 'warning',
    meaning: 'Een pluspakketcontract is niet gedeeld in de ambtelijke stuurgroep',
  },
  'other-language-moved': {
    rule: 'R16',
    severity: 'warning',
    meaning: 'Een dienst aan anderstaligen ging over naar het basispakket',
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
  // --- what was taken back
  'rests-on-reversed': {
    severity: 'warning',
    meaning: 'Iets rust op een feit dat is teruggenomen',
  },
  // --- sources
  'source-conflict': { severity: 'note', meaning: 'Twee bronnen spreken elkaar tegen' },
  'ambiguous-source': { severity: 'note', meaning: 'Een bron is op twee manieren te lezen' },
  'undated-source': { severity: 'note', meaning: 'Een bron noemt geen datum' },
  'date-unknown': { severity: 'note', meaning: 'Van een feit is de datum niet bekend' },
  'not-in-sources': { severity: 'note', meaning: 'De bronnen zeggen hier niets over' },
  'document-not-held': { severity: 'note', meaning: 'Een stuk bestaat, maar is hier niet' },
  'document-incomplete': { severity: 'note', meaning: 'Van een stuk ontbreekt een deel' },
  'statement-without-evidence': { severity: 'note', meaning: 'Een bewering zonder bewijs' },
  'rounded-amount': { severity: 'note', meaning: 'Een bedrag is elders afgerond' },
  'not-comparable': { severity: 'note', meaning: 'Twee cijfers zijn niet vergelijkbaar' },
  'expectation-differs': { severity: 'note', meaning: 'Het liep anders dan verwacht' },
});

export type FindingKindName = keyof typeof findingKinds;

/** Rule and severity of a kind. */
export const findingKind = (kind: FindingKindName): FindingKind => findingKinds[kind];
