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
  // --- people
  'person-record-with-remarks': {
    severity: 'warning',
    meaning: 'Bij een vastlegging over een persoon hoort een verzegelde opmerking',
  },
  'demand-led-without-skills': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Vraaggericht zonder werknemersvaardigheden',
  },
  'demand-led-with-voortraject': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Vraaggericht met een voortraject',
  },
  'demand-led-loonwaarde': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Vraaggericht met een loonwaarde buiten de grenzen, of zonder',
  },
  'demand-led-not-soon': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Vraaggericht zonder snel te kunnen beginnen',
  },
  'demand-led-not-fitting': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Vraaggericht zonder bij de vacature te passen',
  },
  'applied-without-vacancy': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Zelf gereageerd, maar niet op een vacature',
  },
  'placed-without-referral': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Geplaatst zonder aanmelding',
  },
  'placed-without-choice': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Geplaatst zonder keuze van IBN',
  },
  'placed-without-voortraject': {
    rule: 'R12',
    severity: 'warning',
    meaning: 'Geplaatst zonder het voortraject dat nodig was',
  },
  'structural-too-soon': {
    rule: 'R13',
    severity: 'warning',
    meaning: 'Structureel voordat uitstroom onmogelijk is gebleken',
  },
  'beschut-without-indication': {
    rule: 'R14',
    severity: 'warning',
    meaning: 'Beschut werk zonder indicatie',
  },
  'beschut-while-too-ill': {
    rule: 'R14',
    severity: 'warning',
    meaning: 'Beschut werk van wie te ziek is om te werken',
  },
  'caseload-before-the-rule': {
    rule: 'R14',
    severity: 'warning',
    meaning: 'De overdracht van een indicatie van eerder staat open',
  },
  'beschut-subsidy-differs': {
    rule: 'R15',
    severity: 'warning',
    meaning: 'Subsidie voor beschut werk wijkt af van het vaste percentage',
  },
  'subsidy-not-in-full': {
    rule: 'R15',
    severity: 'warning',
    meaning: 'De toegekende subsidie wordt niet volledig vergoed',
  },
  'subsidy-above-maximum': {
    rule: 'R22',
    severity: 'warning',
    meaning: 'Toegekende subsidie boven het wettelijk maximum',
  },
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
