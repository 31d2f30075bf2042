/** Read tables, row for row. */
import { DatabaseSync } from 'node:sqlite';

/** All rows of all tables in a file. */
export const rowsIn = (file: string): string => {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = [
    'series',
    'facts',
    'blocks',
    'resting',
    'accounts',
    'postings',
    'posting_sums',
    'meta',
  ];
  const rows = tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  db.close();
  return JSON.stringify(rows);
};
