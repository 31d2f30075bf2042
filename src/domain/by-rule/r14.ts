/** R14: beschut werk needs an indication of the UWV; who gets one is in IBN's caseload. */
import type { Books } from '../books.ts';
import { type Circumstance, ofPerson, stepsUntil } from '../people.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r14 = ruleOf('R14');

interface Standing {
  /** Since when there is an indication; undefined: there is none. */
  readonly indicatedSince: string | undefined;
  readonly tooIll: boolean;
  /** Taken over by IBN, from before the rule. */
  readonly takenOver: boolean;
}

/** How a person stands on a date, by all that was recorded of him or her. */
export const standingOf = (books: Books, person: string, date: string): Standing => {
  const all = ofPerson(books.people.circumstances.values(), person);
  let standing: Standing = { indicatedSince: undefined, tooIll: false, takenOver: false };
  for (const circumstance of stepsUntil(all, date)) standing = after(standing, circumstance);
  return standing;
};

const after = (standing: Standing, { event, details }: Circumstance): Standing => {
  switch (details?.kind) {
    case 'indication-granted':
      return { ...standing, indicatedSince: event.validFrom.latest };
    case 'indication-withdrawn':
      return { ...standing, indicatedSince: undefined, takenOver: false };
    case 'caseload-taken-over':
      return { ...standing, takenOver: true };
    case 'too-ill':
      return { ...standing, tooIll: true };
    case 'able-again':
      return { ...standing, tooIll: false };
    case 'withdrawal-advised':
    case 'job-lost':
    case 'no-indication':
    case undefined:
      return standing;
  }
};

/**
 * An indication of since the rule holds brings somebody into the caseload, wherever he or she
 * works; one of before does when IBN has taken it over. Being too ill to work is an exception.
 */
export const inCaseload = (books: Books, person: string, date: string): boolean => {
  const { indicatedSince, tooIll, takenOver } = standingOf(books, person, date);
  if (indicatedSince === undefined || tooIll) return false;
  return takenOver || r14.holds(books, indicatedSince);
};

export const beschutBreaches = (books: Books, person: string, date: string): readonly Breach[] => {
  const { indicatedSince, tooIll } = standingOf(books, person, date);
  if (indicatedSince === undefined)
    return [
      r14.breach('beschut-without-indication', 'Beschut werk vraagt een indicatie van het UWV.'),
    ];
  return tooIll
    ? [r14.breach('beschut-while-too-ill', 'Wie te ziek is om te werken, is een uitzondering.')]
    : [];
};

/** Of an indication of before the rule, it is not known when it passes to IBN. */
export const indicationBreaches = (books: Books, date: string): readonly Breach[] =>
  r14.holds(books, date)
    ? []
    : [
        r14.breach(
          'caseload-before-the-rule',
          'Van een indicatie van vóór de regel staat de overdracht open.',
        ),
      ];
