/** Indicators: goals, assumptions and states of affairs, with their results (R17). */
import type { EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';
import { reachedOf, verdictOf } from './reached.ts';

type Agreed = EntryFor<'IndicatorAgreed'>['data'];
type Result = EntryFor<'ResultReported'>['data'] & {
  readonly date: RoughDate;
  readonly evidence: Json;
};

const resultsIn = (agreed: Agreed, facts: readonly HeldFact[]) =>
  withPrefix(facts, 'result:')
    .map((f) => f.value as unknown as Result)
    .map(({ indicatorId: _indicatorId, reached: said, ...result }) => ({
      ...result,
      reached: verdictOf(agreed, { ...result, reached: said }),
    }))
    .sort((a, b) => (a.from + a.until < b.from + b.until ? -1 : 1));

export const indicators: Projection = {
  question: 'indicators',
  apply: (entry) => {
    if (entry.type === 'IndicatorAgreed') {
      const value = valueFrom(entry, { date: entry.validFrom });
      return [fact(entry, entry.data.indicatorId, 'indicator', value)];
    }
    if (entry.type === 'ResultReported') {
      const { indicatorId, from, until } = entry.data;
      const value = valueFrom(entry, { date: entry.validFrom });
      return [fact(entry, indicatorId, `result:${from}:${until}`, value)];
    }
    return [];
  },
  assemble: (_thing, facts, _common, validAt) => {
    const agreed = valueOf<Agreed>(facts, 'indicator');
    if (agreed === undefined) return undefined;
    const results = resultsIn(agreed, facts);
    const reached = reachedOf(agreed, results, validAt);
    return { item: { ...agreed, results, reached }, from: facts };
  },
  sortKey: byField('kind', 'from', 'title'),
};
