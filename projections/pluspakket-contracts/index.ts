/** Pluspakket contracts: parties, terms, price, sharing, and whether they run on a date (R10). */
import type { Entry, EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  dayFacts,
  type Fact,
  fact,
  type HeldFact,
  isThere,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';
import { findingsAbout, findingsIn } from '../findings/about.ts';

type Concluded = EntryFor<'PlusContractConcluded'>['data'] & { readonly evidence: Json };
type Amended = EntryFor<'PlusContractAmended'>['data'] & {
  readonly date: RoughDate;
  readonly evidence: Json;
};

const apply = (entry: Entry): readonly Fact[] => {
  switch (entry.type) {
    case 'PlusContractConcluded': {
      const { contractId, runsFrom, runsUntil } = entry.data;
      const value = valueFrom(entry, { concludedOn: entry.validFrom });
      return [
        fact(entry, contractId, 'contract', value),
        ...dayFacts(entry, contractId, runsFrom, runsUntil),
      ];
    }
    case 'PlusContractAmended': {
      const { contractId, runsUntil } = entry.data;
      const value = valueFrom(entry, { date: entry.validFrom });
      return [
        fact(entry, contractId, `amendment:${entry.id}`, value),
        ...dayFacts(entry, contractId, runsUntil),
      ];
    }
    case 'PlusContractShared':
      return [fact(entry, entry.data.contractId, 'shared', { on: entry.validFrom })];
    case 'PlusContractTerminated':
      return [
        fact(
          entry,
          entry.data.contractId,
          'terminated',
          valueFrom(entry, { date: entry.validFrom }),
        ),
      ];
    case 'PlusContractCompleted':
      return [
        fact(
          entry,
          entry.data.contractId,
          'completed',
          valueFrom(entry, { date: entry.validFrom }),
        ),
      ];
    default:
      return findingsAbout(entry, 'contract');
  }
};

const stateOf = (facts: readonly HeldFact[], terms: Concluded) => {
  const has = (attribute: string) => valueOf(facts, attribute) !== undefined;
  if (has('terminated')) return 'terminated';
  if (has('completed')) return 'completed';
  if (terms.runsUntil !== undefined && isThere(facts, terms.runsUntil)) return 'expired';
  return isThere(facts, terms.runsFrom) ? 'running' : 'concluded';
};

export const plusContracts: Projection = {
  question: 'pluspakket-contracts',
  apply,
  assemble: (_thing, facts, common) => {
    const contract = valueOf<Concluded>(facts, 'contract');
    if (contract === undefined) return undefined;
    const amendments = withPrefix(facts, 'amendment:').map((f) => f.value as unknown as Amended);
    const terms = amendments.reduce<Concluded>((before, amended) => {
      const { reason: _reason, date: _date, evidence: _evidence, ...changed } = amended;
      return { ...before, ...changed };
    }, contract);
    const { evidence, ...rest } = terms;
    const { findings, resolvedBy } = findingsIn(facts, common);
    const item = {
      ...rest,
      state: stateOf(facts, terms),
      sharedOn: valueOf<{ readonly on: RoughDate }>(facts, 'shared')?.on,
      amendments: amendments.map(({ contractId: _id, ...amended }) => amended),
      terminated: valueOf(facts, 'terminated'),
      completed: valueOf(facts, 'completed'),
      findings,
      evidence,
    };
    return { item, from: [...facts, ...resolvedBy] };
  },
  sortKey: byField('title'),
};
