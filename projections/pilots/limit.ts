/** How long a pilot may run (R11), by the figure of the rule in force on the date asked about. */
import { later } from '../../events/calendar.ts';
import { findingKind } from '../../events/finding-kinds/index.ts';
import type { Entry } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { common as commonThing, type Fact, fact, type HeldFact } from '../core.ts';

const { rule: limitRule } = findingKind('pilot-past-limit');

interface Limit {
  readonly rule: string;
  readonly authority: string;
  readonly decisionIds: readonly string[];
  readonly years?: string;
}

/** The rule, as a fact that all pilots use. */
export const limitFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type !== 'RuleSet' && entry.type !== 'RuleEnded') return [];
  if (entry.data.rule !== limitRule) return [];
  if (entry.type === 'RuleEnded') return [fact(entry, commonThing, 'limit', null)];
  const { rule, authority, decisionIds, figures } = entry.data;
  const years = figures.find((f) => f.name === 'pilot-years')?.value;
  return [fact(entry, commonThing, 'limit', { rule, authority, decisionIds, years })];
};

export const limitIn = (common: readonly HeldFact[]): HeldFact | undefined =>
  common.find((f) => f.attribute === 'limit' && f.value !== null);

/** The first day on which it may no longer run, with the rule that says so. */
export const latestEndOf = (start: RoughDate, limit: HeldFact | undefined) => {
  const { years, ...by } = (limit?.value ?? {}) as Partial<Limit>;
  const until = years === undefined ? undefined : later(start.latest, 'years', years);
  return until === undefined ? undefined : { until, years, ...by };
};
