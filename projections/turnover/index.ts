/** IBN's turnover by means, each line with how it is classed, by whom and why. */
import { byField, evidenceOf, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const turnover: Projection = {
  question: 'turnover',
  apply: (entry) => {
    if (entry.type === 'TurnoverReported')
      return [fact(entry, entry.data.turnoverId, 'reported', valueFrom(entry))];
    if (entry.type === 'TurnoverClassified') {
      const { turnoverId, class: classed, reasoning } = entry.data;
      const value = {
        class: classed,
        reasoning,
        by: { ...entry.actor },
        since: entry.validFrom,
        eventId: entry.id,
        evidence: evidenceOf(entry),
      };
      return [fact(entry, turnoverId, 'classified', value)];
    }
    return [];
  },
  assemble: (_thing, facts) => {
    const reported = valueOf<Record<string, unknown>>(facts, 'reported');
    if (reported === undefined) return undefined;
    const classification = valueOf<Record<string, unknown>>(facts, 'classified');
    const item = {
      ...reported,
      ...(classification === undefined ? {} : { class: classification.class, classification }),
    };
    return { item, from: facts };
  },
  sortKey: byField('year', 'means', 'title'),
};
