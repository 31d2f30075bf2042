/**
 * What the referrals, placements and circumstances of a person have in common: the state, and how
 * a broken rule is told without telling it. Details are there only where the shell opened them.
 */
import type { z } from 'zod';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { findingKind, type FindingKindName } from '../../events/finding-kinds/index.ts';
import {
  type DetailsOf,
  isPersonal,
  type PersonalEntry,
  type PersonalType,
  readSealed,
  type Remarks,
  remarkKinds,
  sealedVersion,
} from '../../events/people.ts';
import { Ulid } from '../../events/values.ts';
import type { Books } from './books.ts';
import {
  type Command,
  type Context,
  type OpenedFields,
  type Outcome,
  propose,
  type Proposed,
  refuse,
  type Sight,
} from './core.ts';
import { seeingMembers } from './members.ts';
import { type Breach, weigh } from './rules.ts';
import { wordsBeside } from './text-free.ts';

// --- state

/** An event with what was sealed in it; undefined: not to be known here. */
interface Told<Type extends PersonalType> {
  readonly event: EntryFor<Type>;
  readonly details: DetailsOf<Type> | undefined;
}

export interface Referral extends Told<'ReferralRecorded'> {
  readonly steps: readonly Told<'ReferralStepRecorded'>[];
}
export interface Placement extends Told<'PlacementRecorded'> {
  readonly steps: readonly Told<'PlacementStepRecorded'>[];
}
export type Circumstance = Told<'CircumstanceRecorded'>;

export interface People {
  readonly referrals: ReadonlyMap<string, Referral>;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly circumstances: ReadonlyMap<string, Circumstance>;
}

export const peopleOf = (events: readonly Entry[], opened: OpenedFields): People => {
  const referrals = new Map<string, Referral>();
  const placements = new Map<string, Placement>();
  const circumstances = new Map<string, Circumstance>();
  const told = <Type extends PersonalType>(event: EntryFor<Type>): Told<Type> => ({
    event,
    details: detailsOf(event, opened) as DetailsOf<Type> | undefined,
  });
  for (const e of events.filter(isPersonal)) {
    switch (e.type) {
      case 'ReferralRecorded':
        referrals.set(e.data.referralId, { ...told<typeof e.type>(e), steps: [] });
        break;
      case 'ReferralStepRecorded': {
        const found = referrals.get(e.data.referralId);
        const step = told<typeof e.type>(e);
        if (found) referrals.set(e.data.referralId, { ...found, steps: [...found.steps, step] });
        break;
      }
      case 'PlacementRecorded':
        placements.set(e.data.placementId, { ...told<typeof e.type>(e), steps: [] });
        break;
      case 'PlacementStepRecorded': {
        const found = placements.get(e.data.placementId);
        const step = told<typeof e.type>(e);
        if (found) placements.set(e.data.placementId, { ...found, steps: [...found.steps, step] });
        break;
      }
      case 'CircumstanceRecorded':
        circumstances.set(e.data.circumstanceId, told<typeof e.type>(e));
        break;
    }
  }
  return { referrals, placements, circumstances };
};

const detailsOf = ({ id, type, sealed }: PersonalEntry, opened: OpenedFields): unknown => {
  const value = opened.get(id)?.details;
  if (value === undefined) return undefined;
  const schema = sealed?.find(({ field }) => field === 'details')?.schema ?? 1;
  return readSealed(type, 'details', schema, value);
};

/** What has a person and a date, whatever else. */
interface Dated {
  readonly event: Pick<PersonalEntry, 'validFrom'> & {
    readonly data: { readonly person: string };
  };
}

/** Of several, those of one person, by date; of equal dates the last recorded last. */
export const ofPerson = <T extends Dated>(all: Iterable<T>, person: string): readonly T[] =>
  [...all]
    .filter(({ event }) => event.data.person === person)
    .sort((a, b) => byDate(a.event, b.event));

/** For sorting, which keeps the order of the log among equal dates. */
const byDate = (a: Dated['event'], b: Dated['event']): number =>
  a.validFrom.latest < b.validFrom.latest ? -1 : a.validFrom.latest > b.validFrom.latest ? 1 : 0;

/** Kinds of the steps up to and on a date, by date. */
export const stepsUntil = <T extends Dated>(steps: readonly T[], date: string): readonly T[] =>
  steps
    .filter(({ event }) => event.validFrom.latest <= date)
    .sort((a, b) => byDate(a.event, b.event));

