/** A list that may be long, in parts: only what is shown is made. */
import { checkAsks } from './access/index.ts';
import type { Asker, Question } from './questions.ts';
import type { ReadTables } from './read-tables.ts';

export const partReader = (
  { rights, momentOf, itemsAt, shown }: Asker,
  tables: () => ReadTables,
) => ({
  /**
   * Things of a question from the last name back, as far as they are there at the moment. Names are
   * made in the order of recording; those of things that were imported come last.
   * @param before the name to go on from
   * @param limit of things looked at; there may be fewer items
   * @returns `next`: the name to go on from, if there are more
   */
  askSome: async (question: Question, before: string | undefined, limit: number) => {
    checkAsks(rights, question.question);
    const asOf = await momentOf(question);
    const names = tables().things(question.question, before, limit + 1);
    const [last, first] = [names[0], names[Math.min(limit, names.length) - 1]];
    const found =
      last === undefined || first === undefined
        ? []
        : itemsAt(question, asOf, { first, last }).toSorted((a, b) => (a.thing < b.thing ? 1 : -1));
    const items = await shown(
      found.map(({ item }) => item),
      question,
    );
    return { asOf, items, ...(names.length > limit ? { next: first } : {}) };
  },

  /** Whether a question has more things than this, known whenever. */
  hasMore: (question: string, than: number): boolean => {
    checkAsks(rights, question);
    return tables().things(question, undefined, than + 1).length > than;
  },
});
