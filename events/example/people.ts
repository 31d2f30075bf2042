/** Made-up persons, from referral to outflow, and the totals that are reported of them. */
import { randomFrom, type Random } from './random.ts';
import { daysLater, members, type Step, take } from './step.ts';

/** Who it is about, and when it began. */
interface Person {
  readonly label: string;
  readonly municipality: string;
  readonly start: string;
  readonly random: Random;
}

const personId = ({ label }: Person): string => `@example-person-${label}`;
const referralId = ({ label }: Person): string => `@example-referral-${label}`;
const placementId = ({ label }: Person): string => `@example-placement-${label}`;

const refer = (person: Person, details: Readonly<Record<string, unknown>>): Step =>
  take('record-referral', person.start, {
    personId: personId(person),
    referralId: referralId(person),
    municipality: person.municipality,
    details: { route: 'referred', ...details },
  });

const referralStep = (person: Person, days: number, kind: string): Step =>
  take('record-referral-step', daysLater(person.start, days), {
    personId: personId(person),
    referralId: referralId(person),
    step: { kind },
  });

const place = (person: Person, days: number, details: Readonly<Record<string, unknown>>): Step =>
  take('record-placement', daysLater(person.start, days), {
    personId: personId(person),
    placementId: placementId(person),
    municipality: person.municipality,
    referralId: referralId(person),
    details: { employer: 'ibn', term: 'temporary', ...details },
  });

const placementStep = (
  person: Person,
  days: number,
  step: Readonly<Record<string, unknown>>,
): Step =>
  take('record-placement-step', daysLater(person.start, days), {
    personId: personId(person),
    placementId: placementId(person),
    step,
  });

const circumstance = (person: Person, days: number, kind: string): Step =>
  take('record-circumstance', daysLater(person.start, days), {
    personId: personId(person),
    circumstanceId: `@example-circumstance-${person.label}-${kind}`,
    municipality: person.municipality,
    details: { kind },
  });

const subsidy = (kind: 'subsidy-granted' | 'subsidy-changed', percent: number) => ({
  kind,
  grantedPercent: String(percent),
  reimbursedPercent: String(percent),
});

const measured = (percent: number) => ({
  kind: 'loonwaarde-measured',
  loonwaardePercent: String(percent),
});

/** A vacancy leads; measured twice, and often out to regular work. */
const demandLed = (person: Person): readonly Step[] => {
  const loonwaarde = person.random.between(60, 90);
  return [
    refer(person, {
      direction: 'demand-led',
      workSkills: 'sufficient',
      voortrajectNeeded: false,
      estimatedLoonwaardePercent: String(loonwaarde),
      canStartSoon: true,
      meetsVacancy: true,
    }),
    referralStep(person, 9, 'chosen'),
    place(person, 14, {
      work: 'participation',
      direction: 'demand-led',
      until: daysLater(person.start, 379),
    }),
    placementStep(person, 45, measured(loonwaarde - 5)),
    placementStep(person, 46, subsidy('subsidy-granted', 105 - loonwaarde)),
    placementStep(person, 120, measured(loonwaarde)),
    placementStep(person, 121, subsidy('subsidy-changed', 100 - loonwaarde)),
    ...(person.random.between(0, 2) === 0
      ? []
      : [placementStep(person, 150, { kind: 'outflow', to: 'regular-work' })]),
  ];
};

/** First a voortraject; now and then structural, after outflow proved impossible. */
const supplyLed = (person: Person): readonly Step[] => [
  refer(person, {
    direction: 'supply-led',
    workSkills: 'insufficient',
    voortrajectNeeded: true,
  }),
  referralStep(person, 7, 'voortraject-started'),
  referralStep(person, 63, 'voortraject-ended'),
  referralStep(person, 66, 'chosen'),
  place(person, 70, {
    work: 'participation',
    direction: 'supply-led',
    until: daysLater(person.start, 435),
  }),
  placementStep(person, 100, measured(person.random.between(35, 70))),
  placementStep(
    person,
    150,
    person.random.between(0, 1) === 0
      ? { kind: 'made-structural', outflowImpossible: true }
      : { kind: 'extended', until: daysLater(person.start, 800) },
  ),
];

/** With an indication of the UWV; reimbursed by the fixed percentage. */
const beschut = (person: Person): readonly Step[] => [
  circumstance(person, 0, 'indication-granted'),
  refer(person, { direction: 'supply-led', workSkills: 'sufficient', voortrajectNeeded: false }),
  referralStep(person, 12, 'chosen'),
  place(person, 20, {
    work: 'beschut',
    direction: 'supply-led',
    until: daysLater(person.start, 385),
  }),
  placementStep(person, 50, subsidy('subsidy-granted', 70)),
  ...(person.random.between(0, 3) === 0 ? [circumstance(person, 140, 'too-ill')] : []),
];

const notChosen = (person: Person): readonly Step[] => [
  refer(person, { direction: 'supply-led', workSkills: 'sufficient', voortrajectNeeded: false }),
  referralStep(person, 21, person.random.pick(['declined', 'withdrawn'])),
];

/** Somebody who was not chosen, and asked to be forgotten. */
const forgotten = (seed: string): readonly Step[] => {
  const random = randomFrom(`${seed}/person/forgotten`);
  const person = { label: 'forgotten', municipality: 'gm1948', start: '2025-02-03', random };
  const erasure = { personId: personId(person), erasureId: '@example-erasure' };
  return [...notChosen(person), take('erase-person', '2025-12-01', erasure)];
};

const courses = [demandLed, supplyLed, beschut, demandLed, supplyLed, notChosen] as const;

/** A whole course of one person, between 2025-01-06 and the middle of 2026. */
export const personSteps = (seed: string, unit: number): readonly Step[] => {
  const random = randomFrom(`${seed}/person/${unit}`);
  const person: Person = {
    label: String(unit),
    municipality: random.pick(members).code,
    start: daysLater('2025-01-06', random.between(0, 380)),
    random,
  };
  return courses[unit % courses.length]!(person);
};

const counted = (seed: string, label: string, from: string, until: string, code: string): Step => {
  const random = randomFrom(`${seed}/totals/${label}/${code}`);
  const beschutCount = random.between(1, 9);
  return take('report-period-totals', daysLater(until, 24), {
    reportId: `@example-totals-${label}-${code}`,
    municipality: code,
    from,
    until,
    counts: [
      { measure: 'referrals', count: random.between(8, 60) },
      { measure: 'placements', count: beschutCount + random.between(6, 30) },
      { measure: 'placements-beschut', count: beschutCount, partOf: 'placements' },
      { measure: 'outflow-regular-work', count: random.between(0, 12) },
    ],
  });
};

const quarterStarts = ['2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01', '2026-01-01'];

/** Persons of the default size, and the totals of 2025 by quarter; some are too small to show. */
export const peopleSteps = (seed: string, persons: number): readonly Step[] => [
  ...Array.from({ length: persons }, (_, unit) => personSteps(seed, unit)).flat(),
  ...forgotten(seed),
  ...quarterStarts
    .slice(1)
    .flatMap((until, i) =>
      members.map(({ code }) => counted(seed, `q${i + 1}`, quarterStarts[i]!, until, code)),
    ),
];
