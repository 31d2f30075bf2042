/** What execution areas agreed, and with which decisions that conflicts (R20). */
import type { EntryFor } from '../../events/index.ts';
import {
  byField,
  evidenceOf,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';

type Made = EntryFor<'AreaAgreementMade'>['data'] & { readonly evidence: Json };

export const areaAgreements: Projection = {
  question: 'area-agreements',
  apply: (entry) => {
    switch (entry.type) {
      case 'AreaAgreementMade': {
        const value = valueFrom(entry, { since: entry.validFrom });
        return [fact(entry, entry.data.areaAgreementId, 'agreement', value)];
      }
      case 'AreaAgreementConflictNoted': {
        const { areaAgreementId, decisionId, reasoning } = entry.data;
        const value = { decisionIds: [decisionId], reasoning, evidence: evidenceOf(entry) };
        return [fact(entry, areaAgreementId, `conflict:${decisionId}`, value)];
      }
      case 'AreaAgreementEnded': {
        const value = valueFrom(entry, { date: entry.validFrom });
        return [fact(entry, entry.data.areaAgreementId, 'ended', value)];
      }
      default:
        return [];
    }
  },
  assemble: (_thing, facts) => {
    const agreement = valueOf<Made>(facts, 'agreement');
    if (agreement === undefined) return undefined;
    const { conflicts: known = [], evidence, ...rest } = agreement;
    const conflicts = [...known.map(namedAsList), ...noted(facts)];
    const ended = valueOf(facts, 'ended');
    const status = ended === undefined ? 'running' : 'ended';
    const item = { ...rest, status, conflicts, hasForce: conflicts.length === 0, ended, evidence };
    return { item, from: facts };
  },
  sortKey: byField('title'),
};

const noted = (facts: readonly HeldFact[]) => withPrefix(facts, 'conflict:').map((f) => f.value);

/** As answers name decisions. */
const namedAsList = ({ decisionId, reasoning }: NonNullable<Made['conflicts']>[number]) => ({
  decisionIds: [decisionId],
  reasoning,
});
