/** Placements: a person gets work (R12 – R15), and what happens until outflow. */
import { z } from 'zod';
import { tag } from '../../events/index.ts';
import { PlacementDetails, PlacementRecorded, PlacementStep } from '../../events/people.ts';
import type { Books } from './books.ts';
import { placementBreaches, r12 } from './by-rule/r12.ts';
import { r13, structuralBreaches } from './by-rule/r13.ts';
import { beschutBreaches, inCaseload, r14 } from './by-rule/r14.ts';
import { r15, reimbursementBreaches } from './by-rule/r15.ts';
import { maximumBreaches, r23 } from './by-rule/r23.ts';
import { type Outcome, refuse } from './core.ts';
import { isMember, lineOf } from './members.ts';
import {
  judgePerson,
  ofPerson,
  personalCommand,
  type Placement,
  seeingPerson,
  stepsUntil,
} from './people.ts';
import { candidateOn, seeingReferral } from './referrals.ts';
import type { Breach } from './rules.ts';

// --- state

/** Half-open; an open end is absent. */
interface Stretch {
  readonly from: string;
  readonly until?: string | undefined;
}

/** When the person worked: from the start or a return, until outflow or the end of the contract. */
const stretchesOf = ({ event, details, steps }: Placement): readonly Stretch[] => {
  const stretches: Stretch[] = [{ from: event.validFrom.latest, until: details?.until }];
  for (const step of stepsUntil(steps, '9999')) {
    const { from } = stretches.at(-1)!;
    const date = step.event.validFrom.latest;
    if (step.details?.kind === 'returned') stretches.push({ from: date });
    else if (step.details?.kind === 'outflow') stretches.splice(-1, 1, { from, until: date });
    else if (step.details?.kind === 'made-structural') stretches.splice(-1, 1, { from });
    else if (step.details?.kind === 'extended')
      stretches.splice(-1, 1, { from, until: step.details.until });
  }
  return stretches;
};

const covers = ({ from, until }: Stretch, date: string): boolean =>
  from <= date && (until === undefined || date < until);

const overlap = (a: Stretch, b: Stretch): boolean =>
  (b.until === undefined || a.from < b.until) && (a.until === undefined || b.from < a.until);

/** Whether somebody works elsewhere in the ledger during a stretch. */
const worksMeanwhile = (books: Books, person: string, placementId: string, stretch: Stretch) =>
  ofPerson(books.people.placements.values(), person)
    .filter(({ event }) => event.data.placementId !== placementId)
    .flatMap(stretchesOf)
    .some((other) => overlap(other, stretch));

const isStructural = ({ details, steps }: Placement, date: string): boolean =>
  details?.term === 'structural' ||
  stepsUntil(steps, date).some((step) => step.details?.kind === 'made-structural');

const seeingPlacement = (placementId: string) => ({ tags: [tag('placement', placementId)] });

// --- checks

/** Why a step cannot come now; undefined: it can. */
const outOfPlace = (
  books: Books,
  placement: Placement,
  step: PlacementStep,
  date: string,
): Outcome | undefined => {
  const { person, placementId } = placement.event.data;
  if (date < placement.event.validFrom.latest)
    return refuse('contradiction', 'Een stap kan niet voor de plaatsing liggen.');
  const works = stretchesOf(placement).some((stretch) => covers(stretch, date));
  if (step.kind === 'returned') {
    if (works) return refuse('nothing-to-do', 'Deze persoon werkt hier al.');
    return worksMeanwhile(books, person, placementId, { from: date })
      ? refuse('contradiction', 'Deze persoon heeft dan al ander werk.')
      : undefined;
  }
  if (!works) return refuse('contradiction', 'Deze plaatsing is dan al beëindigd.');
  const granted = stepsUntil(placement.steps, date).some(
    ({ details }) => details?.kind === 'subsidy-granted',
  );
  switch (step.kind) {
    case 'made-structural':
      return isStructural(placement, date)
        ? refuse('nothing-to-do', 'Dit dienstverband is al structureel.')
        : undefined;
    case 'extended':
      return step.until <= date
        ? refuse('contradiction', 'Een verlenging eindigt niet voordat zij begint.')
        : undefined;
    case 'subsidy-granted':
      return granted ? refuse('contradiction', 'Er is al een subsidie toegekend.') : undefined;
    case 'subsidy-changed':
      return granted ? undefined : refuse('contradiction', 'Er is nog geen subsidie toegekend.');
    case 'loonwaarde-measured':
    case 'outflow':
      return undefined;
  }
};

