/** Who was forgotten, by opaque reference: asked for, and done. */
import { byField, fact, type Projection, valueFrom, valueOf } from '../core.ts';

interface Requested {
  readonly date: unknown;
}

export const erasures: Projection = {
  question: 'erasures',
  apply: (entry) => {
    if (entry.type === 'PersonErasureRequested') {
      const value = valueFrom(entry, { date: entry.validFrom, eventId: entry.id });
      return [fact(entry, entry.data.erasureId, 'requested', value)];
    }
    if (entry.type === 'PersonErased') {
      const { confirmedBy } = entry.data;
      const value = { erasedOn: entry.validFrom, confirmedBy };
      return [fact(entry, entry.data.erasureId, 'erased', value)];
    }
    return [];
  },
  assemble: (_thing, facts) => {
    const requested = valueOf<Requested>(facts, 'requested');
    if (requested === undefined) return undefined;
    const erased = valueOf<object>(facts, 'erased');
    const status = erased === undefined ? 'requested' : 'erased';
    return { item: { ...requested, status, ...erased }, from: facts };
  },
  sortKey: byField('erasureId'),
};
