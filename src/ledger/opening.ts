/**
 * Opening what is sealed, at the very edge of an answer: after it was found, sorted and filtered,
 * and for a reader who may. Where an item or a step says `sealed`, the event it names has it.
 */
import type { Item } from '../../projections/index.ts';
import type { EventLog } from './event-log.ts';
import type { People } from './ports.ts';

/** Items as they are answered: as they are, or opened where the question says so. */
export const itemsShown =
  (log: EventLog, people: People) =>
  async <T extends Item>(
    items: readonly T[],
    { opened }: { readonly opened?: boolean },
  ): Promise<readonly T[]> =>
    opened === true ? ((await Promise.all(items.map(opener(log, people)))) as readonly T[]) : items;

const opener = (log: EventLog, people: People) => {
  const fieldsOf = async (eventId: string): Promise<Item> => {
    const event = await log.byId(eventId);
    const opened: Record<string, unknown> = {};
    for (const field of event?.entry.sealed ?? []) {
      const found = people.open(eventId, field);
      if ('erased' in found) return { erased: true };
      opened[field.field] = found.value;
    }
    return opened;
  };

  const open = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(open));
    if (typeof value !== 'object' || value === null) return value;
    const fields = await Promise.all(
      Object.entries(value).map(async ([name, within]) => [name, await open(within)] as const),
    );
    const item: Item = Object.fromEntries(fields);
    if (item.sealed !== true || typeof item.eventId !== 'string') return item;
    return { ...item, sealed: false, ...(await fieldsOf(item.eventId)) };
  };
  return open;
};
