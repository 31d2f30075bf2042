/** What is about a person, and counts of them. */
import { kindsOf } from './kind.ts';

export const peopleKinds = kindsOf({
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
    rule: 'R23',
    severity: 'warning',
    meaning: 'Toegekende subsidie boven het wettelijk maximum',
  },
});
