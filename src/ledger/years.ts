/** How much is recorded of each year, counted without reading the events one by one. */
import type { EntryType } from '../../events/index.ts';
import type { Asker, Moment } from './questions.ts';
import type { ReadTables, Tally } from './read-tables.ts';

/** Events counted at once; others are served between two. */
const block = 4_096;

/** Counts by full block of the log: events never change, so what was counted holds. */
export type Tallies = Map<number, readonly Tally[]>;

export const yearCounter =
  ({ rights, momentOf }: Asker, tables: () => ReadTables, tallies: Tallies) =>
  /**
   * Years with how many events there are of each, ascending. Only of types of which the asker
   * sees every event: of the others, findings among them, each would have to be looked at.
   */
  async (moment: Moment): Promise<readonly { readonly year: number; readonly count: number }[]> => {
    const { knownAt } = await momentOf(moment);
    const types = rights.wholeTypes && new Set(rights.wholeTypes());
    const years = new Map<number, number>();
    const add = (found: readonly Tally[], sign: 1 | -1): void => {
      for (const { year, type, count } of found)
        if (sees(types, type)) years.set(year, (years.get(year) ?? 0) + sign * count);
    };
    const whole = Math.floor((knownAt + 1) / block);
    for (let i = 0; i < whole; i += 1) {
      let found = tallies.get(i);
      if (found === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        found = tables().tally(i * block, (i + 1) * block - 1);
        tallies.set(i, found);
      }
      add(found, 1);
    }
    add(tables().tally(whole * block, knownAt), 1);
    add(tables().takenBack(knownAt), -1);
    return [...years]
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => a - b)
      .map(([year, count]) => ({ year, count }));
  };

const sees = (types: ReadonlySet<EntryType> | undefined, type: EntryType): boolean =>
  types === undefined || types.has(type);
