/**
 * Postings, and their sums anywhere on the two axes. An event's postings stay for ever, so what is
 * known at k is all that came up to k. Every so many events a block is summed: per account and
 * valid date, all that was posted within the block up to that date. Four blocks make a larger
 * one, and so on. A sum up to k is then a few blocks, one row of each, and the events since.
 */
import type { DatabaseSync } from 'node:sqlite';
import { projections } from '../../projections/index.ts';
import type { PostedSum, RoughlyPosted } from '../../projections/core.ts';
import type { Account, Posting } from '../../events/postings.ts';
import type { RoughDate } from '../../events/values.ts';
import type { StoredEvent } from '../ledger/event-log.ts';
import type {
  AsOfQuery,
  PostedBy,
  PostedLine,
  PostingQuery,
  PostingsOf,
} from '../ledger/read-tables.ts';
import { type Batch, batch } from './batch.ts';

/** Events in a block of the smallest size. */
export const smallestBlock = 2_048;
/** Blocks in one of the next size. */
const inNext = 4;

/** Amounts are whole cents; each fits a double exactly, and their sums 64 bits. */
export const postingSchema = `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL,
    year INTEGER NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (municipality, year, account)
  );
  CREATE TABLE postings (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    account INTEGER NOT NULL,
    day TEXT NOT NULL,
    earliest TEXT,
    rough INTEGER,
    debit INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    PRIMARY KEY (seq, n)
  ) WITHOUT ROWID;
  CREATE INDEX postings_rough ON postings (day) WHERE rough = 1;
  CREATE TABLE posting_sums (
    size INTEGER NOT NULL,
    block INTEGER NOT NULL,
    account INTEGER NOT NULL,
    day TEXT NOT NULL,
    debit INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (size, block, account, day)
  ) WITHOUT ROWID;
`;

/** Made once the tables are filled. */
export const postingIndexes = `
  CREATE INDEX IF NOT EXISTS postings_account ON postings (account, seq);
`;

/** Statements are made when they are first needed: many tables are folded and never asked this. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

// --- writing

/** Takes the postings of one event after the other. */
export const postingWriter = (db: DatabaseSync) => {
  let rows: Batch | undefined;
  const account = once(() => accountIds(db));
  const sumBlock = once(() => blockSummer(db));
  return {
    add: ({ sequence, entry }: StoredEvent, postings: readonly Posting[]): void => {
      if (postings.length === 0) return;
      rows ??= batch(db, 'postings', 8);
      const { earliest, latest } = entry.validFrom;
      for (const [
        n,
        { municipality, year, account: name, side, amountCents },
      ] of postings.entries())
        rows.add(
          sequence,
          n,
          account().of(municipality, year, name),
          latest,
          earliest ?? null,
          earliest === latest ? null : 1,
          side === 'debit' ? Number(amountCents) : 0,
          side === 'credit' ? Number(amountCents) : 0,
        );
    },
    /** Told of every event: sums the blocks that end with it. */
    done: (sequence: number): void => {
      if ((sequence + 1) % smallestBlock !== 0) return;
      rows?.flush();
      for (let size = smallestBlock; (sequence + 1) % size === 0; size *= inNext)
        sumBlock()(size, (sequence + 1) / size - 1);
    },
    flush: (): void => rows?.flush(),
    forget: (): void => {
      rows?.forget();
      account().forget();
    },
  };
};

const accountIds = (db: DatabaseSync) => {
  const make = db.prepare(
    'INSERT OR IGNORE INTO accounts (municipality, year, account) VALUES (?, ?, ?)',
  );
  const find = db.prepare(
    'SELECT id FROM accounts WHERE municipality = ? AND year = ? AND account = ?',
  );
  const recent = new Map<string, number>();
  return {
    of: (municipality: string, year: number, account: string): number => {
      const name = `${municipality} ${year} ${account}`;
      const known = recent.get(name);
      if (known !== undefined) return known;
      make.run(municipality, year, account);
      const { id } = find.get(municipality, year, account) as { id: number };
      recent.set(name, id);
      return id;
    },
    forget: () => recent.clear(),
  };
};

const blockSummer = (db: DatabaseSync) => {
  const statement = db.prepare(`
    INSERT INTO posting_sums
    SELECT :size, :block, account, day,
      sum(debit) OVER upToDay, sum(credit) OVER upToDay, sum(count) OVER upToDay
    FROM (
      SELECT account, day, sum(debit) AS debit, sum(credit) AS credit, count(*) AS count
      FROM postings WHERE seq >= :first AND seq < :next
      GROUP BY account, day)
    WINDOW upToDay AS (PARTITION BY account ORDER BY day)`);
  return (size: number, block: number): void => {
    statement.run({ size, block, first: block * size, next: (block + 1) * size });
  };
};

// --- sums

/** The largest blocks that make up the first events, and where they end. */
const blocksOf = (events: number) => {
  const blocks: (readonly [size: number, block: number])[] = [];
  let size = smallestBlock;
  while (size * inNext <= events) size *= inNext;
  let end = 0;
  for (; size >= smallestBlock; size /= inNext)
    for (; end + size <= events; end += size) blocks.push([size, end / size]);
  return { blocks, end };
};

const sumsSql = `
  WITH parts AS MATERIALIZED (
    SELECT value ->> 0 AS size, value ->> 1 AS block FROM json_each(:blocks)),
  found AS (
    SELECT p.account, p.debit, p.credit, p.count
    FROM parts CROSS JOIN accounts a CROSS JOIN posting_sums p
      ON p.size = parts.size AND p.block = parts.block AND p.account = a.id
        AND p.day = (
          SELECT max(x.day) FROM posting_sums x
          WHERE x.size = parts.size AND x.block = parts.block AND x.account = a.id
            AND x.day <= :validAt)
    UNION ALL
    SELECT account, debit, credit, 1 FROM postings
    WHERE seq >= :end AND seq <= :knownAt AND day <= :validAt)
  SELECT a.municipality, a.year, a.account,
    sum(f.debit) AS debit, sum(f.credit) AS credit, sum(f.count) AS count
  FROM found f JOIN accounts a ON a.id = f.account
  GROUP BY f.account`;

