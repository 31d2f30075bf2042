/** The tables of the log, read and written. Whoever writes holds a transaction. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Head, QueryItem, Sequence, StoredEvent } from '../ledger/event-log.ts';
import type { Admitted, Range } from './admission.ts';
import { branchesOf } from './query-sql.ts';
import { recentEvents } from './recent.ts';
import { setMeta } from './sqlite-file.ts';
import { type Store, storedEvent } from './store.ts';

/** Statements kept ready; queries of unusual shapes must not fill the memory. */
const maxStatements = 500;
/** Branches of a query that are walked in one statement: each statement takes and leaves a lock. */
const maxBranches = 8;
/** Entries to look at per tag, to see which of several tags is the rarest. */
const probe = 256;

export interface SqliteStore extends Store {
  /** Reads the head from the file: after a failed write, or when another process writes. */
  reload(): Head;
  /** The canonical JSON of an event, not parsed. */
  textAt(sequence: Sequence): string | undefined;
  /** Puts the head back after a rollback. */
  rewind(head: Head): void;
}

interface Row {
  readonly sequence: number;
  readonly text: string;
}
const inRange = (order: 'ASC' | 'DESC'): string =>
  `SELECT sequence, text FROM events WHERE sequence BETWEEN ? AND ?
   ORDER BY sequence ${order} LIMIT ?`;

const stored = (rows: unknown): readonly StoredEvent[] =>
  (rows as readonly Row[]).map(({ sequence, text }) => storedEvent(sequence, text));

export const sqliteStore = (db: DatabaseSync): SqliteStore => {
  const statement = statementsOf(db);
  const find = findingIn(statement);
  const recent = recentEvents();
  let head: Head = { sequence: -1 };

  const reload = (): Head => {
    recent.forget();
    const row = statement(
      `SELECT sequence, json_extract(text, '$.recordedAt') AS recordedAt FROM events
       ORDER BY sequence DESC LIMIT 1`,
    ).get();
    head =
      row === undefined
        ? { sequence: -1 }
        : { sequence: Number(row['sequence']), recordedAt: String(row['recordedAt']) };
    return head;
  };
  reload();

  return {
    head: () => head,
    reload,
    rewind: (to) => {
      head = to;
      recent.rewind(to.sequence);
    },
    textAt: (sequence) => recent.textAt(sequence) ?? textIn(statement, sequence),
    has: (id) => statement('SELECT 1 FROM events WHERE id = ?').get(id) !== undefined,
    byIds: (ids) =>
      stored(
        statement(
          `SELECT sequence, text FROM events
           WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
        ).all(JSON.stringify(ids)),
      ),
    matches: (items, from) => {
      const known = recent.matches(items, from);
      if (known !== undefined) return known;
      const range = { from, to: head.sequence, limit: 1, backward: false };
      return find(items, range).length > 0;
    },
    events: (items, range) => {
      const { from, to, limit, backward } = range;
      const order = backward ? 'DESC' : 'ASC';
      if (items === 'all')
        return recent.events(range) ?? stored(statement(inRange(order)).all(from, to, limit));
      const found = [...new Set(find(items, range))];
      if (found.length === 0) return [];
      found.sort((a, b) => (backward ? b - a : a - b));
      return stored(
        statement(
          `SELECT sequence, text FROM events
           WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence ${order}`,
        ).all(JSON.stringify(found.slice(0, limit))),
      );
    },
    insert: (entry: Admitted) => {
      const { id, type, recordedAt, ledgerId, text, tags } = entry;
      const sequence = head.sequence + 1;
      const event = statement('INSERT INTO events (sequence, id, type, text) VALUES (?, ?, ?, ?)');
      event.run(sequence, id, type, text);
      const add = statement('INSERT INTO tags (tag, sequence) VALUES (?, ?)');
      for (const tag of tags) add.run(tag, sequence);
      if (ledgerId !== undefined) setMeta(db, 'ledgerId', ledgerId);
      head = { sequence, recordedAt };
      recent.add(sequence, entry);
    },
  };
};

const textIn = (statement: Statements, sequence: Sequence): string | undefined => {
  const row = statement('SELECT text FROM events WHERE sequence = ?').get(sequence);
  return row === undefined ? undefined : String(row['text']);
};

type Statements = (sql: string) => StatementSync;

const statementsOf = (db: DatabaseSync): Statements => {
  const ready = new Map<string, StatementSync>();
  return (sql) => {
    const known = ready.get(sql);
    if (known !== undefined) return known;
    if (ready.size >= maxStatements) ready.clear();
    const made = db.prepare(sql);
    ready.set(sql, made);
    return made;
  };
};

/** Sequences of a range that fit one of the items; per branch no more than the limit. */
const findingIn = (statement: Statements) => {
  const frequency = (tag: string, { from, to }: Range): number => {
    const sql = `SELECT count(*) AS count FROM
      (SELECT 1 FROM tags WHERE tag = ? AND sequence BETWEEN ? AND ? LIMIT ${probe})`;
    return Number(statement(sql).get(tag, from, to)?.['count']);
  };
  const rarestFirst = (item: QueryItem, range: Range): QueryItem => {
    const { tags = [] } = item;
    if (tags.length < 2) return item;
    const counted = tags.map((tag) => ({ tag, count: frequency(tag, range) }));
    counted.sort((a, b) => a.count - b.count);
    return { ...item, tags: counted.map(({ tag }) => tag) };
  };
  return (items: readonly QueryItem[], range: Range): readonly Sequence[] => {
    const { from, to, limit, backward } = range;
    const branches = items.flatMap((item) => branchesOf(rarestFirst(item, range), backward));
    const found: Sequence[] = [];
    for (let i = 0; i < branches.length; i += maxBranches) {
      const some = branches.slice(i, i + maxBranches);
      const sql = some.map((branch) => `SELECT sequence FROM (${branch.sql})`).join(' UNION ALL ');
      const values = some.flatMap(({ names }) => [from, to, ...names, limit]);
      for (const { sequence } of statement(sql).all(...values)) found.push(Number(sequence));
    }
    return found;
  };
};
