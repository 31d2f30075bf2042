/** Findings as part of the thing that they are about. */
import type { Entry } from '../../events/index.ts';
import { type Fact, fact, type HeldFact, type Json, withPrefix } from '../core.ts';

/** @param kind of tag; things of this kind are known by the id in it */
export const findingsAbout = (entry: Entry, kind: string): readonly Fact[] => {
  if (entry.type !== 'FindingRecorded') return [];
  const { findingId, kind: what, severity, description, rule, figures, about } = entry.data;
  const value = { findingId, kind: what, severity, description, rule, figures };
  return about
    .filter((tag) => tag.startsWith(`${kind}:`))
    .map((tag) => ({
      ...fact(entry, tag.slice(kind.length + 1).toUpperCase(), `finding:${findingId}`, value),
      also: entry.data.foundIn,
    }));
};

export const findingsIn = (facts: readonly HeldFact[]): readonly Json[] =>
  withPrefix(facts, 'finding:').map((f) => f.value);
