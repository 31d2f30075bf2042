/**
 * Findings that nobody records, because they follow from facts and the passing of time: a plan
 * whose day went by, a pilot past its years. Each kind keeps facts of its own, and says from
 * these whether there is a finding on a date.
 */
import { findingKind, type FindingKindName } from '../../events/finding-kinds/index.ts';
import type { Entry } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import type { Fact, HeldFact, Look } from '../core.ts';

interface DerivedFinding {
  /** When it is another than that of its kind. */
  readonly kind?: FindingKindName;
  /** In Dutch. */
  readonly description: string;
  readonly since: RoughDate;
  /** Tags of what it is about. */
  readonly about: readonly string[];
  readonly figures?: readonly { readonly name: string; readonly value: string }[];
  /** The facts it was made of, when that is not all of them; common ones are named here too. */
  readonly from?: readonly HeldFact[];
}

export interface DerivedKind {
  readonly kind: FindingKindName;
  /** Things are its own; the thing `*` holds what all of them use. */
  readonly apply: (entry: Entry, look: Look) => readonly Fact[];
  readonly assemble: (
    thing: string,
    facts: readonly HeldFact[],
    common: readonly HeldFact[],
    validAt: string,
  ) => DerivedFinding | undefined;
}

/** A finding as an item, with rule and severity from the catalogue. */
export const derivedItem = (
  usual: FindingKindName,
  { kind = usual, description, since, about, figures = [] }: DerivedFinding,
) => {
  const { rule, severity } = findingKind(kind);
  return {
    kind,
    severity,
    description,
    ...(rule === undefined ? {} : { rule }),
    about,
    figures,
    since,
    derived: true,
  };
};
