/**
 * The catalogue of findings: every kind there is, the rule it is about, how grave it is, and what
 * it means. A finding that is noted by hand about a source may have a kind of its own.
 */
import { governanceKinds } from './governance.ts';
import type { FindingKind } from './kind.ts';
import { lawfulnessKinds } from './lawfulness.ts';
import { moneyKinds } from './money.ts';
import { peopleKinds } from './people.ts';
import { sourceKinds } from './sources.ts';

export const findingKinds = {
  ...governanceKinds,
  ...moneyKinds,
  ...lawfulnessKinds,
  ...peopleKinds,
  ...sourceKinds,
};

export type FindingKindName = keyof typeof findingKinds;

/** Rule and severity of a kind. */
export const findingKind = (kind: FindingKindName): FindingKind => findingKinds[kind];
