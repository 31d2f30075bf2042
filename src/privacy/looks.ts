/**
 * The log of looking: who opened what is sealed of a person, when and for what, as the standard
 * Logboek Dataverwerkingen asks. A line for each person; who looked stands beside the lines, for
 * the standard wants no user in them. It is added to, and never changed. A look is noted whole,
 * before anything is opened; its lines are laid by person when somebody asks for a person's.
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type Look, type Looked, type LookLog, LookLogError } from '../ledger/ports.ts';
import type { Purpose } from '../ledger/purposes.ts';
import { openOfficeFile, whole } from './office-file.ts';

/** What cannot be taken back stands on disk before anything is opened. */
const pragmas = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;';

const firstSchema = `
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

/** Looks of the first version have their lines already. */
const persons = `
  ALTER TABLE looks ADD COLUMN persons TEXT;
  ALTER TABLE looks ADD COLUMN spans TEXT;
  CREATE TABLE laid (up_to INTEGER NOT NULL) STRICT;
  INSERT INTO laid SELECT coalesce(max(id), 0) FROM looks;
`;

/** In the order of the table: lines of a thousand persons are as many places in it. */
const layLines = `
  INSERT INTO lines
  SELECT person.value, looks.id, substr(spans, 1 + 16 * person.key, 16)
    FROM looks, json_each(persons) AS person
   WHERE looks.id > (SELECT up_to FROM laid) ORDER BY 1, 2;
  UPDATE laid SET up_to = (SELECT coalesce(max(id), 0) FROM looks);
`;

const prepare = (db: DatabaseSync, found: number): void => {
  if (found < 1) db.exec(firstSchema);
  db.exec(persons);
};

interface ClosableLookLog extends LookLog {
  close(): void;
}

/**
 * @param now the clock of the machine
 * @throws Error when the file is of a newer version, or no log of looking
 */
export const openLookLog = (file: string, now: () => string): ClosableLookLog => {
  const db = openOfficeFile(file, { version: 2, pragmas, prepare });
  const add = db.prepare('INSERT INTO looks VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const byPerson = db.prepare(
    `SELECT * FROM lines JOIN looks ON looks.id = lines.look
      WHERE person = ? ORDER BY look DESC LIMIT ?`,
  );
  const note = ({ action, startedAt, purpose, reader, trace, persons }: Look): void => {
    add.run(
      trace?.traceId ?? randomBytes(16).toString('hex'),
      trace?.parentSpanId ?? null,
      action,
      purpose,
      startedAt,
      now(),
      reader.id,
      reader.office,
      reader.municipality ?? null,
      JSON.stringify(persons),
      randomBytes(8 * persons.length).toString('hex'),
    );
  };
  return {
    note: (look) => told(() => note(look)),
    of: (person, limit) =>
      told(() => {
        whole(db, () => db.exec(layLines));
        return (byPerson.all(person, limit) as unknown as Row[]).map(looked);
      }),
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