/** Of which it is not certain on that date whether they hold yet. */
const inDoubt = `
  p.rough = 1 AND p.day > :validAt AND (p.earliest IS NULL OR p.earliest <= :validAt)`;

const roughSql = `
  SELECT a.municipality, a.year, a.account, p.debit, p.credit, 1 AS count, p.day, p.earliest
  FROM postings p INDEXED BY postings_rough JOIN accounts a ON a.id = p.account
  WHERE ${inDoubt} AND p.seq <= :knownAt
  ORDER BY p.seq, p.n`;

interface SumRow {
  readonly municipality: string;
  readonly year: bigint;
  readonly account: Account;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly count: bigint;
}

const sumOf = ({ municipality, year, account, debit, credit, count }: SumRow): PostedSum => ({
  municipality,
  year: Number(year),
  account,
  debit,
  credit,
  count: Number(count),
});

interface Dated {
  readonly day: string;
  readonly earliest: string | null;
}

const dateOf = ({ day, earliest }: Dated): RoughDate =>
  earliest === null ? { latest: day } : { earliest, latest: day };

/** Sums for a question that has amounts; nothing for the others. */
export const sumReader = (db: DatabaseSync) => {
  const statements = once(() => {
    const made = { certain: db.prepare(sumsSql), rough: db.prepare(roughSql) };
    for (const statement of Object.values(made)) statement.setReadBigInts(true);
    return made;
  });
  return ({ question, validAt, knownAt }: AsOfQuery) => {
    if (projections.find((p) => p.question === question)?.amounts === undefined) return {};
    const { certain, rough } = statements();
    const { blocks, end } = blocksOf(knownAt + 1);
    const values = { validAt, knownAt, end, blocks: JSON.stringify(blocks) };
    const sums = (certain.all(values) as unknown as SumRow[]).map(sumOf);
    const roughSums = (rough.all({ validAt, knownAt }) as unknown as (SumRow & Dated)[]).map(
      (row): RoughlyPosted => ({ ...sumOf(row), from: dateOf(row) }),
    );
    return { sums, roughSums };
  };
};

// --- one by one

const shown = `p.seq <= :knownAt AND (p.day <= :validAt OR (${inDoubt}))`;

const lineColumns = `
  p.seq, p.n, e.id, e.type, a.municipality, a.year, a.account, p.debit, p.credit, p.day, p.earliest`;

const linesSql = (source: string) => `
  SELECT ${lineColumns} FROM ${source} JOIN accounts a ON a.id = p.account JOIN events e ON e.seq = p.seq
  WHERE (p.seq, p.n) > (:seq, :n) AND ${shown}
  ORDER BY p.seq, p.n LIMIT :limit`;

/** Those of a few accounts are found by account. */
const ofAccounts = 'json_each(:accounts) wanted CROSS JOIN postings p ON p.account = wanted.value';

const byEventSql = `
  SELECT DISTINCT p.seq AS sequence, e.id AS eventId
  FROM ${ofAccounts} JOIN events e ON e.seq = p.seq
  WHERE ${shown} ORDER BY p.seq`;

type LineRow = Omit<SumRow, 'year' | 'count' | 'debit' | 'credit'> &
  Dated & {
    readonly seq: number;
    readonly n: number;
    readonly id: string;
    readonly type: string;
    readonly year: number;
    readonly debit: number;
    readonly credit: number;
  };

const lineOf = (row: LineRow): PostedLine => ({
  at: `${row.seq}.${row.n}`,
  sequence: row.seq,
  eventId: row.id,
  type: row.type,
  validFrom: dateOf(row),
  municipality: row.municipality,
  year: row.year,
  account: row.account,
  side: row.debit > 0 ? 'debit' : 'credit',
  amountCents: String(row.debit + row.credit),
});

export const postingReader = (db: DatabaseSync) => {
  const all = once(() => db.prepare(linesSql('postings p')));
  const some = once(() => db.prepare(linesSql(ofAccounts)));
  const byEvent = once(() => db.prepare(byEventSql));
  const accounts = once(() => db.prepare('SELECT * FROM accounts ORDER BY id'));
  const accountsOf = ({ municipalities, year, account }: PostingsOf): string => {
    const rows = accounts().all() as unknown as (Omit<SumRow, 'year'> & {
      id: number;
      year: number;
    })[];
    const ids = rows
      .filter((a) => municipalities === undefined || municipalities.includes(a.municipality))
      .filter((a) => year === undefined || a.year === year)
      .filter((a) => account === undefined || a.account === account);
    return JSON.stringify(ids.map((a) => a.id));
  };
  return {
    postings: ({ of, validAt, knownAt, after, limit }: PostingQuery): readonly PostedLine[] => {
      const [seq = -1, n = -1] = (after ?? '').split('.').filter(Boolean).map(Number);
      const values = { validAt, knownAt, seq, n, limit };
      const rows = Object.values(of).every((wanted) => wanted === undefined)
        ? all().all(values)
        : some().all({ ...values, accounts: accountsOf(of) });
      return (rows as unknown as LineRow[]).map(lineOf);
    },
    postedBy: (of: PostingsOf, validAt: string, knownAt: number): Iterable<PostedBy> =>
      byEvent().iterate({
        validAt,
        knownAt,
        accounts: accountsOf(of),
      }) as unknown as Iterable<PostedBy>,
  };
};
