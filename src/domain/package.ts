/** The basispakket: per period (R2), changed for a reason (R3, R4), left unused in part (R5). */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  PackageChanged,
  PackageDetermined,
  PackagePartLeftUnused,
  PackagePartResumed,
} from '../../events/package.ts';
import { contentBreaches, periodBreaches, r2 } from './by-rule/r2.ts';
import { circumstanceBreaches, r3 } from './by-rule/r3.ts';
import { jointDecisionBreaches, r4 } from './by-rule/r4.ts';
import { leftUnused, r5 } from './by-rule/r5.ts';
import { accept, command, propose, refuse, seeing, type Sight } from './core.ts';
import { groundsOf, seeingDecision } from './decisions.ts';
import { isMember, seeingMembers } from './members.ts';
import { judge } from './rules.ts';

// --- state

interface Package {
  readonly determined: EntryFor<'PackageDetermined'>;
  readonly changes: readonly EntryFor<'PackageChanged'>[];
}
export interface Packages {
  readonly byId: ReadonlyMap<string, Package>;
  /** `municipality/task` that are left unused. */
  readonly unused: ReadonlyMap<string, EntryFor<'PackagePartLeftUnused'>>;
}

export const packagesOf = (events: readonly Entry[]): Packages => {
  const byId = new Map<string, Package>();
  const unused = new Map<string, EntryFor<'PackagePartLeftUnused'>>();
  for (const e of events) {
    if (e.type === 'PackageDetermined') {
      byId.set(e.data.packageId, { determined: e, changes: [] });
    } else if (e.type === 'PackageChanged') {
      const found = byId.get(e.data.packageId);
      if (found) byId.set(e.data.packageId, { ...found, changes: [...found.changes, e] });
    } else if (e.type === 'PackagePartLeftUnused') {
      unused.set(`${e.data.municipality}/${e.data.task}`, e);
    } else if (e.type === 'PackagePartResumed') {
      unused.delete(`${e.data.municipality}/${e.data.task}`);
    }
  }
  return { byId, unused };
};

/** Tasks of a package on a date. */
const tasksAt = (found: Package, date: string): ReadonlySet<string> => {
  const tasks = new Set(found.determined.data.tasks.map((t) => t.task));
  for (const change of found.changes) {
    if (change.validFrom.latest > date) continue;
    change.data.removed.forEach((task) => tasks.delete(task));
    change.data.added.forEach(({ task }) => tasks.add(task));
  }
  return tasks;
};

/** Whether the package of a date holds this task. */
export const isInPackage = (packages: Packages, task: string, date: string): boolean => {
  const found = packageAt(packages, date);
  return found !== undefined && tasksAt(found, date).has(task);
};

const packageAt = (packages: Packages, date: string): Package | undefined =>
  [...packages.byId.values()].findLast(
    ({ determined: d }) => d.validFrom.latest <= date && date < d.data.until,
  );

export const seeingPackages: readonly Sight[] = [
  seeing(['PackageDetermined', 'PackageChanged', 'PackagePartLeftUnused', 'PackagePartResumed']),
];

// --- commands

const determinePackage = command({
  name: 'determine-package',
  path: 'package',
  summary: 'Stelt het basispakket voor een periode vast',
  body: PackageDetermined.schema,
  creates: 'packageId',
  sees: (body) => [...seeingPackages, r2.sees, ...body.decisionIds.map(seeingDecision)],
  decide: (body, books, context) => {
    if (books.packages.byId.has(body.packageId))
      return refuse('already-exists', `Basispakket ${body.packageId} bestaat al.`);
    const from = context.validFrom.latest;
    if (body.until <= from) return refuse('contradiction', 'De periode eindigt voor zij begint.');
    if (new Set(body.tasks.map((t) => t.task)).size < body.tasks.length)
      return refuse('contradiction', 'Een taak staat twee keer in de lijst.');
    const unknown = body.decisionIds.find((id) => !books.decisions.has(id));
    if (unknown !== undefined)
      return refuse('unknown-reference', `Besluit ${unknown} bestaat niet.`);
    const restsOn = body.decisionIds.flatMap((id) => groundsOf(books.decisions.get(id)!));
    const event = propose(context, 'PackageDetermined', body, { restsOn });
    const breaches = [
      ...r2.groundBreaches(books, body.decisionIds, from),
      ...periodBreaches(books, from, body.until),
      ...contentBreaches(body),
    ];
    return judge(books, context, breaches, [event], [tag('package', body.packageId)]);
  },
});

