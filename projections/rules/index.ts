/** R1 – R21 with the figures in force, and what gives each its force. */
import { byField, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const rules: Projection = {
  question: 'rules',
  apply: (entry) => {
    if (entry.type === 'RuleSet') {
      const value = valueFrom(entry, { since: entry.validFrom, setBy: entry.id });
      return [fact(entry, entry.data.rule, 'rule', value)];
    }
    if (entry.type === 'RuleEnded') return [fact(entry, entry.data.rule, 'rule', null)];
    return [];
  },
  assemble: (_thing, facts) => {
    const rule = valueOf<{ authority: string }>(facts, 'rule');
    if (rule === undefined) return undefined;
    const refuses = !['advice', 'explanation'].includes(rule.authority);
    return { item: { ...rule, refuses }, from: facts };
  },
  sortKey: byField('rule'),
};
