/** A municipality with all that merged into it: their rights are its own. */
import { dateIn } from './moments.ts';
import type { Asker, AskerParts } from './questions.ts';

/** As the read tables know it now. */
export const lineOf = (
  { itemsAt }: Asker,
  { tables, clock }: AskerParts,
  municipality: string | undefined,
): readonly string[] => {
  if (municipality === undefined) return [];
  const now = { validAt: dateIn(clock.now()), knownAt: tables().position() };
  const line = new Set([municipality]);
  // Those that are added on the way are looked at as well.
  for (const thing of line)
    for (const { item } of itemsAt({ question: 'members', thing }, now))
      for (const code of (item.predecessors ?? []) as readonly string[]) line.add(code);
  return [...line];
};
