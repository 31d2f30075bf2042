/** Decisions: their course, who adopted, and the status that follows (R1). */
import { adoptedBy, inForceFrom, statusOf } from '../../events/course.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { lastOf, type RoughDate } from '../../events/values.ts';
import {
  byField,
  evidenceOf,
  type Fact,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';
import { planOutcome } from './plans.ts';

type Proposal = EntryFor<'DecisionProposed'>['data'] & { readonly evidence: Json };
type Adoption = EntryFor<'DecisionAdopted'>['data'];
type Amendment = Partial<Pick<Proposal, 'title' | 'summary' | 'effectiveDate'>>;

const closing = {
  DecisionRefused: 'refused',
  DecisionWithdrawn: 'withdrawn',
  DecisionSuperseded: 'superseded',
  DecisionEnded: 'ended',
} as const;

const stepFact = (entry: Entry, decisionId: string, attribute: string): Fact => ({
  ...fact(entry, decisionId, attribute, valueFrom(entry, { date: entry.validFrom })),
  replacesInferred: true,
});

const apply = (entry: Entry): readonly Fact[] => {
  switch (entry.type) {
    case 'DecisionProposed':
      return [
        fact(entry, entry.data.decisionId, 'proposal', valueFrom(entry, { date: entry.validFrom })),
      ];
    case 'DecisionAdvised':
      return [stepFact(entry, entry.data.decisionId, 'advised')];
    case 'DecisionDecided':
      return [stepFact(entry, entry.data.decisionId, 'decided')];
    case 'DecisionAdopted': {
      const { decisionId, municipality, organ } = entry.data;
      const attribute = `adoption:${municipality}:${organ ?? 'member'}`;
      return [stepFact(entry, decisionId, attribute)];
    }
    case 'DecisionAmended':
      return [fact(entry, entry.data.decisionId, `amendment:${entry.id}`, valueFrom(entry))];
    case 'DecisionStepPlanned': {
      const { decisionId, step, body, plannedFor } = entry.data;
      const value = { step, body, plannedFor, evidence: evidenceOf(entry) };
      return [fact(entry, decisionId, `planned:${step}:${body}`, value)];
    }
    case 'DecisionRefused':
    case 'DecisionWithdrawn':
    case 'DecisionSuperseded':
    case 'DecisionEnded': {
      const how = closing[entry.type];
      const value = valueFrom(entry, { how, date: entry.validFrom });
      return [fact(entry, entry.data.decisionId, 'closed', value)];
    }
    default:
      return [];
  }
};

interface StepValue {
  readonly date: RoughDate;
  readonly body?: string;
  readonly municipality?: string;
  readonly organ?: string;
  readonly evidence: Json;
}

const courseStep = (step: string, value: StepValue) => ({
  step,
  body: value.body ?? value.organ,
  municipality: value.municipality,
  date: value.date,
  evidence: value.evidence,
});

/** The organs that adopt are one step in the course, from the first to the last of them. */
const courseOf = (facts: readonly HeldFact[]) => {
  const proposal = valueOf<StepValue & { proposedBy?: string }>(facts, 'proposal')!;
  const steps: object[] = [
    courseStep('proposed', {
      ...proposal,
      ...(proposal.proposedBy === undefined ? {} : { body: proposal.proposedBy }),
    }),
  ];
  for (const step of ['advised', 'decided']) {
    const value = valueOf<StepValue>(facts, step);
    if (value) steps.push(courseStep(step, value));
  }
  const adoptions = withPrefix(facts, 'adoption:').map((f) => f.value as unknown as StepValue);
  if (adoptions.length > 0) {
    steps.push({
      step: 'adopted',
      date: lastOf(adoptions.map((a) => a.date)),
      count: adoptions.length,
      evidence: adoptions.at(-1)!.evidence,
    });
  }
  const closed = valueOf<StepValue & { how: string }>(facts, 'closed');
  if (closed) steps.push(courseStep(closed.how, closed));
  return steps;
};

const dates = (facts: readonly HeldFact[]): readonly RoughDate[] =>
  facts
    .filter((f) => f.attribute === 'decided' || f.attribute.startsWith('adoption:'))
    .map((f) => f.from);

export const decisions: Projection = {
  question: 'decisions',
  apply,
  assemble: (_thing, facts, _common, validAt) => {
    const proposal = valueOf<Proposal>(facts, 'proposal');
    if (proposal === undefined) return undefined;
    const amended = withPrefix(facts, 'amendment:').reduce<Amendment>((before, f) => {
      const { title, summary, effectiveDate } = f.value as Amendment;
      return {
        ...before,
        ...(title === undefined ? {} : { title }),
        ...(summary === undefined ? {} : { summary }),
        ...(effectiveDate === undefined ? {} : { effectiveDate }),
      };
    }, {});
    const effectiveDate = amended.effectiveDate ?? proposal.effectiveDate;
    const adoptions = withPrefix(facts, 'adoption:').map((f) => f.value as unknown as Adoption);
    const closed = valueOf<{ how: 'refused' | 'withdrawn' | 'superseded' | 'ended' }>(
      facts,
      'closed',
    );
    const advised = valueOf(facts, 'advised') !== undefined;
    const decided = valueOf(facts, 'decided') !== undefined;
    const needs = proposal.needsAdoptionBy;
    const status = statusOf(
      {
        ...{ advised, decided, needs },
        adoptedFor: adoptedBy(proposal.organs, adoptions),
        effectiveDate,
        closed: closed?.how,
      },
      validAt,
    );
    const { decisionId, number, series, title, summary, needsAdoptionBy, organs } = proposal;
    const item = {
      decisionId,
      number,
      series,
      title,
      summary,
      ...amended,
      status,
      inForceFrom: status === 'in-force' ? inForceFrom(dates(facts), effectiveDate) : undefined,
      effectiveDate,
      needsAdoptionBy,
      organs,
      course: courseOf(facts),
      plans: withPrefix(facts, 'planned:').map((f) => {
        const plan = f.value as unknown as EntryFor<'DecisionStepPlanned'>['data'];
        const taken = { advised, decided, needs, adoptions, status };
        return { ...plan, outcome: planOutcome(taken, plan, validAt) };
      }),
      adoptions,
      closed,
    };
    return { item, from: facts };
  },
  sortKey: byField('series', 'number', 'title'),
};
