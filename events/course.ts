/**
 * The course of a decision (R1): which status follows from which steps. One function, for
 * deciders and for answers alike.
 */
import { lastOf, type RoughDate } from './values.ts';

export type DecisionStatus =
  | 'proposed'
  | 'advised'
  | 'decided'
  | 'adopted'
  | 'in-force'
  | 'refused'
  | 'withdrawn'
  | 'superseded'
  | 'ended';

/** The steps that have been taken, as far as one looks. */
interface DecisionSteps {
  readonly advised: boolean;
  readonly decided: boolean;
  /** Members whose consent it needs. */
  readonly needs: readonly string[];
  readonly adoptedFor: ReadonlySet<string>;
  readonly effectiveDate?: string | undefined;
  /** A step that ends it; the last one counts. */
  readonly closed?: 'refused' | 'withdrawn' | 'superseded' | 'ended' | undefined;
}

/** Members whose adoption is complete: by every organ that is asked, or by one unnamed. */
export const adoptedBy = (
  organs: readonly string[],
  adoptions: readonly {
    readonly organ?: string | undefined;
    readonly onBehalfOf: readonly string[];
  }[],
): ReadonlySet<string> => {
  const byMember = new Map<string, Set<string>>();
  for (const { organ, onBehalfOf } of adoptions)
    for (const code of onBehalfOf) {
      const found = byMember.get(code) ?? new Set<string>();
      byMember.set(code, found);
      // A source that names no organ speaks of the member as a whole.
      for (const one of organ === undefined ? ['', ...organs] : [organ]) found.add(one);
    }
  const complete = [...byMember].filter(([, found]) => organs.every((organ) => found.has(organ)));
  return new Set(complete.map(([code]) => code));
};

/** Status on a date, given the steps taken by then. */
export const statusOf = (steps: DecisionSteps, date: string): DecisionStatus => {
  if (steps.closed !== undefined) return steps.closed;
  if (!steps.decided) return steps.advised ? 'advised' : 'proposed';
  if (!steps.needs.every((code) => steps.adoptedFor.has(code))) return 'decided';
  if (steps.effectiveDate !== undefined && date < steps.effectiveDate)
    return steps.needs.length > 0 ? 'adopted' : 'decided';
  return 'in-force';
};

/** From when it is in force, once all consent is there: the last of what it needs. */
export const inForceFrom = (
  consents: readonly RoughDate[],
  effectiveDate: string | undefined,
): RoughDate =>
  lastOf(
    effectiveDate === undefined
      ? consents
      : [...consents, { earliest: effectiveDate, latest: effectiveDate }],
  );
