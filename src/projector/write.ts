/** Brings one event into the tables: its facts in, and out what it takes back or replaces. */
import type { DatabaseSync } from 'node:sqlite';
import { isInferred } from '../../projections/core.ts';
import { type Look, projections, type Resting } from '../../projections/index.ts';
import type { RoughDate } from '../../events/values.ts';
import type { StoredEvent } from '../ledger/event-log.ts';
import { headsBlock, lastPlace, openEnd, placeOf } from './schema.ts';

interface FactRow {
  readonly series: number;
  readonly k: string;
  readonly until_seq: number;
  readonly earliest: string | null;
  readonly rough: number | null;
  readonly inferred: number;
  readonly value: string;
  readonly event: string;
  readonly also: string | null;
  readonly wording: string | null;
}

const insertFact = `INSERT INTO facts
  (series, k, seq, until_seq, earliest, rough, inferred, value, event, also, wording)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export const factWriter = (db: DatabaseSync) => {
  const insert = db.prepare(insertFact);
  const series = seriesIds(db);
  const blocks = blockWriter(db);
  const look: Look = { restingOn: restingReader(db) };
  const takeBack = reversal(db, insert);
  const rest = db.prepare('INSERT INTO resting VALUES (?, ?, ?, ?, ?)');
  const replace = db.prepare(
    `UPDATE facts SET until_seq = ? WHERE series = ? AND inferred = 1 AND until_seq = ${openEnd}`,
  );

  return ({ sequence, entry }: StoredEvent): void => {
    if (entry.reverses !== undefined) takeBack(entry.reverses, sequence);
    const inferred = isInferred(entry);
    for (const projection of projections) {
      for (const fact of projection.apply(entry, look)) {
        const id = series(projection.question, fact.thing, fact.attribute);
        if (fact.replacesInferred && !inferred) replace.run(sequence, id);
        const { earliest, latest, wording } = fact.from;
        const k = placeOf(latest, sequence);
        insert.run(
          id,
          k,
          sequence,
          openEnd,
          earliest ?? null,
          earliest === latest ? null : 1,
          inferred ? 1 : 0,
          JSON.stringify(fact.value),
          entry.id,
          fact.also ?? null,
          wording ?? null,
        );
        if (headsBlock(id, sequence)) blocks(id, k, sequence);
      }
    }
    if (entry.restsOn === undefined) return;
    const validFrom = JSON.stringify(entry.validFrom);
    for (const target of entry.restsOn)
      rest.run(target, sequence, entry.id, entry.type, validFrom);
  };
};

const seriesIds = (db: DatabaseSync) => {
  const find = db.prepare(
    'SELECT id FROM series WHERE question = ? AND thing = ? AND attribute = ?',
  );
  const make = db.prepare('INSERT INTO series (question, thing, attribute) VALUES (?, ?, ?)');
  // Bounded: a ledger has more series than fit in memory; those in use come back at once.
  const recent = new Map<string, number>();
  return (question: string, thing: string, attribute: string): number => {
    const name = `${question}\n${thing}\n${attribute}`;
    const known = recent.get(name);
    if (known !== undefined) return known;
    const row = find.get(question, thing, attribute) as { id: number } | undefined;
    const id = row?.id ?? Number(make.run(question, thing, attribute).lastInsertRowid);
    if (recent.size >= 50_000) recent.clear();
    recent.set(name, id);
    return id;
  };
};

/** Splits the block that a new head falls in; the first block of a series has no row. */
const blockWriter = (db: DatabaseSync) => {
  const before = db.prepare(
    'SELECT k, next FROM blocks WHERE series = ? AND k < ? ORDER BY k DESC LIMIT 1',
  );
  const first = db.prepare('SELECT min(k) AS k FROM blocks WHERE series = ?');
  const shorten = db.prepare('UPDATE blocks SET next = ? WHERE series = ? AND k = ?');
  const lowest = db.prepare(
    'SELECT min(seq) AS seq FROM facts WHERE series = ? AND k >= ? AND k < ?',
  );
  const insert = db.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?)');
  return (series: number, k: string, sequence: number): void => {
    const split = before.get(series, k) as { k: string; next: string } | undefined;
    const next = split?.next ?? (first.get(series) as { k: string | null }).k ?? lastPlace;
    if (split) shorten.run(k, series, split.k);
    const { seq } = lowest.get(series, k, next) as { seq: number | null };
    insert.run(series, k, next, seq ?? sequence);
  };
};

const restingReader = (db: DatabaseSync) => {
  const find = db.prepare(
    `SELECT r.event, r.type, r.valid_from FROM resting r
     WHERE r.target = ? AND NOT EXISTS (
       SELECT 1 FROM facts f WHERE f.event = r.event AND f.until_seq < ${openEnd} AND f.value = 'null')
     ORDER BY r.seq`,
  );
  return (eventId: string): readonly Resting[] =>
    (find.all(eventId) as unknown as { event: string; type: string; valid_from: string }[]).map(
      (row) =>
        ({
          id: row.event,
          type: row.type,
          validFrom: JSON.parse(row.valid_from) as RoughDate,
        }) as Resting,
    );
};

/** Ends the facts of an event that is taken back, and revives those that it had replaced. */
const reversal = (db: DatabaseSync, insert: ReturnType<DatabaseSync['prepare']>) => {
  const sequenceOf = db.prepare('SELECT min(seq) AS seq FROM facts WHERE event = ?');
  const end = db.prepare(
    `UPDATE facts SET until_seq = ? WHERE (event = ? OR also = ?) AND until_seq = ${openEnd}`,
  );
  const replacedAt = db.prepare('SELECT * FROM facts WHERE until_seq = ?');
  return (reversed: string, sequence: number): void => {
    end.run(sequence, reversed, reversed);
    const { seq } = sequenceOf.get(reversed) as { seq: number | null };
    if (seq === null) return;
    for (const old of replacedAt.all(seq) as unknown as FactRow[]) {
      insert.run(
        old.series,
        placeOf(old.k.slice(0, 10), sequence),
        sequence,
        openEnd,
        old.earliest,
        old.rough,
        old.inferred,
        old.value,
        old.event,
        old.also,
        old.wording,
      );
    }
  };
};
