/** Findings as part of the thing that they are about. */
import type { Entry } from '../../events/index.ts';
import { common, type Fact, fact, type HeldFact, type Json, withPrefix } from '../core.ts';

const resolved = (findingId: string): string => `resolved:${findingId}`;

/** @param kind of tag; things of this kind are known by the id in it */
export const findingsAbout = (entry: Entry, kind: string): readonly Fact[] => {
  if (entry.type === 'FindingResolved')
    // What the finding is about stands in the finding alone.
    return [fact(entry, common, resolved(entry.data.findingId), true)];
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

/** Findings of a thing that are not resolved, and what resolved the others. */
export const findingsIn = (
  facts: readonly HeldFact[],
  shared: readonly HeldFact[],
): { readonly findings: readonly Json[]; readonly resolvedBy: readonly HeldFact[] } => {
  const own = withPrefix(facts, 'finding:').map((f) => {
    const { findingId } = f.value as { readonly findingId: string };
    return { value: f.value, by: shared.filter((s) => s.attribute === resolved(findingId)) };
  });
  return {
    findings: own.filter(({ by }) => by.length === 0).map(({ value }) => value),
    resolvedBy: own.flatMap(({ by }) => by),
  };
};
