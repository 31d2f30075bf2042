/** Bodies and, as far as recorded, who sits in them. */
import { byField, fact, type Projection, valueFrom, valueOf, withPrefix } from '../core.ts';

export const bodies: Projection = {
  question: 'bodies',
  apply: (entry) => {
    if (entry.type === 'BodyEstablished')
      return [fact(entry, entry.data.bodyId, 'body', valueFrom(entry))];
    if (entry.type === 'RepresentativeAppointed') {
      const { bodyId, seatId } = entry.data;
      const value = valueFrom(entry, { since: entry.validFrom.latest });
      return [fact(entry, bodyId, `seat:${seatId}`, value)];
    }
    if (entry.type === 'RepresentativeWithdrawn')
      return [fact(entry, entry.data.bodyId, `seat:${entry.data.seatId}`, null)];
    return [];
  },
  assemble: (_thing, facts) => {
    const body = valueOf<object>(facts, 'body');
    if (body === undefined) return undefined;
    const seats = withPrefix(facts, 'seat:').map((f) => {
      const { bodyId: _bodyId, ...seat } = f.value as Record<string, unknown>;
      return seat;
    });
    return { item: { ...body, representatives: seats }, from: facts };
  },
  sortKey: byField('kind', 'name'),
};
