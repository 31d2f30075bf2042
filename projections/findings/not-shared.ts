/** A pluspakket contract is not shared with all members in the ambtelijke stuurgroep (R10). */
import { tag } from '../../events/index.ts';
import { fact, valueOf } from '../core.ts';
import type { DerivedKind } from './derived.ts';

export const notShared: DerivedKind = {
  kind: 'contract-not-shared',
  apply: (entry) => {
    if (entry.type === 'PlusContractConcluded')
      return [fact(entry, entry.data.contractId, 'contract', entry.data.title)];
    if (entry.type === 'PlusContractShared')
      return [fact(entry, entry.data.contractId, 'shared', true)];
    return [];
  },
  assemble: (contractId, facts) => {
    const contract = facts.find((f) => f.attribute === 'contract');
    const title = valueOf<string>(facts, 'contract');
    if (contract === undefined || title === undefined) return undefined;
    if (valueOf(facts, 'shared') !== undefined) return undefined;
    return {
      description: `Niet gedeeld in de ambtelijke stuurgroep: ${title}.`,
      since: contract.from,
      about: [tag('contract', contractId)],
    };
  },
};
