/** The basispakket: per period (R2), changed for a reason (R3, R4), left unused in part (R5). */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  PackageChanged,
  PackageDetermined,
  PackagePartLeftUnused,
  PackagePartResumed,
} from '../../events/package.ts';
import type { Books } from './books.ts';
import { later } from './calendar.ts';
import { accept, command, propose, refuse, seeing, type Sight } from './core.ts';
import { groundsOf, notInForce, seeingDecision } from './decisions.ts';
import { isMember, seeingMembers } from './members.ts';
import { type Breach, figureAt, groundBreaches, judge, seeingRules } from './rules.ts';

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

const packageAt = (packages: Packages, date: string): Package | undefined =>
  [...packages.byId.values()].findLast(
    ({ determined: d }) => d.validFrom.latest <= date && date < d.data.until,
  );

const seeingPackages: readonly Sight[] = [
  seeing(['PackageDetermined', 'PackageChanged', 'PackagePartLeftUnused', 'PackagePartResumed']),
];

// --- rules

/** R2: consecutive periods of so many calendar years, without gap or overlap. */
const periodBreaches = (books: Books, from: string, until: string): Breach[] => {
  const others = [...books.packages.byId.values()].map(({ determined: d }) => ({
    from: d.validFrom.latest,
    until: d.data.until,
  }));
  const breaches: Breach[] = [];
  const r2 = (kind: string, detail: string) => breaches.push({ kind, detail, rule: 'R2' });
  if (others.some((o) => o.from < until && from < o.until))
    r2('period-overlap', `De periode ${from} – ${until} overlapt een eerdere.`);
  const earlier = others.filter((o) => o.until <= from).map((o) => o.until);
  const last = earlier.sort().at(-1);
  if (last !== undefined && last < from)
    r2('period-gap', `Tussen ${last} en ${from} is er geen basispakket.`);
  const first = figureAt(books.rules, 'R2', 'first-period-months', from);
  const years = figureAt(books.rules, 'R2', 'period-years', from);
  const expected =
    last === undefined && first !== undefined
      ? later(from, { months: Number(first) })
      : years === undefined
        ? undefined
        : later(from, { years: Number(years) });
  if (expected !== undefined && expected !== until)
    r2('period-length', `Verwacht werd een periode tot ${expected}, niet tot ${until}.`);
  return breaches;
};

/** R2: size, intended results and costs are determined with the tasks. */
const contentBreaches = (body: EntryFor<'PackageDetermined'>['data']): Breach[] => {
  const missing = [
    body.size === undefined ? 'omvang' : [],
    body.intendedResults === undefined ? 'beoogde resultaten' : [],
    body.costCents === undefined ? 'kosten' : [],
  ].flat();
  return missing.length === 0
    ? []
    : [
        {
          kind: 'package-incomplete',
          rule: 'R2',
          detail: `Van dit basispakket is niet vastgelegd: ${missing.join(', ')}.`,
        },
      ];
};

/** R4: a joint decision of all members and IBN, in force by then. */
const jointDecision = (books: Books, ids: readonly string[], at: string): Breach[] =>
  ids.length > 0 && notInForce(books.decisions, ids, at).length === 0
    ? []
    : [
        {
          kind: 'no-joint-decision',
          rule: 'R4',
          detail: `Op ${at} is er geen gezamenlijk besluit van kracht dat dit wijzigt.`,
        },
      ];

// --- commands

const determinePackage = command({
  name: 'determine-package',
  path: 'package',
  summary: 'Stelt het basispakket voor een periode vast',
  body: PackageDetermined.schema,
  creates: 'packageId',
  sees: (body) => [
    ...seeingPackages,
    ...seeingRules('R2'),
    ...body.decisionIds.map(seeingDecision),
  ],
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
      ...groundBreaches(books, 'R2', body.decisionIds, from),
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
  sees: (body) => [
    ...seeingPackages,
    ...seeingRules('R3', 'R4'),
    ...body.decisionIds.map(seeingDecision),
  ],
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
    const breaches = jointDecision(books, body.decisionIds, at);
    if (body.circumstances === undefined)
      breaches.push({
        kind: 'no-compelling-circumstances',
        rule: 'R3',
        detail: 'Voor een tussentijdse wijziging zijn geen zwaarwegende omstandigheden vastgelegd.',
      });
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
  sees: () => [...seeingPackages, ...seeingMembers, ...seeingRules('R5')],
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    if (!isMember(books.members, body.municipality, at))
      return refuse('not-a-member', `${body.municipality} neemt op ${at} niet deel.`);
    const found = packageAt(books.packages, at);
    if (found === undefined || !tasksAt(found, at).has(body.task))
      return refuse('not-found', `Taak ${body.task} zit op ${at} niet in het basispakket.`);
    if (books.packages.unused.has(`${body.municipality}/${body.task}`))
      return refuse('nothing-to-do', 'Dit is al vastgelegd.');
    const restsOn = [found.determined.id];
    const event = propose(context, 'PackagePartLeftUnused', body, { restsOn });
    const finding: Breach = {
      kind: 'part-left-unused',
      rule: 'R5',
      severity: 'note',
      onlyFinding: true,
      detail: `${body.municipality} gebruikt ${body.task} niet en blijft volledig meebetalen.`,
    };
    return judge(books, context, [finding], [event], [tag('municipality', body.municipality)]);
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
