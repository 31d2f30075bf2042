/** Planned steps of a decision against the steps that were taken. */
import { adoptedBy, type DecisionStatus } from '../../events/course.ts';
import type { EntryFor } from '../../events/index.ts';

type Plan = Pick<EntryFor<'DecisionStepPlanned'>['data'], 'step' | 'body' | 'plannedFor'>;

interface Taken {
  readonly advised: boolean;
  readonly decided: boolean;
  readonly adoptions: Parameters<typeof adoptedBy>[1];
  readonly needs: readonly string[];
  readonly status: DecisionStatus;
}

const isTaken = (
  { advised, decided, adoptions, needs, status }: Taken,
  { step, body }: Plan,
): boolean => {
  switch (step) {
    case 'advise':
      return advised;
    case 'decide':
      return decided;
    case 'adopt': {
      const adopted = adoptedBy([body], adoptions);
      return needs.every((code) => adopted.has(code));
    }
    case 'take-effect':
      return status === 'in-force';
  }
};

const closed: ReadonlySet<string> = new Set(['refused', 'withdrawn', 'superseded', 'ended']);

/**
 * What became of a plan by a date: the step was taken, its last day went by without it, it is
 * still to come, or the decision ended before.
 */
export const planOutcome = (
  taken: Taken,
  plan: Plan,
  validAt: string,
): 'taken' | 'missed' | 'awaited' | 'lapsed' => {
  if (isTaken(taken, plan)) return 'taken';
  if (closed.has(taken.status)) return 'lapsed';
  return plan.plannedFor.latest < validAt ? 'missed' : 'awaited';
};
