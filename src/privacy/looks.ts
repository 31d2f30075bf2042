/**
 * The log of looking: who opened what is sealed of a person, when and for what, as the standard
 * Logboek Dataverwerkingen asks. A line for each person; who looked stands beside the lines, for
 * the standard wants no user in them. It is added to, and never changed.
 */
import { randomBytes } from 'node:crypto';
import { type Look, type Looked, type LookLog, LookLogError } from '../ledger/ports.ts';
import type { Purpose } from '../ledger/purposes.ts';
import { openOfficeFile, whole } from './office-file.ts';

/** What cannot be taken back stands on disk before anything is opened. */
const pragmas = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;';

const schema = `
  CREATE TABLE looks (
    id INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    parent_span_id TEXT,
    action TEXT NOT NULL,
    purpose TEXT NOT NULL,
    started_at TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    reader TEXT NOT NULL,
    office TEXT NOT NULL,
    municipality TEXT
  ) STRICT;
  CREATE TABLE lines (
    person TEXT NOT NULL,
    look INTEGER NOT NULL REFERENCES looks (id),
    span_id TEXT NOT NULL,
    PRIMARY KEY (person, look)
  ) STRICT, WITHOUT ROWID;
  ${['looks', 'lines']
    .flatMap((table) => ['UPDATE', 'DELETE'].map((change) => [table, change] as const))
    .map(
      ([table, change]) => `CREATE TRIGGER ${table}_${change.toLowerCase()}
        BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'looks are not changed'); END;`,
    )
    .join('\n')}
`;

interface ClosableLookLog extends LookLog {
  close(): void;
}

/**
 * @param now the clock of the machine
 * @throws Error when the file is of a newer version, or no log of looking
 */
export const openLookLog = (file: string, now: () => string): ClosableLookLog => {
  const db = openOfficeFile(file, { version: 1, pragmas, prepare: (fresh) => fresh.exec(schema) });
  const addLook = db.prepare('INSERT INTO looks VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addLines = db.prepare(
    `INSERT INTO lines
     SELECT value, :look, substr(:spans, 1 + 16 * key, 16) FROM json_each(:persons)`,
  );
  const byPerson = db.prepare(
    `SELECT * FROM lines JOIN looks ON looks.id = lines.look
      WHERE person = ? ORDER BY look DESC LIMIT ?`,
  );
  const note = ({ action, startedAt, purpose, reader, trace, persons }: Look): void => {
    const { lastInsertRowid: look } = addLook.run(
      trace?.traceId ?? randomBytes(16).toString('hex'),
      trace?.parentSpanId ?? null,
      action,
      purpose,
      startedAt,
      now(),
      reader.id,
      reader.office,
      reader.municipality ?? null,
    );
    const spans = randomBytes(8 * persons.length).toString('hex');
    addLines.run({ look, spans, persons: JSON.stringify(persons) });
  };
  return {
    note: (look) => told(() => whole(db, () => note(look))),
    of: (person, limit) =>
      told(() => (byPerson.all(person, limit) as unknown as Row[]).map(looked)),
    close: () => db.close(),
  };
};

/** @throws LookLogError for whatever goes wrong in the file */
const told = <T>(act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw new LookLogError('the log of looking cannot be used', { cause: error });
  }
};

interface Row {
  readonly person: string;
  readonly span_id: string;
  readonly trace_id: string;
  readonly parent_span_id: string | null;
  readonly action: string;
  readonly purpose: string;
  readonly started_at: string;
  readonly noted_at: string;
  readonly reader: string;
  readonly office: string;
  readonly municipality: string | null;
}

const looked = (row: Row): Looked => ({
  person: row.person,
  traceId: row.trace_id,
  spanId: row.span_id,
  ...(row.parent_span_id === null ? {} : { parentSpanId: row.parent_span_id }),
  action: row.action,
  purpose: row.purpose as Purpose,
  startedAt: row.started_at,
  notedAt: row.noted_at,
  reader: {
    id: row.reader,
    office: row.office,
    ...(row.municipality === null ? {} : { municipality: row.municipality }),
  },
});
