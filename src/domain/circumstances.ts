/** What holds of a person whatever the placement: the indication for beschut werk (R14). */
import { z } from 'zod';
import { tag } from '../../events/index.ts';
import { CircumstanceDetails, CircumstanceRecorded } from '../../events/people.ts';
import type { Books } from './books.ts';
import { indicationBreaches, r14, standingOf } from './by-rule/r14.ts';
import { type Outcome, refuse } from './core.ts';
import { isMember } from './members.ts';
import { judgePerson, personalCommand, seeingPerson } from './people.ts';

// --- checks

/** Why a circumstance cannot come now; undefined: it can. */
const outOfPlace = (
  books: Books,
  person: string,
  { kind }: CircumstanceDetails,
  date: string,
): Outcome | undefined => {
  const { indicatedSince, tooIll, takenOver } = standingOf(books, person, date);
  switch (kind) {
    case 'indication-granted':
      return indicatedSince === undefined ? undefined : known();
    case 'caseload-taken-over':
      if (takenOver) return known();
      return indicatedSince === undefined ? noIndication() : undefined;
    case 'withdrawal-advised':
    case 'indication-withdrawn':
    case 'job-lost':
      return indicatedSince === undefined ? noIndication() : undefined;
    case 'too-ill':
      return tooIll ? known() : undefined;
    case 'no-indication':
      return indicatedSince === undefined
        ? undefined
        : refuse('contradiction', 'Deze persoon heeft dan een indicatie.');
    case 'able-again':
      return tooIll ? undefined : known();
  }
};

const known = (): Outcome => refuse('nothing-to-do', 'Dit geldt dan al zo.');
const noIndication = (): Outcome =>
  refuse('contradiction', 'Deze persoon heeft dan geen indicatie.');

// --- commands

const recordCircumstance = personalCommand({
  name: 'record-circumstance',
  path: 'circumstances',
  summary: 'Legt een gegeven vast dat van een persoon geldt, zoals een indicatie',
  body: z.strictObject({
    ...CircumstanceRecorded.schema.pick({ circumstanceId: true, municipality: true }).shape,
    details: CircumstanceDetails,
  }),
  creates: 'circumstanceId',
  sees: (body) => [
    ...seeingPerson(body.person),
    { tags: [tag('circumstance', body.circumstanceId)] },
    r14.sees,
  ],
  decide: ({ details, ...data }, books, context) => {
    if (books.people.circumstances.has(data.circumstanceId))
      return refuse('already-exists', `Gegeven ${data.circumstanceId} bestaat al.`);
    const at = context.validFrom.latest;
    if (!isMember(books.members, data.municipality, at))
      return refuse('not-a-member', `${data.municipality} neemt op ${at} niet deel.`);
    const refused = outOfPlace(books, data.person, details, at);
    if (refused !== undefined) return refused;
    const breaches = details.kind === 'indication-granted' ? indicationBreaches(books, at) : [];
    const about = tag('circumstance', data.circumstanceId);
    return judgePerson(books, context, breaches, 'CircumstanceRecorded', { data, details, about });
  },
});

export const circumstanceCommands = [recordCircumstance];
