/** Who takes part, who left, and in whom merged municipalities live on. */
import { byField, fact, type Projection, valueFrom, valueOf } from '../core.ts';

interface Membership {
  readonly name?: string;
  readonly mergedInto?: string;
  readonly leftBy?: string;
}

export const members: Projection = {
  question: 'members',
  apply: (entry) => {
    if (entry.type === 'MemberJoined') {
      const { municipality, name } = entry.data;
      const value = { municipality, name, since: entry.validFrom.latest, predecessors: [] };
      return [fact(entry, municipality, 'membership', value)];
    }
    if (entry.type === 'MunicipalitiesMerged') {
      const { successor, name, predecessors } = entry.data;
      const since = entry.validFrom.latest;
      const value = { municipality: successor, name, since, predecessors, mergedBy: entry.id };
      const ended = { mergedInto: successor, mergedIntoName: name, since, mergedBy: entry.id };
      return [
        fact(entry, successor, 'membership', value),
        ...predecessors.map((code) => fact(entry, code, 'end', { municipality: code, ...ended })),
      ];
    }
    if (entry.type === 'MemberLeft') {
      const value = valueFrom(entry, { since: entry.validFrom.latest, leftBy: entry.id });
      return [fact(entry, entry.data.municipality, 'end', value)];
    }
    return [];
  },
  assemble: (_thing, facts) => {
    const end = valueOf<Membership>(facts, 'end');
    const membership = valueOf<Membership>(facts, 'membership');
    if (end === undefined && membership === undefined) return undefined;
    return {
      item: end
        ? { ...end, name: membership?.name, status: end.leftBy === undefined ? 'merged' : 'left' }
        : { ...membership, status: 'member' },
      from: facts,
    };
  },
  sortKey: byField('municipality'),
};
