/** Facts of the rule that a kind of finding is about, by the number that the catalogue gives it. */
import { findingKind, type FindingKindName } from '../../events/finding-kinds/index.ts';
import type { Entry } from '../../events/index.ts';
import { type Fact, fact, type HeldFact, withPrefix } from '../core.ts';

type Figures = Readonly<Record<string, string>>;

/** Each setting and ending of the rule, so that one can ask what held on an earlier day. */
export const ruleFacts = (kind: FindingKindName, thing: string, entry: Entry): readonly Fact[] => {
  if (entry.type !== 'RuleSet' && entry.type !== 'RuleEnded') return [];
  if (entry.data.rule !== findingKind(kind).rule) return [];
  const value: Figures | 'ended' =
    entry.type === 'RuleEnded'
      ? 'ended'
      : Object.fromEntries(entry.data.figures.map((f) => [f.name, f.value]));
  return [fact(entry, thing, `rule:${entry.id}`, value)];
};

const changesOf = (facts: readonly HeldFact[]): readonly HeldFact[] => withPrefix(facts, 'rule:');

/** The figures of the rule as it holds on a day; undefined when it does not. */
export const figuresOn = (facts: readonly HeldFact[], day: string): Figures | undefined => {
  const held = changesOf(facts)
    .filter((f) => f.from.latest <= day)
    .reduce<HeldFact | undefined>(
      (last, f) => (last !== undefined && last.from.latest > f.from.latest ? last : f),
      undefined,
    );
  return held === undefined || held.value === 'ended' ? undefined : (held.value as Figures);
};

/** The first day on which the rule held at all. */
export const heldSince = (facts: readonly HeldFact[]): string | undefined =>
  changesOf(facts)
    .map((f) => f.from.latest)
    .sort()[0];

/** A figure that counts something; undefined when it is missing or no count. */
export const countIn = (figures: Figures | undefined, name: string): number | undefined => {
  const text = figures?.[name];
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
};
