/** What was judged of a criterion, by which office, and whether it is contested. */
import { byField, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const attestations: Projection = {
  question: 'attestations',
  apply: (entry) => {
    if (entry.type === 'CriterionAttested') {
      const value = valueFrom(entry, { date: entry.validFrom, office: entry.actor.office });
      return [fact(entry, entry.data.attestationId, 'attested', value)];
    }
    if (entry.type === 'AttestationContested') {
      const { attestationId, reasoning } = entry.data;
      const value = { reasoning, date: entry.validFrom, office: entry.actor.office };
      return [fact(entry, attestationId, 'contested', value)];
    }
    return [];
  },
  assemble: (_thing, facts) => {
    const attested = valueOf<Record<string, unknown>>(facts, 'attested');
    if (attested === undefined) return undefined;
    return { item: { ...attested, contested: valueOf(facts, 'contested') }, from: facts };
  },
  sortKey: byField('part', 'attestationId'),
};
