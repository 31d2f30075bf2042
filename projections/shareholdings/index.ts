/** Who holds the shares of IBN on a date, as far as recorded. */
import { byField, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const shareholdings: Projection = {
  question: 'shareholdings',
  apply: (entry) => {
    if (entry.type !== 'ShareholdingRecorded') return [];
    const holder = entry.data.municipality ?? entry.data.organisation ?? '';
    const gone = entry.data.percent === '0';
    const value = gone ? null : valueFrom(entry, { holder, since: entry.validFrom });
    return [fact(entry, holder, 'share', value)];
  },
  assemble: (_holder, facts) => {
    const item = valueOf<Record<string, unknown>>(facts, 'share');
    return item && { item, from: facts };
  },
  sortKey: byField('holder'),
};
