/** The question "what was so on v, as known at k", in SQL. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { common, type HeldFact, type Json, projections } from '../../projections/index.ts';
import type { RoughDate } from '../../events/values.ts';
import type { AsOfFacts, AsOfQuery } from '../ledger/read-tables.ts';
import { endOf, lastPlace } from './schema.ts';

interface Row {
  readonly thing: string;
  readonly attribute: string;
  readonly k: string;
  readonly earliest: string | null;
  readonly value: string;
  readonly event: string;
  readonly also: string | null;
  readonly wording: string | null;
}

const columns = 's.thing, s.attribute, f.k, f.earliest, f.value, e.id AS event, f.also, f.wording';

/** By date, then by event: an order that a fold of some of the events has as well. */
const order = 'substr(f.k, 1, 10), f.seq, f.n';

/**
 * The last fact of each series, latest date first. Mostly that is simply the last one. If not,
 * blocks whose lowest sequence lies after k are passed over, and what stands before the first
 * block is looked at one by one. (`min` of two bounds, for SQLite searches by one bound only.)
 */
const certainSql = (things: string) => `
  SELECT ${columns}
  FROM series s
  CROSS JOIN facts f ON f.series = s.id AND f.k = coalesce(
    (SELECT last.k FROM (
       SELECT x.k, x.known, x.until_seq FROM facts x
       WHERE x.series = s.id AND x.k < :upTo ORDER BY x.k DESC LIMIT 1) last
     WHERE last.known <= :known AND last.until_seq > :known),
    (SELECT x.k
     FROM blocks b CROSS JOIN facts x
       ON x.series = b.series AND x.k >= b.k AND x.k < min(b.next, :upTo)
     WHERE b.series = s.id AND b.k < :upTo AND b.min_known <= :known
       AND x.known <= :known AND x.until_seq > :known
     ORDER BY b.k DESC, x.k DESC LIMIT 1),
    (SELECT x.k
     FROM facts x
     WHERE x.series = s.id AND x.known <= :known AND x.until_seq > :known
       AND x.k < min(:upTo, coalesce(
         (SELECT min(b.k) FROM blocks b WHERE b.series = s.id), '${lastPlace}'))
     ORDER BY x.k DESC LIMIT 1))
  CROSS JOIN events e ON e.seq = f.seq
  WHERE s.question = :question ${things}
  ORDER BY ${order}`;

const roughSql = (things: string) => `
  SELECT ${columns}
  FROM facts f INDEXED BY facts_rough CROSS JOIN series s ON s.id = f.series
    CROSS JOIN events e ON e.seq = f.seq
  WHERE f.rough = 1 AND f.k > :upTo AND (f.earliest IS NULL OR f.earliest <= :validAt)
    AND f.known <= :known AND f.until_seq > :known AND s.question = :question ${things}
  ORDER BY ${order}`;

const oneThing = `AND s.thing IN (:thing, '${common}')`;

export const factReader = (db: DatabaseSync) => {
  const all = { certain: db.prepare(certainSql('')), rough: db.prepare(roughSql('')) };
  const one = { certain: db.prepare(certainSql(oneThing)), rough: db.prepare(roughSql(oneThing)) };
  return ({ question, thing, validAt, knownAt }: AsOfQuery): AsOfFacts => {
    const { certain, rough } = thing === undefined ? all : one;
    const values = {
      question: projections.findIndex((p) => p.question === question),
      upTo: endOf(validAt),
      known: knownAt,
      ...(thing === undefined ? {} : { thing }),
    };
    return {
      certain: rows(certain, values),
      rough: rows(rough, { ...values, validAt }),
    };
  };
};

const rows = (statement: StatementSync, values: Record<string, string | number>) =>
  (statement.all(values) as unknown as Row[]).map(held);

const held = (row: Row): HeldFact => ({
  thing: row.thing,
  attribute: row.attribute,
  from: roughDate(row),
  value: JSON.parse(row.value) as Json,
  eventId: row.event,
  ...(row.also === null ? {} : { also: row.also }),
});

const roughDate = (row: Row): RoughDate => ({
  ...(row.earliest === null ? {} : { earliest: row.earliest }),
  latest: row.k.slice(0, 10),
  ...(row.wording === null ? {} : { wording: row.wording }),
});
