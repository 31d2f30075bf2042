/** Covenants, execution agreements and deeds: planned, and whether they run on a date. */
import type { EntryFor } from '../../events/index.ts';
import { byField, dayFacts, fact, isThere, type Projection, valueFrom, valueOf } from '../core.ts';

type Concluded = EntryFor<'AgreementConcluded'>['data'];
type Extended = EntryFor<'AgreementExtended'>['data'];

export const agreements: Projection = {
  question: 'agreements',
  apply: (entry) => {
    if (entry.type === 'AgreementConcluded') {
      const { agreementId, runsFrom, runsUntil } = entry.data;
      return [
        fact(entry, agreementId, 'agreement', valueFrom(entry)),
        ...dayFacts(entry, agreementId, runsFrom, runsUntil),
      ];
    }
    if (entry.type === 'AgreementPlanned')
      return [fact(entry, entry.data.agreementId, 'planned', valueFrom(entry))];
    if (entry.type === 'AgreementExtended') {
      const { agreementId, runsUntil } = entry.data;
      return [
        fact(entry, agreementId, 'extension', valueFrom(entry)),
        ...dayFacts(entry, agreementId, runsUntil),
      ];
    }
    if (entry.type === 'AgreementEnded')
      return [fact(entry, entry.data.agreementId, 'ended', valueFrom(entry))];
    return [];
  },
  assemble: (_thing, facts) => {
    const agreement = valueOf<Concluded>(facts, 'agreement');
    if (agreement === undefined) {
      const planned = valueOf<object>(facts, 'planned');
      return planned && { item: { ...planned, status: 'planned' }, from: facts };
    }
    const extension = valueOf<Extended>(facts, 'extension');
    const runsUntil = extension?.runsUntil ?? agreement.runsUntil;
    const over =
      valueOf(facts, 'ended') !== undefined ||
      (runsUntil !== undefined && isThere(facts, runsUntil));
    const begun = agreement.runsFrom === undefined || isThere(facts, agreement.runsFrom);
    const status = over ? 'ended' : begun ? 'running' : 'concluded';
    return { item: { ...agreement, runsUntil, extension, status }, from: facts };
  },
  sortKey: byField('title'),
};
