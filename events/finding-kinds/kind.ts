/** One kind of finding. */
export interface FindingKind {
  /** Absent: about no rule, or about one that differs from case to case. */
  readonly rule?: string;
  readonly severity: 'note' | 'warning' | 'error';
  /** In Dutch. */
  readonly meaning: string;
}

/** Keeps the names. */
export const kindsOf = <const Kinds extends Readonly<Record<string, FindingKind>>>(kinds: Kinds) =>
  kinds;
