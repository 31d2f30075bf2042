/**
 * Opening what is sealed, at the very edge of an answer: after it was found, sorted and filtered,
 * and for a reader who may. Where an item or a step says `sealed`, the event it names has it.
 * That somebody looks is noted first: what cannot be noted is not opened.
 */
import type { Actor } from '../../events/entry.ts';
import { ProblemError } from './errors.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { erasedPersons } from './forgetting.ts';
import { type Clock, type LookLog, LookLogError, type People, type Trace } from './ports.ts';
import type { Purpose } from './purposes.ts';

/** Who wants to see what is sealed, and for what. */
export interface Opening {
  readonly purpose: Purpose;
  readonly reader: Actor;
  readonly trace?: Trace | undefined;
  /** Whether this reader may see what is sealed of persons of this municipality. */
  readonly may: (municipality: string) => boolean;
}

interface OpeningParts {
  readonly log: EventLog;
  readonly people: People;
  readonly looks: LookLog;
  readonly clock: Clock;
}

type Fields = Readonly<Record<string, unknown>>;

/** Something sealed in an answer: the event that has it, and about whom it is. */
interface SealedPart {
  readonly eventId: string;
  readonly municipality: string;
  readonly person: string;
}

/** An answer as it is shown: with what is erased marked, and what may be opened opened. */
type Shown = <T>(answer: T, asked: Asked) => Promise<T>;

interface Asked {
  readonly question: string;
  readonly opening?: Opening | undefined;
}

export const answerShown = (parts: OpeningParts): Shown => {
  const erased = erasedPersons(parts.log);
  return async (answer, { question, opening }) => {
    const parted = sealedIn(answer);
    if (parted.length === 0) return answer;
    const gone = await erased();
    const isGone = ({ person }: SealedPart): boolean => gone.has(person);
    const found = new Map<string, Fields>(
      parted.filter(isGone).map(({ eventId }) => [eventId, { erased: true }]),
    );
    const wanted = parted.filter((part) => !isGone(part) && opening?.may(part.municipality));
    if (opening !== undefined && wanted.length > 0)
      for (const [id, fields] of await openedIn(parts, wanted, `open ${question}`, opening))
        found.set(id, fields);
    return found.size === 0 ? answer : (replaced(answer, found) as typeof answer);
  };
};

/** What is opened of the events of these parts, by event id. @throws ProblemError */
const openedIn = async (
  { log, people, looks, clock }: OpeningParts,
  wanted: readonly SealedPart[],
  action: string,
  opening: Opening,
): Promise<ReadonlyMap<string, Fields>> => {
  const startedAt = clock.now();
  const events = await log.byIds(wanted.map(({ eventId }) => eventId));
  const openers = people.openersOf(keysIn(events));
  const persons = personsIn(events, (key) => typeof openers.get(key) === 'function');
  if (persons.length > 0) noteLook(looks, { ...opening, action, startedAt, persons });
  return new Map(
    events.map(({ entry: { id, sealed = [] } }) => {
      const fields: Record<string, unknown> = { sealed: false };
      for (const field of sealed) {
        const opener = openers.get(field.key);
        if (typeof opener !== 'function')
          return [id, opener === 'erased' ? { erased: true } : { keyUnknown: true }] as const;
        fields[field.field] = opener(id, field);
      }
      return [id, fields] as const;
    }),
  );
};

const noteLook = (
  looks: LookLog,
  { may: _may, ...look }: Opening & Parameters<LookLog['note']>[0],
) => {
  try {
    looks.note(look);
  } catch (error) {
    if (!(error instanceof LookLogError)) throw error;
    throw new ProblemError({
      code: 'unavailable',
      detail: 'Het logboek van inzage kan niet worden geschreven; er is niets geopend.',
    });
  }
};

const keysIn = (events: readonly StoredEvent[]): readonly string[] => [
  ...new Set(events.flatMap(({ entry }) => entry.sealed?.map(({ key }) => key) ?? [])),
];

/** Persons of whom something will be opened. */
const personsIn = (
  events: readonly StoredEvent[],
  opens: (keyId: string) => boolean,
): readonly string[] => {
  const found = events.flatMap(({ entry: { data, sealed = [] } }) =>
    'person' in data && sealed.some(({ key }) => opens(key)) ? [data.person] : [],
  );
  return [...new Set(found)];
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const nobody = { municipality: '', person: '' };

/** Every sealed part; a step is of the person and municipality of what it is a step in. */
const sealedIn = (
  value: unknown,
  within: Omit<SealedPart, 'eventId'> = nobody,
  found: SealedPart[] = [],
): readonly SealedPart[] => {
  if (!isFields(value)) return found;
  const about = { ...within, ...textIn(value, 'municipality'), ...textIn(value, 'person') };
  if (value.sealed === true && typeof value.eventId === 'string')
    found.push({ ...about, eventId: value.eventId });
  for (const each of Object.values(value)) sealedIn(each, about, found);
  return found;
};

const textIn = (value: Fields, name: string): object =>
  typeof value[name] === 'string' ? { [name]: value[name] } : {};

const replaced = (value: unknown, opened: ReadonlyMap<string, Fields>): unknown => {
  if (Array.isArray(value)) return value.map((each) => replaced(each, opened));
  if (!isFields(value)) return value;
  const fields = Object.entries(value).map(([name, each]) => [name, replaced(each, opened)]);
  const item = Object.fromEntries(fields) as Fields;
  const found =
    item.sealed === true && typeof item.eventId === 'string' ? opened.get(item.eventId) : undefined;
  return { ...item, ...found };
};
