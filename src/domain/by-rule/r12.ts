/**
 * R12: the ways into a contract. Supply-led: IBN finds a workplace, after a voortraject where one
 * is needed. Demand-led: a vacancy leads, and the candidate is ready for it. IBN chooses.
 */
import type { ReferralDetails } from '../../../events/people.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r12 = ruleOf('R12');

/** An own application is to a vacancy; who comes by a vacancy is ready for it. */
export const referralBreaches = (
  books: Books,
  details: ReferralDetails,
  date: string,
): readonly Breach[] => [
  ...(details.route === 'own-application' && details.direction === 'supply-led'
    ? [
        r12.breach(
          'applied-without-vacancy',
          'Wie zelf reageert, reageert op een vacature van IBN.',
        ),
      ]
    : []),
  ...(details.direction === 'demand-led' ? demandLedBreaches(books, details, date) : []),
];

/** @param details as known now, the last estimate included */
const demandLedBreaches = (
  books: Books,
  details: ReferralDetails,
  date: string,
): readonly Breach[] => [
  ...(details.workSkills === 'sufficient'
    ? []
    : [
        r12.breach(
          'demand-led-without-skills',
          'Vraaggericht vraagt werknemersvaardigheden van de kandidaat.',
        ),
      ]),
  ...(details.voortrajectNeeded ? [voortrajectBreach()] : []),
  ...loonwaardeBreaches(books, details.estimatedLoonwaardePercent, date),
  ...(details.canStartSoon === true
    ? []
    : [
        r12.breach(
          'demand-led-not-soon',
          'Vraaggericht vraagt dat de kandidaat snel kan beginnen.',
        ),
      ]),
  ...(details.meetsVacancy === true
    ? []
    : [
        r12.breach(
          'demand-led-not-fitting',
          'Vraaggericht vraagt dat de kandidaat bij de vacature past.',
        ),
      ]),
];

export const voortrajectBreach = (): Breach =>
  r12.breach('demand-led-with-voortraject', 'Bij vraaggericht hoort geen voortraject.');

/** The estimate lies within the figures in force; where the rule names none, anything does. */
const loonwaardeBreaches = (
  books: Books,
  estimated: string | undefined,
  date: string,
): readonly Breach[] => {
  const least = r12.figure(books, 'loonwaarde-minimum-percent', date);
  const most = r12.figure(books, 'loonwaarde-maximum-percent', date);
  if (least === undefined && most === undefined) return [];
  const within =
    estimated !== undefined &&
    Number(estimated) >= Number(least ?? 0) &&
    Number(estimated) <= Number(most ?? 100);
  if (within) return [];
  const range = `${least ?? 0} tot ${most ?? 100} %`;
  return [
    r12.breach(
      'demand-led-loonwaarde',
      `Vraaggericht vraagt een geschatte loonwaarde van ${range}.`,
    ),
  ];
};

/** What is known of a candidate at the start of a placement. */
interface Candidate {
  readonly details: ReferralDetails;
  readonly chosen: boolean;
  readonly voortrajectEnded: boolean;
}

/** @param candidate undefined: placed without a referral */
export const placementBreaches = (
  books: Books,
  candidate: Candidate | undefined,
  direction: 'supply-led' | 'demand-led',
  date: string,
): readonly Breach[] => {
  if (candidate === undefined)
    return [r12.breach('placed-without-referral', 'Aan een plaatsing gaat een aanmelding vooraf.')];
  const { details, chosen, voortrajectEnded } = candidate;
  const needed = details.voortrajectNeeded || details.workSkills === 'insufficient';
  return [
    ...(chosen ? [] : [r12.breach('placed-without-choice', 'IBN kiest wie wordt geplaatst.')]),
    ...(direction === 'demand-led' ? demandLedBreaches(books, details, date) : []),
    ...(direction === 'supply-led' && needed && !voortrajectEnded
      ? [
          r12.breach(
            'placed-without-voortraject',
            'Het voortraject dat nodig is, is niet afgerond.',
          ),
        ]
      : []),
  ];
};
