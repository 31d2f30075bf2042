/**
 * What opens no more: sealed parts of events whose key is, by the events themselves, destroyed.
 * An answer names such events and is the same as before; who saw it opened finds it erased.
 */
import type { Entry } from '../../events/index.ts';
import { column, names } from '../ledger/packed.ts';

const none = -1;

interface Erasures {
  take(entry: Entry): void;
  /** Whether any of these items names a sealed part that is erased. */
  touch(items: readonly unknown[]): boolean;
}

export const erasures = (): Erasures => {
  const [events, keys] = [names(), names()];
  /** Of each event the last of its keys; each key with the one before it. */
  const [lastOf, keyOf, before] = [column(), column(), column()];
  const gone = new Set<number>();

  const isErased = (eventId: string): boolean => {
    const event = events.find(eventId);
    if (event === undefined) return false;
    for (let row = lastOf.at(event); row !== none; row = before.at(row))
      if (gone.has(keyOf.at(row))) return true;
    return false;
  };
  const namesErased = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const { sealed, eventId } = value as { readonly sealed?: unknown; readonly eventId?: unknown };
    if (sealed === true && typeof eventId === 'string' && isErased(eventId)) return true;
    return Object.values(value).some(namesErased);
  };
  return {
    take: (entry) => {
      if (entry.type === 'PersonErasureRequested') gone.add(keys.add(entry.data.keyId));
      if (entry.sealed === undefined) return;
      const event = events.add(entry.id);
      if (event === lastOf.length()) lastOf.push(none);
      for (const { key } of entry.sealed) {
        keyOf.push(keys.add(key));
        before.push(lastOf.at(event));
        lastOf.set(event, keyOf.length() - 1);
      }
    },
    touch: (items) => gone.size > 0 && items.some(namesErased),
  };
};