/** All that is known of a person, and who takes part. */
export const seeingPerson = (person: string): readonly Sight[] => [
  { tags: [tag('person', person)] },
  ...seeingMembers,
];

// --- commands

/** Who it is about: a ULID given by whoever keeps the persons, kept nowhere in the log. */
const PersonId = Ulid.meta({
  description: 'De persoon: een ULID uit de administratie van de gemeente of IBN, nooit een BSN',
});

/** The body as the decider gets it: the shell knows who `person` is. */
type AboutPerson<Body> = Omit<Body, 'personId'> & { readonly person: string };

/** Nothing more is recorded about whoever is, or is to be, forgotten. */
const erasedRefusal = ({ erasures }: Books, person: string): Outcome | undefined =>
  [...erasures.values()].some(({ requested }) => requested.data.person === person)
    ? refuse('erased', 'De gegevens van deze persoon zijn gewist.')
    : undefined;

/** A command about one person; `personId` is added to its fields. */
export const personalCommand = <Shape extends z.ZodRawShape>(
  definition: Omit<Command<AboutPerson<z.infer<z.ZodObject<Shape>>>>, 'body' | 'personal'> & {
    readonly body: z.ZodObject<Shape>;
  },
): Command<never> =>
  ({
    ...definition,
    body: definition.body.extend({ personId: PersonId }),
    decide: (body: AboutPerson<z.infer<z.ZodObject<Shape>>>, books: Books, context: Context) =>
      erasedRefusal(books, body.person) ??
      wordsBeside(context) ??
      definition.decide(body, books, context),
    personal: true,
  }) as unknown as Command<never>;

// --- rules

/** Told alike for every rule, so that it tells nothing. */
const remarked: FindingKindName = 'person-record-with-remarks';

/**
 * Only of a placement it shows that there was a remark: that may have come from either direction
 * and any kind of work. Of a step, a circumstance or a referral it would tell which it is.
 */
const showsRemarks: ReadonlySet<PersonalType> = new Set(['PlacementRecorded']);

type Unjudged<Type extends PersonalType> = Omit<EntryFor<Type>['data'], 'outcome'>;

/**
 * Judges a fact about a person. A rule that has force refuses a step that is taken. Otherwise the
 * event says only that there are remarks; which, is sealed in it. It does not rest on the rules,
 * for that would tell which were looked at.
 */
export const judgePerson = <Type extends PersonalType>(
  books: Books,
  context: Context,
  breaches: readonly Breach[],
  type: Type,
  told: {
    readonly data: Unjudged<Type>;
    readonly details: DetailsOf<Type>;
    readonly about: string;
    readonly restsOn?: readonly string[];
  },
): Outcome => {
  const remarks: Remarks = [];
  for (const breach of breaches) {
    const { rule, refusal } = weigh(books, context, breach);
    if (refusal !== undefined) return { ok: false, refusal };
    const kind = remarkKinds.find((known) => known === breach.kind);
    if (kind === undefined || breach.rule === undefined)
      throw new Error(`${breach.kind} is not a kind of remark`);
    remarks.push({
      kind,
      rule: breach.rule,
      ...(rule === undefined ? {} : { ruleSetBy: rule.id }),
    });
  }
  const shows = showsRemarks.has(type);
  const outcome = !shows ? 'sealed' : remarks.length === 0 ? 'passed' : 'with-remarks';
  const event = {
    ...propose(context, type, { ...told.data, outcome } as unknown as EntryFor<Type>['data'], {
      ...(told.restsOn === undefined ? {} : { restsOn: told.restsOn }),
    }),
    toSeal: [
      { field: 'details', schema: sealedVersion(type, 'details'), value: told.details },
      { field: 'remarks', schema: sealedVersion(type, 'remarks'), value: remarks },
    ],
  } as Proposed;
  const events =
    shows && remarks.length > 0 ? [event, remarkFinding(event, told.about, context)] : [event];
  return { ok: true, events };
};

const remarkFinding = ({ id: foundIn }: Proposed, about: string, context: Context): Proposed =>
  propose(context, 'FindingRecorded', {
    findingId: context.ulid(),
    kind: remarked,
    severity: findingKind(remarked).severity,
    description: 'Bij deze vastlegging over een persoon hoort een opmerking; die is verzegeld.',
    about: [about],
    foundIn,
    figures: [],
  });
