/** Lump sums, what is posted, contracts. */
import { kindsOf } from './kind.ts';

export const moneyKinds = kindsOf({
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
});
