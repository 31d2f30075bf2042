/**
 * Where subscriptions are kept: a small SQLite file in the office. Of what was parked only the
 * sequence is kept, so that there is nothing in it to be forgotten.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Sequence } from '../ledger/event-log.ts';
import { webhookReasonNames, webhookStatuses } from '../ledger/webhooks.ts';
import type { Course } from './course.ts';

/**
 * Positions are not waited for on disk: what a power cut takes of them is sent once more. New
 * subscriptions and their ends are.
 */
export const webhookFile = {
  version: 1,
  pragmas: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;',
  prepare: (db: DatabaseSync): void =>
    db.exec(`
      CREATE TABLE subscriptions (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        command TEXT NOT NULL UNIQUE,
        input TEXT NOT NULL,
        created_at TEXT NOT NULL,
        request TEXT NOT NULL,
        token TEXT,
        secret TEXT,
        course TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE parked (
        id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        parked_at TEXT NOT NULL,
        failure TEXT NOT NULL,
        due INTEGER NOT NULL,
        PRIMARY KEY (id, sequence)
      ) STRICT, WITHOUT ROWID;
    `),
};

const Kept = z.strictObject({
  address: z.string(),
  types: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  rate: z.int().optional(),
  note: z.string().optional(),
});

const KeptCourse: z.ZodType<Course> = z.strictObject({
  status: z.enum(webhookStatuses),
  reason: z.enum(webhookReasonNames).optional(),
  since: z.number(),
  position: z.int(),
  taken: z.strictObject({ sequence: z.int(), eventId: z.string() }).optional(),
  failures: z.int(),
  failingSince: z.number().optional(),
  refusals: z.int(),
  parkedInRow: z.int(),
  notBefore: z.number(),
  rate: z.number().optional(),
  failure: z.string().optional(),
});

export interface Subscription {
  readonly id: string;
  readonly owner: string;
  /** HMACs of the key and of the request that made it. */
  readonly command: string;
  readonly input: string;
  readonly createdAt: string;
  readonly request: z.infer<typeof Kept>;
  /** Undefined once it has ended. */
  readonly token: string | undefined;
  readonly secret: string | undefined;
  readonly course: Course;
}

interface Parked {
  readonly sequence: Sequence;
  readonly parkedAt: string;
  readonly failure: string;
  readonly due: boolean;
}

type Row = Readonly<Record<string, string | number | null>>;

const subscriptionIn = (row: Row): Subscription => ({
  id: String(row.id),
  owner: String(row.owner),
  command: String(row.command),
  input: String(row.input),
  createdAt: String(row.created_at),
  request: Kept.parse(JSON.parse(String(row.request))),
  token: row.token === null ? undefined : String(row.token),
  secret: row.secret === null ? undefined : String(row.secret),
  course: KeptCourse.parse(JSON.parse(String(row.course))),
});

const parkedIn = (row: Row): Parked => ({
  sequence: Number(row.sequence),
  parkedAt: String(row.parked_at),
  failure: String(row.failure),
  due: row.due === 1,
});

export type WebhookStore = ReturnType<typeof webhookStoreOn>;

/** Runs a change as one transaction. */
type Whole = <T>(change: () => T) => T;

export const webhookStoreOn = (db: DatabaseSync, whole: Whole) => {
  const find = db.prepare('SELECT * FROM subscriptions WHERE id = ?');
  const made = db.prepare('SELECT * FROM subscriptions WHERE command = ?');
  const save = db.prepare('UPDATE subscriptions SET course = ? WHERE id = ?');
  const oneOf = (row: unknown) => (row === undefined ? undefined : subscriptionIn(row as Row));
  const saveCourse = (id: string, course: Course) => void save.run(JSON.stringify(course), id);
  const durably = (change: () => void): void => {
    db.exec('PRAGMA synchronous = FULL');
    try {
      whole(change);
    } finally {
      db.exec('PRAGMA synchronous = NORMAL');
    }
  };
  return {
    find: (id: string) => oneOf(find.get(id)),
    madeBy: (command: string) => oneOf(made.get(command)),
    all: (): readonly Subscription[] =>
      db
        .prepare('SELECT * FROM subscriptions ORDER BY id')
        .all()
        .map((row) => subscriptionIn(row as Row)),
    add: (one: Subscription) =>
      durably(() => {
        const { id, owner, command, input, createdAt, request, token, secret, course } = one;
        db.prepare('INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          ...[id, owner, command, input, createdAt, JSON.stringify(request)],
          ...[token ?? null, secret ?? null, JSON.stringify(course)],
        );
      }),
    save: saveCourse,
    /** What could be sent with is gone. */
    end: (id: string, course: Course): void => {
      durably(() => {
        saveCourse(id, course);
        db.prepare('UPDATE subscriptions SET token = NULL, secret = NULL WHERE id = ?').run(id);
        db.prepare('DELETE FROM parked WHERE id = ?').run(id);
      });
      // Nor is it left in the journal.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    remove: (id: string) => void db.prepare('DELETE FROM subscriptions WHERE id = ?').run(id),
    ...parkedOn(db, whole, saveCourse),
  };
};

const parkedOn = (
  db: DatabaseSync,
  whole: Whole,
  saveCourse: (id: string, course: Course) => void,
) => {
  const due = db.prepare('SELECT * FROM parked WHERE id = ? AND due = 1 ORDER BY sequence LIMIT 1');
  return {
    /** The position goes past it in the same step, so that it is not lost in between. */
    park: (id: string, course: Course, sequence: Sequence, parkedAt: string, failure: string) =>
      whole(() => {
        saveCourse(id, course);
        db.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, 0)').run(
          ...[id, sequence, parkedAt, failure],
        );
      }),
    countParked: (id: string): number =>
      Number(db.prepare('SELECT count(*) AS n FROM parked WHERE id = ?').get(id)!.n),
    parked: (id: string, after: Sequence, limit: number): readonly Parked[] =>
      db
        .prepare('SELECT * FROM parked WHERE id = ? AND sequence > ? ORDER BY sequence LIMIT ?')
        .all(id, after, limit)
        .map((row) => parkedIn(row as Row)),
    /** The first of those that are to be sent again. */
    due: (id: string): Parked | undefined => {
      const row = due.get(id);
      return row === undefined ? undefined : parkedIn(row as Row);
    },
    /** @param sequence absent: all @returns how many are to be sent */
    makeDue: (id: string, sequence?: Sequence): number =>
      Number(
        sequence === undefined
          ? db.prepare('UPDATE parked SET due = 1 WHERE id = ?').run(id).changes
          : db.prepare('UPDATE parked SET due = 1 WHERE id = ? AND sequence = ?').run(id, sequence)
              .changes,
      ),
    unparkAfter: (id: string, sequence: Sequence): void =>
      void db.prepare('DELETE FROM parked WHERE id = ? AND sequence > ?').run(id, sequence),
    unpark: (id: string, sequence: Sequence): void =>
      void db.prepare('DELETE FROM parked WHERE id = ? AND sequence = ?').run(id, sequence),
    /** One that was refused again, and those that were to follow it, wait to be asked for. */
    keep: (id: string, sequence: Sequence, failure: string): void =>
      whole(() => {
        db.prepare('UPDATE parked SET failure = ? WHERE id = ? AND sequence = ?').run(
          ...[failure, id, sequence],
        );
        db.prepare('UPDATE parked SET due = 0 WHERE id = ?').run(id);
      }),
  };
};
