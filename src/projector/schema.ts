/**
 * The tables. A fact's place is `k`: its latest date and the sequence from which it is known, as
 * one text that sorts in that order. `until_seq` is the sequence from which it is no longer
 * known. Facts stand in the order in which they came; a narrow index has them by series and
 * place. About one fact in 16 heads a block, one in 256 also a block of the second level. A block
 * holds the lowest sequence within it, so that a question about an early moment can pass over
 * what was recorded later. `n` is a fact's place among those of its event.
 */
export const openEnd = Number.MAX_SAFE_INTEGER;

/** Raised when the tables change: older ones are thrown away and made anew. */
export const schemaVersion = 3;

export const schema = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    k TEXT NOT NULL,
    earliest TEXT,
    until_seq INTEGER NOT NULL
  );
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    question INTEGER NOT NULL,
    thing TEXT NOT NULL,
    attribute TEXT NOT NULL,
    UNIQUE (question, thing, attribute)
  );
  CREATE TABLE facts (
    series INTEGER NOT NULL,
    k TEXT NOT NULL,
    seq INTEGER NOT NULL,
    known INTEGER NOT NULL,
    until_seq INTEGER NOT NULL,
    earliest TEXT,
    rough INTEGER,
    inferred INTEGER NOT NULL,
    value TEXT NOT NULL,
    also TEXT,
    wording TEXT,
    n INTEGER NOT NULL,
    event TEXT NOT NULL
  );
  CREATE INDEX facts_place ON facts (series, k, known, until_seq);
  CREATE INDEX facts_rough ON facts (k) WHERE rough = 1;
  CREATE INDEX facts_also ON facts (also) WHERE also IS NOT NULL;
  CREATE TABLE blocks (
    series INTEGER NOT NULL,
    level INTEGER NOT NULL,
    k TEXT NOT NULL,
    next TEXT NOT NULL,
    min_known INTEGER NOT NULL,
    PRIMARY KEY (series, level, k)
  ) WITHOUT ROWID;
  CREATE TABLE resting (
    target TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target, seq)
  ) WITHOUT ROWID;
`;

/**
 * Indexes by which events are found again. Made when they are first needed: filling tables from
 * the start is faster without, and sorting once at the end costs less.
 */
export const indexes = `
  CREATE INDEX IF NOT EXISTS events_id ON events (id);
  CREATE INDEX IF NOT EXISTS events_k ON events (k);
  CREATE INDEX IF NOT EXISTS events_until ON events (until_seq) WHERE until_seq < ${openEnd};
  CREATE INDEX IF NOT EXISTS facts_seq ON facts (seq);
  CREATE INDEX IF NOT EXISTS facts_until ON facts (until_seq) WHERE until_seq < ${openEnd};
`;

/** Place of a fact; sorts by date, then by sequence. */
export const placeOf = (latest: string, sequence: number): string =>
  `${latest}.${String(sequence).padStart(16, '0')}`;

/** The date of a place. */
export const dateOf = (place: string): string => place.slice(0, 10);
/** Sorts after every place of that date. */
export const endOf = (date: string): string => `${date}/`;
/** Sorts before and after every place. */
export const firstPlace = '';
export const lastPlace = '~';

/** Of how many levels a fact heads a block: 0 mostly, 1 or 2; the same at every rebuild. */
export const headedLevels = (series: number, sequence: number): number => {
  const mixed = Math.imul(sequence ^ Math.imul(series, 0x9e3779b1), 0x85ebca6b) >>> 24;
  return mixed === 0 ? 2 : mixed < 16 ? 1 : 0;
};
