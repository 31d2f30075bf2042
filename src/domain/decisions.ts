/** Decisions: what was proposed, which steps were taken, and the status that follows. */
import { adoptedBy, type DecisionStatus, statusOf } from '../../events/course.ts';
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import type { Sight } from './core.ts';

// --- state

export interface Decision {
  readonly proposed: EntryFor<'DecisionProposed'>;
  readonly effectiveDate?: string;
  readonly advised?: EntryFor<'DecisionAdvised'>;
  readonly decided?: EntryFor<'DecisionDecided'>;
  readonly adoptions: readonly EntryFor<'DecisionAdopted'>[];
  readonly closing?: EntryFor<
    'DecisionRefused' | 'DecisionWithdrawn' | 'DecisionSuperseded' | 'DecisionEnded'
  >;
}
export type Decisions = ReadonlyMap<string, Decision>;

export const decisionsOf = (events: readonly Entry[]): Decisions => {
  const decisions = new Map<string, Decision>();
  for (const e of events) {
    if (e.type === 'DecisionProposed') {
      const { effectiveDate } = e.data;
      decisions.set(e.data.decisionId, {
        proposed: e,
        ...(effectiveDate === undefined ? {} : { effectiveDate }),
        adoptions: [],
      });
      continue;
    }
    if (!isStep(e)) continue;
    const before = decisions.get(e.data.decisionId);
    if (before) decisions.set(e.data.decisionId, evolve(before, e));
  }
  return decisions;
};

const stepTypes = [
  'DecisionAdvised',
  'DecisionDecided',
  'DecisionAdopted',
  'DecisionRefused',
  'DecisionWithdrawn',
  'DecisionAmended',
  'DecisionSuperseded',
  'DecisionEnded',
  'DecisionStepPlanned',
] as const satisfies readonly EntryType[];
type Step = EntryFor<(typeof stepTypes)[number]>;

const isStep = (e: Entry): e is Step => (stepTypes as readonly string[]).includes(e.type);

const evolve = (decision: Decision, e: Step): Decision => {
  switch (e.type) {
    case 'DecisionAdvised':
      return { ...decision, advised: e };
    case 'DecisionDecided':
      return { ...decision, decided: e };
    case 'DecisionAdopted':
      return { ...decision, adoptions: [...decision.adoptions, e] };
    case 'DecisionAmended':
      return e.data.effectiveDate === undefined
        ? decision
        : { ...decision, effectiveDate: e.data.effectiveDate };
    case 'DecisionRefused':
    case 'DecisionWithdrawn':
    case 'DecisionSuperseded':
    case 'DecisionEnded':
      return { ...decision, closing: e };
    case 'DecisionStepPlanned':
      return decision;
  }
};

export const closedAs = {
  DecisionRefused: 'refused',
  DecisionWithdrawn: 'withdrawn',
  DecisionSuperseded: 'superseded',
  DecisionEnded: 'ended',
} as const;

/** Status as certainly known on a date. */
export const decisionStatus = (decision: Decision, date: string): DecisionStatus => {
  const by = (e: Entry | undefined): boolean => e !== undefined && e.validFrom.latest <= date;
  return statusOf(
    {
      advised: by(decision.advised),
      decided: by(decision.decided),
      needs: decision.proposed.data.needsAdoptionBy,
      adoptedFor: adoptedBy(
        decision.proposed.data.organs,
        decision.adoptions.filter(by).map((adoption) => adoption.data),
      ),
      effectiveDate: decision.effectiveDate,
      closed:
        decision.closing && by(decision.closing) ? closedAs[decision.closing.type] : undefined,
    },
    date,
  );
};

/** The events by which a decision came to hold: its text, and the steps to its force. */
export const groundsOf = (decision: Decision): readonly string[] => [
  decision.proposed.id,
  ...(decision.decided ? [decision.decided.id] : []),
  ...decision.adoptions.map((e) => e.id),
];

/** Decisions among these that are not in force on a date. */
export const notInForce = (
  decisions: Decisions,
  ids: readonly string[],
  date: string,
): readonly string[] =>
  ids.filter((id) => {
    const decision = decisions.get(id);
    return decision === undefined || decisionStatus(decision, date) !== 'in-force';
  });

export const seeingDecision = (decisionId: string): Sight => ({
  tags: [tag('decision', decisionId)],
});
