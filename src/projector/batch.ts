/** Rows that wait and go in together: one statement for many costs half as much as one each. */
import type { DatabaseSync } from 'node:sqlite';

export type Value = string | number | null;

/** Rows that go in with one statement. */
const atOnce = 40;

export interface Batch {
  /** The values of one row, in the order of the columns. */
  add(...row: readonly Value[]): void;
  flush(): void;
  forget(): void;
}

export const batch = (db: DatabaseSync, table: string, columns: number): Batch => {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  const rows = (count: number) => Array.from({ length: count }, () => row).join(', ');
  const many = db.prepare(`INSERT INTO ${table} VALUES ${rows(atOnce)}`);
  const one = db.prepare(`INSERT INTO ${table} VALUES ${row}`);
  let waiting: Value[] = [];
  const flush = (): void => {
    const values = waiting;
    waiting = [];
    if (values.length === atOnce * columns) many.run(...values);
    else for (let i = 0; i < values.length; i += columns) one.run(...values.slice(i, i + columns));
  };
  return {
    add: (...values) => {
      waiting.push(...values);
      if (waiting.length === atOnce * columns) flush();
    },
    flush,
    forget: () => (waiting = []),
  };
};
