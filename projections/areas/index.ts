/** Execution areas and the scenario of each. */
import { byField, evidenceOf, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const areas: Projection = {
  question: 'areas',
  apply: (entry) => {
    if (entry.type === 'ExecutionAreaFormed')
      return [fact(entry, entry.data.areaId, 'area', valueFrom(entry))];
    if (entry.type === 'ExecutionAreaEnded') return [fact(entry, entry.data.areaId, 'area', null)];
    if (entry.type === 'ScenarioChosen') {
      const { scenario, pilot } = entry.data;
      const value = { scenario, pilot, evidence: evidenceOf(entry) };
      return [fact(entry, entry.data.areaId, 'scenario', value)];
    }
    return [];
  },
  assemble: (_thing, facts) => {
    const area = valueOf<object>(facts, 'area');
    if (area === undefined) return undefined;
    return { item: { ...area, scenario: valueOf(facts, 'scenario') }, from: facts };
  },
  sortKey: byField('name'),
};
