/**
 * A made-up continuation of the history, which fills every question: the same steps for the same
 * seed, on any machine. No real person appears in it.
 */
import { agreementSteps } from './agreement.ts';
import { decisionSteps } from './decision.ts';
import { findingSteps } from './findings.ts';
import { goalSteps } from './goals.ts';
import { growingSteps } from './growth.ts';
import { lawfulnessSteps } from './lawfulness.ts';
import { lateMoneySteps, moneySteps } from './money.ts';
import { peopleSteps } from './people.ts';
import { pluspakketSteps } from './pluspakket.ts';
import type { Step } from './step.ts';

export type { Step } from './step.ts';

/** Persons that every example has. */
const persons = 18;

/** In the order of their dates; of one day, in the order in which they are written. */
const byDate = (steps: readonly Step[]): readonly Step[] =>
  steps.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));

/** What every example has, whatever its size. */
const fixedSteps = (seed: string): readonly Step[] => [
  ...byDate([
    ...agreementSteps(),
    ...decisionSteps(),
    ...lawfulnessSteps(seed),
    ...pluspakketSteps(seed),
    ...moneySteps(seed),
    ...goalSteps(),
    ...peopleSteps(seed, persons),
    ...findingSteps(),
  ]),
  ...lateMoneySteps(),
];

/** How many steps an example has: as many as asked, or what fills every question. */
export const exampleSize = (seed: string, count: number): number =>
  Math.max(count, fixedSteps(seed).length);

/**
 * The steps, in order. A larger example begins with all steps of a smaller one. Few steps give
 * more than one event, so it has about as many events as steps.
 * @param count see {@link exampleSize}
 */
export function* exampleSteps(seed: string, count: number): Generator<Step> {
  const fixed = fixedSteps(seed);
  yield* fixed;
  let left = count - fixed.length;
  for (const step of growingSteps(seed, persons)) {
    if (left <= 0) return;
    yield step;
    left -= 1;
  }
}
