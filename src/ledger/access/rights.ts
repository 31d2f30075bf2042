/** What somebody sees of questions, items and events, by the table. */
import type { Entry, EntryFor, EntryType } from '../../../events/index.ts';
import { entryTypes, tag } from '../../../events/index.ts';
import type { Item } from '../../../projections/index.ts';
import { ProblemError } from '../errors.ts';
import { municipalitiesIn, resourceOfEventType, resourceOfPath, resourcesNamed } from './events.ts';
import { type Access, isResource, may, reachOf } from './may.ts';
import type { Resource } from './table.ts';

/** Finds what an event is about, where the event itself does not tell whose that is. */
export interface Finder {
  readonly byId: (eventId: string) => Promise<Entry | undefined>;
  /** The first event of a type with a tag. */
  readonly first: (type: EntryType, tag: string) => Promise<Entry | undefined>;
}

/** The municipalities whose a thing is, by its tag; none where that is not known. */
type OwnersOf = (tag: string) => readonly string[];

export interface Rights {
  readonly asks: (question: string) => boolean;
  readonly seesItem: (question: string, item: Item, ownersOf: OwnersOf) => boolean;
  readonly seesEvent: (entry: Entry, find: Finder) => Promise<boolean>;
  /** Types of which it may see some; undefined: all. */
  readonly types?: () => readonly EntryType[];
  /** Types of which it sees every event there is; undefined: of all. */
  readonly wholeTypes?: () => readonly EntryType[];
  /** Whose amounts, when only some; undefined: everyone's. */
  readonly only?: readonly string[] | undefined;
}

/** Of who decides for the ledger itself, and of tests. */
export const everything: Rights = {
  asks: () => true,
  seesItem: () => true,
  seesEvent: async () => true,
};

export const rightsOf = (access: Access): Rights => ({
  // Of a question that does not exist, asking tells.
  asks: (question) => !isResource(question) || reachOf(access, question, 'read') !== undefined,
  seesItem: (question, item, ownersOf) =>
    question === 'findings'
      ? seesFinding(access, item, ownersOf)
      : may(access, resourceOfPath(question), 'read', ...municipalitiesIn(item)),
  seesEvent: (entry, find) => seesEvent(access, entry, find),
  types: () => entryTypes.filter((type) => reachesEvents(access, resourceOfEventType(type))),
  wholeTypes: () => entryTypes.filter((type) => seesAllOf(access, type)),
  only: reachOf(access, 'postings', 'read') === 'own' ? access.municipalities : undefined,
});

export const forbidden = (detail: string): ProblemError =>
  new ProblemError({ code: 'forbidden', detail });

/** @throws ProblemError `forbidden` */
export const checkAsks = (rights: Rights, question: string): void => {
  if (!rights.asks(question)) throw forbidden(`U mag ${question} niet lezen.`);
};

/** A finding is seen by who may read about all that it is about. */
const seesFinding = (access: Access, item: Item, ownersOf: OwnersOf): boolean => {
  const about = textsIn(item.about);
  const types = textsIn(item.eventTypes) as readonly EntryType[];
  return (
    types.every((type) => may(access, resourceOfEventType(type), 'read')) &&
    about.every((one) =>
      resourcesNamed([one]).every((resource) => may(access, resource, 'read', ...ownersOf(one))),
    )
  );
};

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

const reachesEvents = (access: Access, resource: Resource): boolean =>
  (reachOf(access, resource, 'read') ?? reachOf(access, resource, 'follow')) !== undefined;

/** Of a step the event is as visible as what it is a step of. */
const stepOf: Readonly<Partial<Record<EntryType, EntryType>>> = {
  ReferralStepRecorded: 'ReferralRecorded',
  PlacementStepRecorded: 'PlacementRecorded',
};
/** As visible as what they are about, which differs from one to the next. */
const varying: readonly EntryType[] = ['FactReversed', 'FindingRecorded', 'FindingResolved'];

const seesAllOf = (access: Access, type: EntryType): boolean => {
  if (varying.includes(type) || access.types?.includes(type) === false) return false;
  const whole = stepOf[type];
  if (whole !== undefined) return seesAllOf(access, whole);
  const resource = resourceOfEventType(type);
  return (['read', 'follow'] as const).some(
    (action) => reachOf(access, resource, action) === 'all',
  );
};

const follows = (access: Access, resource: Resource, owners: readonly string[]): boolean =>
  may(access, resource, 'read', ...owners) || may(access, resource, 'follow', ...owners);

const seesEvent = async (access: Access, entry: Entry, find: Finder): Promise<boolean> => {
  if (access.types?.includes(entry.type) === false) return false;
  const sees = async (other: Promise<Entry | undefined>): Promise<boolean> => {
    const found = await other;
    return found !== undefined && seesEvent(access, found, find);
  };
  switch (entry.type) {
    case 'FactReversed':
      return sees(find.byId(entry.data.event));
    case 'FindingRecorded':
      return seesRecordedFinding(access, entry.data, sees, find);
    case 'FindingResolved':
      return sees(find.first('FindingRecorded', tag('finding', entry.data.findingId)));
    case 'ReferralStepRecorded':
      return sees(find.first('ReferralRecorded', tag('referral', entry.data.referralId)));
    case 'PlacementStepRecorded':
      return sees(find.first('PlacementRecorded', tag('placement', entry.data.placementId)));
    default:
      return follows(access, resourceOfEventType(entry.type), municipalitiesIn(entry.data));
  }
};

/** Of what it was found in, the asker must see all; else of all that it is about. */
const seesRecordedFinding = async (
  access: Access,
  { about, foundIn }: EntryFor<'FindingRecorded'>['data'],
  sees: (other: Promise<Entry | undefined>) => Promise<boolean>,
  find: Finder,
): Promise<boolean> => {
  const resources = resourcesNamed(about);
  if (foundIn === undefined)
    return resources.every((resource) => follows(access, resource, municipalitiesIn({ about })));
  return resources.every((r) => reachesEvents(access, r)) && sees(find.byId(foundIn));
};
