/** What IBN was awarded without a tender: each has a dossier of its own under `compliance`. */
import type { Entry } from '../../events/index.ts';
import { byField, type Fact, fact, type Projection, valueOf } from '../core.ts';

export interface Award {
  readonly awardId: string;
  readonly kind: 'lump-sum' | 'pluspakket-contract' | 'pilot';
  readonly title: string;
}

/** The award that an event makes, as a fact of that award. */
export const awardFacts = (entry: Entry): readonly Fact[] => {
  switch (entry.type) {
    case 'LumpSumDetermined': {
      const { lumpSumId, from, until, decisionIds } = entry.data;
      const title = `Lumpsum ${from} tot ${until}`;
      const award: Award = { awardId: lumpSumId, kind: 'lump-sum', title };
      const value = { ...award, awardedOn: entry.validFrom, decisionIds };
      return [fact(entry, lumpSumId, 'award', value)];
    }
    case 'PlusContractConcluded': {
      const { contractId, title } = entry.data;
      const award: Award = { awardId: contractId, kind: 'pluspakket-contract', title };
      return [fact(entry, contractId, 'award', { ...award, awardedOn: entry.validFrom })];
    }
    case 'PilotStarted': {
      const { pilotId, title } = entry.data;
      const award: Award = { awardId: pilotId, kind: 'pilot', title };
      return [fact(entry, pilotId, 'award', { ...award, awardedOn: entry.validFrom })];
    }
    default:
      return [];
  }
};

export const awards: Projection = {
  question: 'awards',
  apply: awardFacts,
  assemble: (_thing, facts) => {
    const item = valueOf<Award & Record<string, unknown>>(facts, 'award');
    return item && { item, from: facts };
  },
  sortKey: byField('kind', 'title', 'awardId'),
};