/** What the rules say of a step. */
const stepBreaches = (
  books: Books,
  { event, details }: Placement,
  step: PlacementStep,
  date: string,
): readonly Breach[] => {
  if (step.kind === 'made-structural') return structuralBreaches(step.outflowImpossible);
  if (step.kind !== 'subsidy-granted' && step.kind !== 'subsidy-changed') return [];
  const beschut = details?.work === 'beschut' && inCaseload(books, event.data.person, date);
  return [
    ...maximumBreaches(books, step.grantedPercent, date),
    ...reimbursementBreaches(books, step, beschut, date),
  ];
};

// --- commands

const recordPlacement = personalCommand({
  name: 'record-placement',
  path: 'placements',
  summary: 'Legt een plaatsing van een persoon vast',
  body: z.strictObject({
    ...PlacementRecorded.schema.pick({ placementId: true, municipality: true, referralId: true })
      .shape,
    details: PlacementDetails,
  }),
  creates: 'placementId',
  sees: (body) => [
    ...seeingPerson(body.person),
    seeingPlacement(body.placementId),
    ...(body.referralId === undefined ? [] : [seeingReferral(body.referralId)]),
    ...[r12, r13, r14].map(({ sees }) => sees),
  ],
  decide: ({ details, ...data }, books, context) => {
    const { person, placementId, municipality, referralId } = data;
    if (books.people.placements.has(placementId))
      return refuse('already-exists', `Plaatsing ${placementId} bestaat al.`);
    const at = context.validFrom.latest;
    if (!isMember(books.members, municipality, at))
      return refuse('not-a-member', `${municipality} neemt op ${at} niet deel.`);
    const referral = referralId === undefined ? undefined : books.people.referrals.get(referralId);
    if (referralId !== undefined && referral?.event.data.person !== person)
      return refuse('unknown-reference', `Deze persoon heeft geen aanmelding ${referralId}.`);
    if (referral !== undefined) {
      if (!lineOf(books.members, municipality).includes(referral.event.data.municipality))
        return refuse('contradiction', 'Deze persoon is door een andere gemeente aangemeld.');
      if (at < referral.event.validFrom.latest)
        return refuse('contradiction', 'Een plaatsing kan niet voor de aanmelding liggen.');
    }
    if (details.until !== undefined && details.until <= at)
      return refuse('contradiction', 'Een plaatsing eindigt niet voordat zij begint.');
    if (details.until !== undefined && details.term === 'structural')
      return refuse('contradiction', 'Een structureel dienstverband heeft geen einddatum.');
    if (worksMeanwhile(books, person, placementId, { from: at, until: details.until }))
      return refuse('contradiction', 'Deze persoon heeft dan al een plaatsing.');
    const candidate = referral && candidateOn(referral, at);
    const breaches = [
      ...placementBreaches(books, candidate, details.direction, at),
      ...(details.term === 'structural'
        ? structuralBreaches(details.outflowImpossible === true)
        : []),
      ...(details.work === 'beschut' ? beschutBreaches(books, person, at) : []),
    ];
    return judgePerson(books, context, breaches, 'PlacementRecorded', {
      data,
      details,
      about: tag('placement', placementId),
      ...(referral === undefined ? {} : { restsOn: [referral.event.id] }),
    });
  },
});

const recordPlacementStep = personalCommand({
  name: 'record-placement-step',
  path: 'placements/{placementId}/_record-step',
  summary: 'Legt een stap in een plaatsing vast',
  body: z.strictObject({
    ...PlacementRecorded.schema.pick({ placementId: true }).shape,
    step: PlacementStep,
  }),
  thing: (body) => tag('placement', body.placementId),
  sees: (body) => [
    ...seeingPerson(body.person),
    seeingPlacement(body.placementId),
    ...[r13, r14, r15, r23].map(({ sees }) => sees),
  ],
  decide: ({ step, ...data }, books, context) => {
    const placement = books.people.placements.get(data.placementId);
    if (placement?.event.data.person !== data.person || placement.details === undefined)
      return refuse('not-found', `Deze persoon heeft geen plaatsing ${data.placementId}.`);
    const at = context.validFrom.latest;
    const refused = outOfPlace(books, placement, step, at);
    if (refused !== undefined) return refused;
    const breaches = stepBreaches(books, placement, step, at);
    return judgePerson(books, context, breaches, 'PlacementStepRecorded', {
      data,
      details: step,
      about: tag('placement', data.placementId),
      restsOn: [placement.event.id],
    });
  },
});

export const placementCommands = [recordPlacement, recordPlacementStep];
