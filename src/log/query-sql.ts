/** Queries as SQL over the tag and type indexes. */
import type { Query, QueryItem } from '../ledger/event-log.ts';

export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** Sequences in `[from, to]` that match one item: the first tag leads, the others are looked up. */
const itemSql = (item: QueryItem, from: number, to: number): Sql => {
  const [tags, types] = [item.tags ?? [], item.types ?? []];
  const [lead, ...others] = tags;
  if (lead === undefined) {
    return {
      text: `SELECT sequence FROM events WHERE type IN (${placeholders(types.length)}) AND sequence BETWEEN ? AND ?`,
      values: [...types, from, to],
    };
  }
  const joins = others
    .map((_, i) => ` JOIN tags t${i} ON t${i}.tag = ? AND t${i}.sequence = t.sequence`)
    .join('');
  const typed =
    types.length === 0
      ? ''
      : ` AND (SELECT type FROM events e WHERE e.sequence = t.sequence) IN (${placeholders(types.length)})`;
  return {
    text: `SELECT t.sequence FROM tags t${joins} WHERE t.tag = ? AND t.sequence BETWEEN ? AND ?${typed}`,
    values: [...others, lead, from, to, ...types],
  };
};

/** Sequences that match any of the items; undefined when nothing can match. */
export const querySql = (
  query: Exclude<Query, 'all'>,
  from: number,
  to: number,
): Sql | undefined => {
  if (query.length === 0) return undefined;
  const parts = query.map((item) => itemSql(item, from, to));
  return {
    text: parts.map((part) => part.text).join(' UNION '),
    values: parts.flatMap((part) => part.values),
  };
};
