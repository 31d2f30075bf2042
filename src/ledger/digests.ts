/** Answers in short: a digest of each question's answer, by which two parties compare them. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Item, projections } from '../../projections/index.ts';
import { itemsOf } from './answers.ts';
import type { Point } from './questions.ts';
import type { ReadTables } from './read-tables.ts';

export interface AnswerDigest extends Point {
  readonly question: string;
  readonly items: number;
  /** SHA-256 over the canonical JSON of the items, in hex. */
  readonly digest: string;
}

/** An answer, with what it was made of. */
interface Digested {
  readonly digest: AnswerDigest;
  readonly items: readonly Item[];
}

/**
 * Of every question at every point. What is sealed stays sealed in them, so that they are the
 * same when a person was erased since.
 */
export function* answerDigests(
  tables: Pick<ReadTables, 'asOf'>,
  points: readonly Point[],
): Generator<Digested> {
  for (const { validAt, knownAt } of points)
    for (const projection of projections) {
      const { question } = projection;
      const facts = tables.asOf({ question, validAt, knownAt });
      const items = itemsOf(projection, facts, validAt).map(({ item }) => item);
      const digest = createHash('sha256')
        .update(canonicalize(items) ?? '')
        .digest('hex');
      yield { digest: { question, validAt, knownAt, items: items.length, digest }, items };
    }
}

/** More years than these are not chosen by themselves. */
const mostYears = 15;

/** The end of every year in which something holds, up to that in which the last was recorded. */
export const yearEnds = (tables: ReadTables, knownAt: number, recordedAt: string): Point[] => {
  const [first] = tables.timeline({ knownAt, limit: 1 });
  const last = Number(recordedAt.slice(0, 4));
  const since = Number(first?.at.slice(0, 4) ?? last);
  const from = Math.max(since, last - mostYears + 1);
  return Array.from({ length: Math.max(last - from + 1, 1) }, (_, i) => ({
    validAt: `${Math.min(from, last) + i}-12-31`,
    knownAt,
  }));
};
