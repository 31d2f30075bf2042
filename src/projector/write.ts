/** Brings events into the tables: their facts in, and out what they take back or replace. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isInferred } from '../../projections/core.ts';
import { type Look, projections, type Resting } from '../../projections/index.ts';
import type { StoredEvent } from '../ledger/event-log.ts';
import { batch, type Value } from './batch.ts';
import { blockWriter } from './blocks.ts';
import { dateOf, headedLevels, indexes, openEnd, placeOf } from './schema.ts';
import { postingWriter } from './postings.ts';

export interface FactWriter {
  write(event: StoredEvent): void;
  /** Puts in what waits; needed before anything is read. */
  flush(): void;
  /** After a rollback: what waited, and what was remembered, is gone. */
  forget(): void;
}

export const factWriter = (db: DatabaseSync): FactWriter => {
  const series = seriesIds(db);
  const facts = factBatch(db);
  const events = batch(db, 'events', 6);
  const posted = postingWriter(db);
  const flush = (): void => {
    events.flush();
    facts.flush();
    posted.flush();
  };
  const look: Look = { restingOn: restingReader(db) };
  const takeBack = reversal(db, facts);
  const rest = db.prepare('INSERT INTO resting VALUES (?, ?)');
  const replace = db.prepare(
    `UPDATE facts SET until_seq = ? WHERE series = ? AND inferred = 1 AND until_seq = ${openEnd}`,
  );

  const write = (event: StoredEvent): void => {
    const { sequence, entry } = event;
    const { earliest: from, latest: by } = entry.validFrom;
    events.add(sequence, entry.id, entry.type, placeOf(by, sequence), from ?? null, openEnd);
    for (const target of entry.restsOn ?? []) rest.run(target, sequence);
    if (entry.reverses !== undefined) {
      flush();
      takeBack(entry.reverses, sequence);
    }
    const inferred = isInferred(entry);
    for (const [question, projection] of projections.entries()) {
      if (projection.amounts) posted.add(event, projection.amounts.postings(entry));
      let n = 0;
      for (const fact of projection.apply(entry, look)) {
        const { id, made } = series.of(question, fact.thing, fact.attribute);
        if (fact.replacesInferred && !inferred && !made) {
          facts.flush();
          replace.run(sequence, id);
        }
        const { earliest, latest, wording } = fact.from;
        facts.add(
          id,
          placeOf(latest, sequence),
          sequence,
          sequence,
          openEnd,
          earliest ?? null,
          earliest === latest ? null : 1,
          inferred ? 1 : 0,
          JSON.stringify(fact.value),
          fact.also ?? null,
          wording ?? null,
          n,
          entry.id,
        );
        if (!made) facts.mayHead(id, latest, sequence);
        n += 1;
      }
    }
    posted.done(sequence);
  };
  return {
    write,
    flush,
    forget: () => {
      events.forget();
      facts.forget();
      series.forget();
      posted.forget();
    },
  };
};

/** Facts; those that head a block make it once they are in. */
const factBatch = (db: DatabaseSync) => {
  const rows = batch(db, 'facts', 13);
  const split = blockWriter(db);
  let heads: Parameters<typeof split>[] = [];
  return {
    add: rows.add,
    /** A fact of a series that has others before it. */
    mayHead: (series: number, latest: string, known: number): void => {
      const levels = headedLevels(series, known);
      if (levels > 0) heads.push([series, placeOf(latest, known), known, levels]);
    },
    flush: (): void => {
      rows.flush();
      for (const head of heads) split(...head);
      heads = [];
    },
    forget: (): void => {
      rows.forget();
      heads = [];
    },
  };
};

/** Ids of series; those in use are remembered, within bounds. */
const seriesIds = (db: DatabaseSync) => {
  const find = db.prepare(
    'SELECT id FROM series WHERE question = ? AND thing = ? AND attribute = ?',
  );
  const make = db.prepare(
    'INSERT OR IGNORE INTO series (question, thing, attribute) VALUES (?, ?, ?)',
  );
  const recent = new Map<string, number>();
  return {
    of: (question: number, thing: string, attribute: string) => {
      const name = `${question}\n${thing}\n${attribute}`;
      const known = recent.get(name);
      if (known !== undefined) return { id: known, made: false };
      // Most series that are not remembered are new: making first saves looking first.
      const { changes, lastInsertRowid } = make.run(question, thing, attribute);
      const made = changes > 0;
      const id = made
        ? Number(lastInsertRowid)
        : (find.get(question, thing, attribute) as { id: number }).id;
      if (recent.size >= 20_000) recent.clear();
      recent.set(name, id);
      return { id, made };
    },
    forget: () => recent.clear(),
  };
};

const restingReader = (db: DatabaseSync) => {
  const find = db.prepare(
    `SELECT e.id, e.type, e.k, e.earliest FROM resting r JOIN events e ON e.seq = r.seq
     WHERE r.target = ? AND e.until_seq = ${openEnd} ORDER BY r.seq`,
  );
  type Row = { id: string; type: Resting['type']; k: string; earliest: string | null };
  return (eventId: string): readonly Resting[] =>
    (find.all(eventId) as unknown as Row[]).map(({ id, type, k, earliest }) => {
      const latest = dateOf(k);
      return { id, type, validFrom: earliest === null ? { latest } : { earliest, latest } };
    });
};

/** Ends the facts of an event that is taken back, and revives those that it had replaced. */
const reversal = (db: DatabaseSync, facts: ReturnType<typeof factBatch>) => {
  const sequenceOf = db.prepare('SELECT seq FROM events WHERE id = ?');
  const endEvent = db.prepare('UPDATE events SET until_seq = ? WHERE seq = ?');
  const endFacts = [
    db.prepare(`UPDATE facts SET until_seq = ? WHERE seq = ? AND until_seq = ${openEnd}`),
    db.prepare(`UPDATE facts SET until_seq = ? WHERE also = ? AND until_seq = ${openEnd}`),
  ] as const;
  const replacedAt: StatementSync = db.prepare(
    `SELECT f.* FROM facts f JOIN events e ON e.seq = f.seq AND e.until_seq = ${openEnd}
     WHERE f.until_seq = ? AND f.until_seq < ${openEnd}`,
  );
  let indexed = false;
  return (reversed: string, sequence: number): void => {
    if (!indexed) db.exec(indexes);
    indexed = true;
    endFacts[1].run(sequence, reversed);
    const found = sequenceOf.get(reversed) as { seq: number } | undefined;
    if (found === undefined) return;
    endEvent.run(sequence, found.seq);
    endFacts[0].run(sequence, found.seq);
    for (const row of replacedAt.all(found.seq)) {
      const old = Object.values(row) as Value[];
      const [series, k, seq, , , ...rest] = old;
      const latest = dateOf(String(k));
      facts.add(series!, placeOf(latest, sequence), seq!, sequence, openEnd, ...rest);
      facts.mayHead(Number(series), latest, sequence);
    }
  };
};
