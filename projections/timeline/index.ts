/** Everything that happened, by valid date: one fact an event. What it says stands in the log. */
import { fact, type Projection } from '../core.ts';

/** All events are of one thing, so that a range of dates is one range of rows. */
export const timelineThing = 'ledger';

export const timeline: Projection = {
  question: 'timeline',
  apply: (entry) => [fact(entry, timelineThing, 'event', null)],
  assemble: () => undefined,
};

export { describe } from './describe.ts';
