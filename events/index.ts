/** The vocabulary: every type of event there is, how it is read, written and tagged. */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { agreementEvents } from './agreements.ts';
import { areaEvents } from './areas.ts';
import { assignmentEvents } from './assignments.ts';
import { bodyEvents } from './bodies.ts';
import { decisionEvents } from './decisions.ts';
import { type About, type EventType, upcast } from './define.ts';
import { Envelope, type EntryOf } from './entry.ts';
import { erasureEvents } from './erasures.ts';
import { evaluationEvents } from './evaluations.ts';
import { findingEvents } from './findings.ts';
import { lawfulnessEvents } from './lawfulness.ts';
import { goalEvents } from './goals.ts';
import { ledgerEvents } from './ledger.ts';
import { lumpSumEvents } from './lump-sums.ts';
import { memberEvents } from './members.ts';
import { moneyEvents } from './money.ts';
import { packageEvents } from './package.ts';
import { pilotEvents } from './pilots.ts';
import { pluspakketEvents } from './pluspakket.ts';
import { practiceEvents } from './practices.ts';
import { peopleEvents } from './people.ts';
import { periodTotalsEvents } from './period-totals.ts';
import { ruleEvents } from './rules.ts';
import { turnoverEvents } from './turnover.ts';

const eventTypes = [
  ...ledgerEvents,
  ...memberEvents,
  ...bodyEvents,
  ...areaEvents,
  ...decisionEvents,
  ...agreementEvents,
  ...ruleEvents,
  ...packageEvents,
  ...lumpSumEvents,
  ...lawfulnessEvents,
  ...moneyEvents,
  ...turnoverEvents,
  ...pluspakketEvents,
  ...pilotEvents,
  ...goalEvents,
  ...evaluationEvents,
  ...assignmentEvents,
  ...practiceEvents,
  ...peopleEvents,
  ...erasureEvents,
  ...periodTotalsEvents,
  ...findingEvents,
] as const;

type Known = (typeof eventTypes)[number];
type DataOf<T> = T extends EventType<string, infer Schema> ? z.infer<Schema> : never;

/** Any event, discriminated by `type`, with its data in the newest version. */
export type Entry = { [T in Known as T['type']]: EntryOf<T['type'], DataOf<T>> }[Known['type']];
export type EntryType = Entry['type'];
/** The entry of one type. */
export type EntryFor<Type extends EntryType> = Extract<Entry, { type: Type }>;

type AnyType = EventType<EntryType, z.ZodType>;
const byType = new Map<string, AnyType>(
  eventTypes.map((definition) => [definition.type, definition as unknown as AnyType]),
);

/** All types, in the order of the vocabulary. */
export const entryTypes: readonly EntryType[] = eventTypes.map((definition) => definition.type);

/** An unknown type or version, a field too many, a value out of its normal form. */
export class EntryError extends Error {
  override readonly name = 'EntryError';
}

const definitionOf = (type: string, version: number): AnyType => {
  const definition = byType.get(type);
  if (definition === undefined) throw new EntryError(`unknown event type ${type}`);
  if (version > definition.versions.length)
    throw new EntryError(`unknown version ${version} of ${type}`);
  return definition;
};

/** The version in which new events of a type are written. */
export const currentVersion = (type: EntryType): number => definitionOf(type, 1).versions.length;

/**
 * Makes the one canonical text of an entry, checking it whole.
 * @throws EntryError when the entry does not fit its schema
 */
export const canonicalText = (entry: Entry): string => {
  const envelope = Envelope.safeParse(entry);
  if (!envelope.success) throw new EntryError(z.prettifyError(envelope.error));
  const definition = definitionOf(entry.type, entry.version);
  if (entry.version !== definition.versions.length)
    throw new EntryError(`${entry.type} is written in version ${definition.versions.length}`);
  const data = definition.versions[entry.version - 1]!.safeParse(entry.data);
  if (!data.success) throw new EntryError(`${entry.type}: ${z.prettifyError(data.error)}`);
  const text = canonicalize(entry);
  if (text === undefined) throw new EntryError('cannot be made canonical');
  return text;
};

/** Bytes of a canonical text. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Reads stored text and brings its data to the newest version. Stored text was checked when it
 * was written, so only type and version are looked at; {@link checkText} looks at everything.
 * @throws EntryError for an unknown type or version
 */
export const readText = (text: string): Entry => newestOf(JSON.parse(text) as Envelope);

/** The same, of text that is parsed already. @throws EntryError */
export const newestOf = (stored: Envelope): Entry => {
  const definition = definitionOf(stored.type, stored.version);
  if (stored.version === definition.versions.length) return stored as Entry;
  const data = upcast(definition, stored.version, stored.data);
  return { ...stored, version: definition.versions.length, data } as Entry;
};

/**
 * Like {@link readText}, for text from outside: also that it is canonical and fits its schemas.
 * @throws EntryError
 */
export const checkText = (text: string): Entry => {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw new EntryError('is not JSON');
  }
  const envelope = Envelope.safeParse(stored);
  if (!envelope.success) throw new EntryError(z.prettifyError(envelope.error));
  const { type, version, data } = envelope.data;
  const checked = definitionOf(type, version).versions[version - 1]!.safeParse(data);
  if (!checked.success) throw new EntryError(`${type}: ${z.prettifyError(checked.error)}`);
  if (canonicalize(stored) !== text) throw new EntryError('is not in canonical form');
  return readText(text);
};

/** Raised whenever {@link tagsOf} may give other tags; the log then makes its index anew. */
export const tagsVersion = 1;

const tagsFrom = (about: About): string[] =>
  Object.entries(about).flatMap(([kind, ids]) =>
    ids === undefined ? [] : (typeof ids === 'string' ? [ids] : ids).map((id) => tag(kind, id)),
  );

/** One tag; ids go in lower case. */
export const tag = (kind: string, id: string): string => `${kind}:${id.toLowerCase()}`;

/** What an event is about. Derived, never stored in the entry. */
export const tagsOf = (entry: Entry): readonly string[] => {
  const definition = definitionOf(entry.type, entry.version);
  const tags = tagsFrom(definition.about(entry.data));
  tags.push(tag('event', entry.id), tag('command', entry.command.tag));
  return [...new Set(tags)];
};
