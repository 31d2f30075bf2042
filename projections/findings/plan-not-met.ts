/** What was planned came too late or not at all: an assignment, or a step of a decision. */
import { certainlyBefore, dayAfter } from '../../events/calendar.ts';
import { adoptedBy } from '../../events/course.ts';
import { type EntryFor, tag } from '../../events/index.ts';
import { onDay, type RoughDate } from '../../events/values.ts';
import { type Delivered, type Given, assignments, daysAfter } from '../assignments/index.ts';
import { type HeldFact, valueOf } from '../core.ts';
import { decisions } from '../decisions/index.ts';
import type { DerivedFinding, DerivedKind } from './derived.ts';

// --- assignments

/** `361 dagen na de streefdatum 2020-02-01`, when it certainly came after it. */
const lateness = (
  what: string,
  planned: RoughDate | undefined,
  done: RoughDate,
): readonly string[] => {
  if (planned === undefined || !certainlyBefore(planned, done)) return [];
  const days = daysAfter(planned, done);
  return [`${days === undefined ? '' : `${days} dagen `}na ${what} ${planned.latest}`];
};

const assignmentFinding = (
  assignmentId: string,
  facts: readonly HeldFact[],
  { title, target, latest }: Given,
  validAt: string,
): DerivedFinding | undefined => {
  const delivered = valueOf<Delivered>(facts, 'delivered');
  const dates = [
    ['de streefdatum', target],
    ['de uiterste datum', latest],
  ] as const;
  const late = dates.flatMap(([what, planned]) =>
    delivered === undefined
      ? planned !== undefined && planned.latest < validAt
        ? [`${what} ${planned.latest} is voorbij`]
        : []
      : lateness(what, planned, delivered.date),
  );
  if (late.length === 0) return undefined;
  const told =
    delivered === undefined ? 'niet opgeleverd' : `opgeleverd op ${delivered.date.latest}`;
  return {
    description: `Opdracht "${title}" ${told}: ${late.join(' en ')}.`,
    since: onDay(dayAfter((target ?? latest)!.latest)),
    about: [tag('assignment', assignmentId)],
  };
};

// --- steps of decisions

type Proposal = EntryFor<'DecisionProposed'>['data'];
type Adoption = EntryFor<'DecisionAdopted'>['data'];
interface Course {
  readonly status: string;
  readonly title: string;
  readonly number?: string;
  readonly course: readonly { readonly step: string }[];
  readonly plans: readonly EntryFor<'DecisionStepPlanned'>['data'][];
  readonly adoptions: readonly Adoption[];
  readonly needsAdoptionBy: Proposal['needsAdoptionBy'];
}

const names = {
  advise: 'advies',
  decide: 'besluit',
  adopt: 'vaststelling',
  'take-effect': 'inwerkingtreding',
} as const;

const isTaken = (
  { status, course, adoptions, needsAdoptionBy }: Course,
  { step, body }: Course['plans'][number],
): boolean => {
  const has = (name: string) => course.some((taken) => taken.step === name);
  switch (step) {
    case 'advise':
      return has('advised');
    case 'decide':
      return has('decided');
    case 'adopt': {
      const adopted = adoptedBy([body], adoptions);
      return needsAdoptionBy.every((code) => adopted.has(code));
    }
    case 'take-effect':
      return status === 'in-force';
  }
};

const closed = new Set(['refused', 'withdrawn', 'superseded', 'ended']);

const decisionFinding = (
  decisionId: string,
  facts: readonly HeldFact[],
  validAt: string,
): DerivedFinding | undefined => {
  const found = decisions.assemble(decisionId, facts, [], validAt)?.item;
  const decision = found as unknown as Course | undefined;
  if (decision === undefined || closed.has(decision.status)) return undefined;
  const missed = decision.plans
    .filter((plan) => plan.plannedFor.latest < validAt && !isTaken(decision, plan))
    .sort((a, b) => (a.plannedFor.latest < b.plannedFor.latest ? -1 : 1));
  const [first] = missed;
  if (first === undefined) return undefined;
  const said = missed
    .slice(0, 10)
    .map((plan) => `${names[plan.step]} door ${plan.body}, uiterlijk ${plan.plannedFor.latest}`);
  const what = decision.number === undefined ? `"${decision.title}"` : decision.number;
  return {
    description: `Besluit ${what}: gepland en niet vastgelegd: ${said.join('; ')}.`,
    since: onDay(dayAfter(first.plannedFor.latest)),
    about: [tag('decision', decisionId)],
    figures: [{ name: 'steps', value: String(missed.length) }],
  };
};

export const planNotMet: DerivedKind = {
  kind: 'plan-not-met',
  apply: (entry, look) => [...assignments.apply(entry, look), ...decisions.apply(entry, look)],
  assemble: (thing, facts, _common, validAt) => {
    const given = valueOf<Given>(facts, 'given');
    return given === undefined
      ? decisionFinding(thing, facts, validAt)
      : assignmentFinding(thing, facts, given, validAt);
  },
};
