/** A list that may be long, in parts: only what is shown is made. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkAsks } from './access/index.ts';
import type { AnswerItem } from './certainty.ts';
import type { Asker, Question } from './questions.ts';
import type { ReadTables } from './read-tables.ts';

/** Things that are looked through in one go at least: the asker may see few of them. */
const atOnce = 200;

const byName = (a: AnswerItem, b: AnswerItem): number => (a.thing < b.thing ? -1 : 1);

export const partReader = (
  { rights, momentOf, itemsAt, told, shown }: Asker,
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
        : itemsAt(question, asOf, { first, last }).toSorted((a, b) => byName(b, a));
    const items = await shown(
      found.map(({ item }) => item),
      question,
    );
    return { asOf, items, ...(names.length > limit ? { next: first } : {}) };
  },

  /**
   * Things of a question in the order of their names, from one on: at most `limit` that the asker
   * may see and asked for.
   * @returns `next`: the name to go on from, if there are more of these
   */
  askPage: async (question: Question, after: string | undefined, limit: number) => {
    checkAsks(rights, question.question);
    const asOf = await momentOf(question);
    const found: AnswerItem[] = [];
    let from = after;
    do {
      const names = tables().thingsAfter(question.question, from, Math.max(limit + 1, atOnce));
      const [first, last] = [names[0], names.at(-1)];
      if (first === undefined || last === undefined) break;
      found.push(...itemsAt(question, asOf, { first, last }).toSorted(byName));
      from = last;
      await nextTurn();
    } while (found.length <= limit);
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.thing : undefined;
    return { ...(await told(question, page, asOf)), ...(next === undefined ? {} : { next }) };
  },

  /** Whether a question has more things than this, known whenever. */
  hasMore: (question: string, than: number): boolean => {
    checkAsks(rights, question);
    return tables().things(question, undefined, than + 1).length > than;
  },
});
