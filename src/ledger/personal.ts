/**
 * The part of recording that deals with a person: who it is about becomes opaque, what was sealed
 * is opened for the decider alone, and what the decider gives is sealed before it goes anywhere.
 */
import type { SealedField } from '../../events/entry.ts';
import { isPersonal, type SealedName } from '../../events/people.ts';
import type { Command, OpenedFields, Proposed } from '../domain/index.ts';
import { ProblemError } from './errors.ts';
import type { StoredEvent } from './event-log.ts';
import type { People, PersonKey } from './ports.ts';

/** A body as the decider gets it, with the key of the person it is about. */
interface Prepared {
  readonly body: never;
  readonly key: PersonKey | undefined;
}

/** @throws ProblemError when the person was erased */
export const prepared = (command: Command<never>, body: never, people: People): Prepared => {
  if (command.personal !== true) return { body, key: undefined };
  const { personId, ...rest } = body as { readonly personId: string };
  const key = people.keyOf(personId);
  if (key === undefined)
    throw new ProblemError({
      code: 'refused',
      detail: 'De gegevens van deze persoon zijn gewist.',
      refusal: { code: 'erased', detail: 'De gegevens van deze persoon zijn gewist.' },
    });
  return { body: { ...rest, person: key.person } as never, key };
};

/** What was sealed in these events under this key; of others nothing. */
export const openedFor = (
  key: PersonKey | undefined,
  seen: readonly StoredEvent[],
): OpenedFields => {
  const opened = new Map<string, Partial<Record<SealedName, unknown>>>();
  if (key === undefined) return opened;
  for (const { entry } of seen) {
    const own = entry.sealed?.filter((field) => field.key === key.keyId) ?? [];
    if (own.length === 0 || !isPersonal(entry)) continue;
    const fields = own.map((field) => [field.field, key.open(entry.id, field)] as const);
    opened.set(entry.id, Object.fromEntries(fields));
  }
  return opened;
};

/** An event to be stored, with what was to be sealed in it sealed. */
export type ToStore = Omit<Proposed, 'toSeal'> & { readonly sealed?: readonly SealedField[] };

/** Takes out of an event to be what is to be sealed, and puts the sealed fields in its place. */
export const sealedUnder = (
  key: PersonKey | undefined,
  { toSeal = [], ...event }: Proposed,
): ToStore => {
  if (toSeal.length === 0) return event;
  if (key === undefined) throw new Error(`${event.type} is sealed, but about nobody`);
  const sealed = toSeal.map(({ field, schema, value }) =>
    key.seal({ eventId: event.id, field, schema }, value),
  );
  return { ...event, sealed };
};
