/** Criterion 2: more than the figure of the law of IBN's activities is entrusted by the members. */
import type { Entry } from '../../events/index.ts';
import { common, type Fact, fact, type HeldFact } from '../core.ts';
import { partOf } from './judgements.ts';

/** Quasi-inbesteden as the law has it; its figures are dated, as those of every rule. */
const law = 'R22';

export const activityFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type === 'RuleSet' && entry.data.rule === law) {
    const { figures, title } = entry.data;
    return [fact(entry, common, 'law', { figures, title })];
  }
  if (entry.type === 'RuleEnded' && entry.data.rule === law)
    return [fact(entry, common, 'law', null)];
  return [];
};

/** @param year in which IBN was awarded; the years before it are measured */
export const activityPart = (
  own: readonly HeldFact[],
  shared: readonly HeldFact[],
  year: number,
) => {
  const part = partOf(
    {
      part: 'activity',
      result: 'not-shown',
      evidence: [],
      missing: [`de omzet van IBN naar soort opdrachtgever in de jaren voor ${year}`],
      from: [],
    },
    own,
    shared,
  );
  return { part };
};
