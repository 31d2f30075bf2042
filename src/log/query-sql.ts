/** Query items as SQL. Each branch is one walk along an index, in the order of sequences. */
import type { QueryItem } from '../ledger/event-log.ts';

/** A statement with parameters `from`, `to`, then its names, then `limit`. */
interface Branch {
  readonly sql: string;
  readonly names: readonly string[];
}

const placeholders = (names: readonly string[]): string => names.map(() => '?').join(', ');

/**
 * Branches that together yield the sequences of an item. The first tag is walked along, the
 * others are looked up for each event found: so the rarest should come first.
 */
export const branchesOf = (
  { types = [], tags = [] }: QueryItem,
  backward: boolean,
): readonly Branch[] => {
  const order = `ORDER BY sequence ${backward ? 'DESC' : 'ASC'} LIMIT ?`;
  if (tags.length === 0) {
    const sql = `SELECT sequence FROM events WHERE sequence BETWEEN ? AND ? AND type = ? ${order}`;
    return types.map((type) => ({ sql, names: [type] }));
  }
  const [first = '', ...others] = tags;
  const has =
    others.length === 0
      ? ''
      : `AND ${others.length} = (SELECT count(*) FROM tags AS other
           WHERE other.tag IN (${placeholders(others)}) AND other.sequence = tags.sequence)`;
  const is =
    types.length === 0
      ? ''
      : `AND (SELECT type FROM events WHERE events.sequence = tags.sequence)
           IN (${placeholders(types)})`;
  const sql = `SELECT sequence FROM tags
    WHERE sequence BETWEEN ? AND ? AND tag = ? ${has} ${is} ${order}`;
  return [{ sql, names: [first, ...others, ...types] }];
};
