/** Referrals: a candidate comes to IBN (R12), and what happens until IBN has chosen. */
import { z } from 'zod';
import { tag } from '../../events/index.ts';
import { ReferralDetails, ReferralRecorded, ReferralStep } from '../../events/people.ts';
import { r12, referralBreaches, voortrajectBreach } from './by-rule/r12.ts';
import { type Outcome, refuse } from './core.ts';
import { isMember } from './members.ts';
import { judgePerson, personalCommand, type Referral, seeingPerson, stepsUntil } from './people.ts';

// --- state

type StepKind = ReferralStep['kind'];

/** Kinds of the steps up to and on a date, in order. */
const kindsUntil = (referral: Referral, date: string): readonly StepKind[] =>
  stepsUntil(referral.steps, date).flatMap(({ details }) => details?.kind ?? []);

/** What is known of a candidate on a date; undefined: it may not be known here. */
export const candidateOn = (referral: Referral, date: string) => {
  if (referral.details === undefined) return undefined;
  const kinds = kindsUntil(referral, date);
  const estimates = stepsUntil(referral.steps, date).flatMap(({ details }) =>
    details?.kind === 'loonwaarde-estimated' ? [details.loonwaardePercent] : [],
  );
  const last = estimates.at(-1);
  return {
    details: {
      ...referral.details,
      ...(last === undefined ? {} : { estimatedLoonwaardePercent: last }),
    },
    chosen: kinds.findLast((kind) => kind === 'chosen' || kind === 'declined') === 'chosen',
    voortrajectEnded: kinds.includes('voortraject-ended'),
  };
};

export const seeingReferral = (referralId: string) => ({ tags: [tag('referral', referralId)] });

// --- checks

const closing: readonly StepKind[] = ['declined', 'withdrawn'];

/** Why a step cannot come now; undefined: it can. */
const outOfPlace = (referral: Referral, kind: StepKind, date: string): Outcome | undefined => {
  if (date < referral.event.validFrom.latest)
    return refuse('contradiction', 'Een stap kan niet voor de aanmelding liggen.');
  const before = kindsUntil(referral, date);
  if (before.some((earlier) => closing.includes(earlier)))
    return refuse('contradiction', 'Deze aanmelding is dan al afgesloten.');
  if (kind !== 'loonwaarde-estimated' && before.includes(kind))
    return refuse('nothing-to-do', 'Deze stap is al vastgelegd.');
  if (kind === 'voortraject-ended' && !before.includes('voortraject-started'))
    return refuse('contradiction', 'Een voortraject kan niet eindigen voordat het begon.');
  return undefined;
};

// --- commands

const recordReferral = personalCommand({
  name: 'record-referral',
  path: 'referrals',
  summary: 'Legt een aanmelding van een persoon vast',
  body: z.strictObject({
    ...ReferralRecorded.schema.pick({ referralId: true, municipality: true }).shape,
    details: ReferralDetails,
  }),
  creates: 'referralId',
  sees: (body) => [...seeingPerson(body.person), seeingReferral(body.referralId), r12.sees],
  decide: ({ details, ...data }, books, context) => {
    if (books.people.referrals.has(data.referralId))
      return refuse('already-exists', `Aanmelding ${data.referralId} bestaat al.`);
    const at = context.validFrom.latest;
    if (!isMember(books.members, data.municipality, at))
      return refuse('not-a-member', `${data.municipality} neemt op ${at} niet deel.`);
    const breaches = referralBreaches(books, details, at);
    const about = tag('referral', data.referralId);
    return judgePerson(books, context, breaches, 'ReferralRecorded', { data, details, about });
  },
});

const recordReferralStep = personalCommand({
  name: 'record-referral-step',
  path: 'referrals/{referralId}/_record-step',
  summary: 'Legt een stap in een aanmelding vast',
  body: z.strictObject({
    ...ReferralRecorded.schema.pick({ referralId: true }).shape,
    step: ReferralStep,
  }),
  thing: (body) => tag('referral', body.referralId),
  sees: (body) => [...seeingPerson(body.person), seeingReferral(body.referralId), r12.sees],
  decide: ({ step, ...data }, books, context) => {
    const referral = books.people.referrals.get(data.referralId);
    if (referral?.event.data.person !== data.person || referral.details === undefined)
      return refuse('not-found', `Deze persoon heeft geen aanmelding ${data.referralId}.`);
    const refused = outOfPlace(referral, step.kind, context.validFrom.latest);
    if (refused !== undefined) return refused;
    const breaches =
      step.kind === 'voortraject-started' && referral.details.direction === 'demand-led'
        ? [voortrajectBreach()]
        : [];
    return judgePerson(books, context, breaches, 'ReferralStepRecorded', {
      data,
      details: step,
      about: tag('referral', data.referralId),
      restsOn: [referral.event.id],
    });
  },
});

export const referralCommands = [recordReferral, recordReferralStep];
