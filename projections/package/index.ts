/** The basispakket on a date: its period, its tasks, and the agreements it rests on. */
import type { EntryFor } from '../../events/index.ts';
import { agreements } from '../agreements/index.ts';
import {
  evidenceOf,
  type Fact,
  fact,
  type HeldFact,
  type Item,
  type Json,
  type Projection,
  valueOf,
  withPrefix,
} from '../core.ts';

/** There is one basispakket, for all members (R4). */
export const basispakket = 'basispakket';

type Determined = Pick<
  EntryFor<'PackageDetermined'>['data'],
  'packageId' | 'until' | 'decisionIds' | 'size' | 'intendedResults' | 'costCents'
> & { readonly from: string; readonly evidence: Json };

interface Task {
  readonly packageId: string;
  readonly task: string;
}

const agreementFact = 'agreement/';

export const packageComposition: Projection = {
  question: 'package',
  apply: (entry, look) => {
    switch (entry.type) {
      case 'PackageDetermined': {
        const { tasks, ...rest } = entry.data;
        const from = entry.validFrom.latest;
        const evidence = evidenceOf(entry);
        const { packageId, decisionIds } = rest;
        return [
          fact(entry, basispakket, 'period', { ...rest, from, evidence }),
          ...tasks.map((t) =>
            fact(entry, basispakket, `task:${t.task}`, {
              ...t,
              packageId,
              since: from,
              decisionIds,
            }),
          ),
        ];
      }
      case 'PackageChanged': {
        const { packageId, added, removed, decisionIds } = entry.data;
        const since = entry.validFrom.latest;
        return [
          ...added.map((t) =>
            fact(entry, basispakket, `task:${t.task}`, { ...t, packageId, since, decisionIds }),
          ),
          ...removed.map((task) => fact(entry, basispakket, `task:${task}`, null)),
        ];
      }
      case 'PackagePartLeftUnused':
      case 'PackagePartResumed': {
        const { municipality, task } = entry.data;
        const left = entry.type === 'PackagePartLeftUnused';
        const value = left ? { municipality, task, since: entry.validFrom.latest } : null;
        return [fact(entry, basispakket, `unused:${municipality}:${task}`, value)];
      }
      default:
        return agreements.apply(entry, look).map((f): Fact => ({
          ...f,
          thing: basispakket,
          attribute: `${agreementFact}${f.thing}/${f.attribute}`,
        }));
    }
  },
  assemble: (_thing, facts, common, validAt) => {
    const period = valueOf<Determined>(facts, 'period');
    const holds = period !== undefined && validAt < period.until;
    const tasks = withPrefix(facts, 'task:')
      .map((f) => f.value as unknown as Task)
      .filter((t) => holds && t.packageId === period.packageId);
    const item = {
      period: holds ? { from: period.from, until: period.until } : undefined,
      packageId: holds ? period.packageId : undefined,
      decisionIds: holds ? period.decisionIds : [],
      tasks: tasks.map(({ packageId: _packageId, ...task }) => task),
      size: holds ? period.size : undefined,
      intendedResults: holds ? period.intendedResults : undefined,
      costCents: holds ? period.costCents : undefined,
      notUsed: holds ? withPrefix(facts, 'unused:').map((f) => f.value) : [],
      plusServices: [],
      lastPeriod: period && !holds ? { from: period.from, until: period.until } : undefined,
      agreements: runningAgreements(facts, common, validAt),
      evidence: holds ? period.evidence : undefined,
    };
    return { item, from: facts };
  },
};

/** The covenant or partnership under which the package holds; who carries it out is another matter. */
const runningAgreements = (
  facts: readonly HeldFact[],
  common: readonly HeldFact[],
  validAt: string,
): readonly Item[] => {
  const byId = new Map<string, HeldFact[]>();
  for (const f of facts) {
    if (!f.attribute.startsWith(agreementFact)) continue;
    const [, id = '', attribute = ''] = f.attribute.split('/');
    const list = byId.get(id) ?? [];
    byId.set(id, [...list, { ...f, thing: id, attribute }]);
  }
  return [...byId].flatMap(([id, own]) => {
    const item = agreements.assemble(id, own, common, validAt)?.item;
    const ground = item?.kind === 'covenant' || item?.kind === 'partnership';
    return ground && item.status === 'running' ? [item] : [];
  });
};