const changePackage = command({
  name: 'change-package',
  path: 'package/{packageId}/_change',
  summary: 'Wijzigt het basispakket binnen een periode',
  body: PackageChanged.schema,
  thing: (body) => tag('package', body.packageId),
  sees: (body) => [...seeingPackages, r3.sees, r4.sees, ...body.decisionIds.map(seeingDecision)],
  decide: (body, books, context) => {
    const found = books.packages.byId.get(body.packageId);
    if (found === undefined)
      return refuse('not-found', `Basispakket ${body.packageId} bestaat niet.`);
    const at = context.validFrom.latest;
    if (at < found.determined.validFrom.latest || at >= found.determined.data.until)
      return refuse('contradiction', `${at} ligt buiten de periode van dit basispakket.`);
    const tasks = tasksAt(found, at);
    const absent = body.removed.find((task) => !tasks.has(task));
    if (absent !== undefined)
      return refuse('contradiction', `Taak ${absent} zit niet in het basispakket.`);
    const present = body.added.find(({ task }) => tasks.has(task));
    if (present !== undefined)
      return refuse('nothing-to-do', `Taak ${present.task} zit al in het basispakket.`);
    if (body.added.length + body.removed.length === 0)
      return refuse('nothing-to-do', 'Er is niets dat wijzigt.');
    const breaches = [
      ...jointDecisionBreaches(books, body.decisionIds, at),
      ...circumstanceBreaches(body.circumstances),
    ];
    const grounds = body.decisionIds.flatMap((id) => {
      const decision = books.decisions.get(id);
      return decision === undefined ? [] : groundsOf(decision);
    });
    const restsOn = [found.determined.id, ...grounds];
    const event = propose(context, 'PackageChanged', body, { restsOn });
    return judge(books, context, breaches, [event], [tag('package', body.packageId)]);
  },
});

const leavePartUnused = command({
  name: 'leave-part-unused',
  path: 'package-parts/{task}/_leave-unused',
  summary: 'Legt vast dat een deelnemer een deel van het basispakket niet gebruikt',
  body: PackagePartLeftUnused.schema,
  thing: (body) => tag('task', body.task),
  sees: () => [...seeingPackages, ...seeingMembers, r5.sees],
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    if (!isMember(books.members, body.municipality, at))
      return refuse('not-a-member', `${body.municipality} neemt op ${at} niet deel.`);
    const found = packageAt(books.packages, at);
    if (found === undefined || !isInPackage(books.packages, body.task, at))
      return refuse('not-found', `Taak ${body.task} zit op ${at} niet in het basispakket.`);
    if (books.packages.unused.has(`${body.municipality}/${body.task}`))
      return refuse('nothing-to-do', 'Dit is al vastgelegd.');
    const restsOn = [found.determined.id];
    const event = propose(context, 'PackagePartLeftUnused', body, { restsOn });
    const breaches = [leftUnused(body.municipality, body.task)];
    return judge(books, context, breaches, [event], [tag('municipality', body.municipality)]);
  },
});

const resumePart = command({
  name: 'resume-part',
  path: 'package-parts/{task}/_resume',
  summary: 'Legt vast dat een deelnemer een deel weer gebruikt',
  body: PackagePartResumed.schema,
  thing: (body) => tag('task', body.task),
  sees: () => seeingPackages,
  decide: (body, books, context) => {
    const left = books.packages.unused.get(`${body.municipality}/${body.task}`);
    if (left === undefined) return refuse('nothing-to-do', 'Dit deel was niet ongebruikt.');
    return accept(propose(context, 'PackagePartResumed', body, { restsOn: [left.id] }));
  },
});

export const packageCommands = [determinePackage, changePackage, leavePartUnused, resumePart];
