/** The basispakket on a date: its period, its tasks, and the agreements it rests on. */
import type { EntryFor } from '../../events/index.ts';
import { agreements } from '../agreements/index.ts';
import { plusServices } from '../plus-services/index.ts';
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

/** A task of one package: what changes in another leaves it alone, also where periods overlap. */
const taskOf = (packageId: string, task: string): string => `task:${packageId}:${task}`;

/** Questions whose facts are kept here too, under a name of their own. */
const within = { agreement: agreements, service: plusServices } as const;
const keptHere = Object.entries(within);

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
            fact(entry, basispakket, taskOf(packageId, t.task), {
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
            fact(entry, basispakket, taskOf(packageId, t.task), {
              ...t,
              packageId,
              since,
              decisionIds,
            }),
          ),
          ...removed.map((task) => fact(entry, basispakket, taskOf(packageId, task), null)),
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
        return keptHere.flatMap(([name, { apply }]) =>
          apply(entry, look).map((f): Fact => ({
            ...f,
            thing: basispakket,
            attribute: `${name}/${f.thing}/${f.attribute}`,
          })),
        );
    }
  },
  assemble: (_thing, facts, common, validAt) => {
    const period = valueOf<Determined>(facts, 'period');
    const holds = period !== undefined && validAt < period.until;
    const tasks = holds
      ? withPrefix(facts, taskOf(period.packageId, '')).map((f) => f.value as unknown as Task)
      : [];
    const services = itemsWithin('service', facts, common, validAt);
    const item = {
      period: holds ? { from: period.from, until: period.until } : undefined,
      packageId: holds ? period.packageId : undefined,
      decisionIds: holds ? period.decisionIds : [],
      tasks: tasks.map(({ packageId: _packageId, ...task }) => task),
      size: holds ? period.size : undefined,
      intendedResults: holds ? period.intendedResults : undefined,
      costCents: holds ? period.costCents : undefined,
      // A part that is no longer in the package cannot be left unused.
      notUsed: withPrefix(facts, 'unused:')
        .map((f) => f.value as { readonly task: string })
        .filter((unused) => tasks.some(({ task }) => task === unused.task)),
      plusServices: services.filter((s) => s.status === 'on-offer').map(onOffer),
      moved: services.filter((s) => s.status === 'in-package').map(movedIn),
      lastPeriod: period && !holds ? { from: period.from, until: period.until } : undefined,
      agreements: itemsWithin('agreement', facts, common, validAt).filter(isGround),
      evidence: holds ? period.evidence : undefined,
    };
    // Tasks of other packages say nothing of this one.
    const from = facts.filter(
      ({ attribute }) =>
        !attribute.startsWith('task:') ||
        (holds && attribute.startsWith(taskOf(period.packageId, ''))),
    );
    return { item, from };
  },
};

/** The items of another question, from its facts that are kept here. */
const itemsWithin = (
  name: keyof typeof within,
  facts: readonly HeldFact[],
  common: readonly HeldFact[],
  validAt: string,
): readonly Item[] => {
  const byId = new Map<string, HeldFact[]>();
  for (const f of facts) {
    const [kind, id = '', ...attribute] = f.attribute.split('/');
    if (kind !== name) continue;
    const list = byId.get(id) ?? [];
    byId.set(id, [...list, { ...f, thing: id, attribute: attribute.join('/') }]);
  }
  return [...byId].flatMap(([id, own]) => {
    const item = within[name].assemble(id, own, common, validAt)?.item;
    return item === undefined ? [] : [item];
  });
};

/** The covenant or partnership under which the package holds; who carries it out is another matter. */
const isGround = ({ kind, status }: Item): boolean =>
  (kind === 'covenant' || kind === 'partnership') && status === 'running';

/** A service of the pluspakket, in short. */
const onOffer = ({ serviceId, name, targetGroup, municipalities }: Item) => ({
  serviceId,
  name,
  targetGroup,
  municipalities,
});

/** A service that moved into the basispakket, for all members (R4). */
const movedIn = ({ serviceId, name, moved }: Item) => ({
  serviceId,
  name,
  ...(moved as Readonly<Record<string, unknown>>),
});
