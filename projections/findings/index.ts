/** What does not add up, is missing or conflicts; also what rests on something taken back. */
import { byField, evidenceOf, fact, type Projection, valueFrom, valueOf } from '../core.ts';

export const findings: Projection = {
  question: 'findings',
  apply: (entry, look) => {
    if (entry.type === 'FindingRecorded') {
      const value = valueFrom(entry, { since: entry.validFrom });
      const { findingId, foundIn } = entry.data;
      return [{ ...fact(entry, findingId, 'finding', value), also: foundIn }];
    }
    if (entry.type === 'FindingResolved')
      return [fact(entry, entry.data.findingId, 'finding', null)];
    if (entry.type === 'FactReversed') {
      const reversed = entry.data.event;
      return look.restingOn(reversed).map((resting) => ({
        ...fact(
          entry,
          `rests-on-reversed.${resting.id}.${reversed}`,
          'finding',
          {
            kind: 'rests-on-reversed',
            severity: 'warning',
            description: `${resting.type} rust op ${entry.data.reversedType}, dat is teruggenomen.`,
            about: [`event:${resting.id}`],
            foundIn: resting.id,
            figures: [],
            since: resting.validFrom,
            evidence: evidenceOf(entry),
          },
          resting.validFrom,
        ),
        also: resting.id,
      }));
    }
    return [];
  },
  assemble: (thing, facts) => {
    const finding = valueOf<Record<string, unknown>>(facts, 'finding');
    return finding && { item: { findingId: thing, ...finding }, from: facts };
  },
  sortKey: byField('kind', 'description'),
};
