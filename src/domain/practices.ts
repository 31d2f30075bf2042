/** How things are arranged in practice, from a date. */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { PracticeSet } from '../../events/practices.ts';
import { accept, command, propose, refuse, same } from './core.ts';

// --- state

/** Every setting of each practice, in the order of the log. */
export type Practices = ReadonlyMap<string, readonly EntryFor<'PracticeSet'>[]>;

export const practicesOf = (events: readonly Entry[]): Practices =>
  Map.groupBy(
    events.filter((e) => e.type === 'PracticeSet'),
    (e) => e.data.practice,
  );

/** The practice as it certainly is on a date; the last recorded wins among equal dates. */
const practiceAt = (practices: Practices, practice: string, date: string) =>
  (practices.get(practice) ?? [])
    .filter((e) => e.validFrom.latest <= date)
    .toSorted((a, b) => (a.validFrom.latest < b.validFrom.latest ? -1 : 1))
    .at(-1);

// --- commands

const setPractice = command({
  name: 'set-practice',
  path: 'practices',
  summary: 'Legt vast hoe iets in de praktijk is geregeld, vanaf een datum',
  body: PracticeSet.schema,
  sees: (body) => [{ tags: [tag('practice', body.practice)] }],
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    const before = practiceAt(books.practices, body.practice, at);
    if (same(before?.data, body)) return refuse('nothing-to-do', `Dit is op ${at} al zo geregeld.`);
    return accept(propose(context, 'PracticeSet', body));
  },
});

export const practiceCommands = [setPractice];
