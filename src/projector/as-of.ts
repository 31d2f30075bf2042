/** The question "what was so on v, as known at k", in SQL. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { common, type HeldFact, type Json, projections } from '../../projections/index.ts';
import type { AsOfFacts, AsOfQuery, ReadTables, Span } from '../ledger/read-tables.ts';
import { dateOf, endOf, lastPlace } from './schema.ts';

type Row = readonly [
  thing: string,
  attribute: string,
  k: string,
  earliest: string | null,
  value: string,
  event: string,
  also: string | null,
  wording: string | null,
  seq: number,
  n: number,
];

const columns =
  's.thing, s.attribute, f.k, f.earliest, f.value, f.event, f.also, f.wording, f.seq, f.n';

/**
 * The last fact of each series. Mostly that is simply the last one. If not, blocks whose lowest
 * sequence lies after k are passed over, those of the second level first; a series without blocks
 * is short. (`min` of two bounds, for SQLite searches by one bound only.)
 */
const certainSql = (things: string) => `
  SELECT ${columns}
  FROM series s
  CROSS JOIN facts f ON f.rowid = coalesce(
    (SELECT last.id FROM (
       SELECT x.rowid AS id, x.known, x.until_seq FROM facts x
       WHERE x.series = s.id AND x.k < :upTo ORDER BY x.k DESC LIMIT 1) last
     WHERE last.known <= :known AND last.until_seq > :known),
    (SELECT x.rowid
     FROM blocks bb
     CROSS JOIN blocks b
       ON b.series = bb.series AND b.level = 1 AND b.k >= bb.k AND b.k < min(bb.next, :upTo)
     CROSS JOIN facts x
       ON x.series = b.series AND x.k >= b.k AND x.k < min(b.next, :upTo)
     WHERE bb.series = s.id AND bb.level = 2 AND bb.k < :upTo
       AND bb.min_known <= :known AND b.min_known <= :known
       AND x.known <= :known AND x.until_seq > :known
     ORDER BY bb.k DESC, b.k DESC, x.k DESC LIMIT 1),
    (SELECT x.rowid
     FROM facts x
     WHERE x.series = s.id AND x.k < :upTo AND x.known <= :known AND x.until_seq > :known
       AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.series = s.id)
     ORDER BY x.k DESC LIMIT 1))
  WHERE s.question = :question ${things}`;

const roughSql = (things: string) => `
  SELECT ${columns}
  FROM facts f INDEXED BY facts_rough CROSS JOIN series s ON s.id = f.series
  WHERE f.rough = 1 AND f.k > :upTo AND (f.earliest IS NULL OR f.earliest <= :validAt)
    AND f.known <= :known AND f.until_seq > :known AND s.question = :question ${things}`;

const oneThing = `AND s.thing IN (:thing, '${common}')`;
const between = 'AND s.thing BETWEEN :first AND :last';

export const factReader = (db: DatabaseSync) => {
  const statements = (things: string) => ({
    certain: arrays(db, certainSql(things)),
    rough: arrays(db, roughSql(things)),
  });
  const [all, one, some] = [statements(''), statements(oneThing), statements(between)];
  return ({ question, thing, validAt, knownAt }: AsOfQuery, span?: Span): AsOfFacts => {
    const values = { question: placeOf(question), upTo: endOf(validAt), known: knownAt };
    const read = ({ certain, rough }: typeof all, more: Readonly<Record<string, string>>) => ({
      certain: rows(certain, { ...values, ...more }),
      rough: rows(rough, { ...values, ...more, validAt }),
    });
    if (span === undefined) return thing === undefined ? read(all, {}) : read(one, { thing });
    const [found, shared] = [read(some, { ...span }), read(one, { thing: common })];
    return {
      certain: [...found.certain, ...shared.certain],
      rough: [...found.rough, ...shared.rough],
    };
  };
};

const placeOf = (question: string): number => projections.findIndex((p) => p.question === question);

export const thingReader = (db: DatabaseSync): Pick<ReadTables, 'things' | 'thingsAfter'> => {
  const names = (beyond: '<' | '>', order: 'ASC' | 'DESC') => {
    const statement = db.prepare(
      `SELECT DISTINCT thing FROM series
       WHERE question = :question AND thing ${beyond} :name AND thing <> '${common}'
       ORDER BY thing ${order} LIMIT :limit`,
    );
    return (question: string, name: string, limit: number): readonly string[] =>
      statement.all({ question: placeOf(question), name, limit }).map(({ thing }) => String(thing));
  };
  const [back, on] = [names('<', 'DESC'), names('>', 'ASC')];
  return {
    things: (question, before = lastPlace, limit) => back(question, before, limit),
    thingsAfter: (question, after = '', limit) => on(question, after, limit),
  };
};

/** Rows as arrays: objects with a name for each column cost more than the search. */
const arrays = (db: DatabaseSync, sql: string): StatementSync => {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};

const rows = (statement: StatementSync, values: Record<string, string | number>) =>
  (statement.all(values) as unknown as Row[]).sort(byDate).map(held);

/** By date, then by event: an order that a fold of some of the events has as well. */
const byDate = (a: Row, b: Row): number => {
  const [dateA, dateB] = [dateOf(a[2]), dateOf(b[2])];
  return dateA < dateB ? -1 : dateA > dateB ? 1 : a[8] - b[8] || a[9] - b[9];
};

const held = ([thing, attribute, k, earliest, value, eventId, also, wording]: Row): HeldFact => ({
  thing,
  attribute,
  from: {
    ...(earliest === null ? {} : { earliest }),
    latest: dateOf(k),
    ...(wording === null ? {} : { wording }),
  },
  value: JSON.parse(value) as Json,
  eventId,
  ...(also === null ? {} : { also }),
});
