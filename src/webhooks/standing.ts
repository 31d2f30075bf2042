/** How delivering goes, told in numbers. */
import type { Sequence } from '../ledger/event-log.ts';
import type { Webhooks, WebhookVerdict } from '../ledger/webhooks.ts';
import { verdictOn } from './course.ts';
import type { Send } from './sending.ts';
import type { WebhookStore } from './store.ts';

type Counts = Readonly<Record<WebhookVerdict, number>>;

/** What is known since the service began, and kept nowhere. */
export interface Delivered {
  readonly counts: Counts;
  /** Up to where was looked for this subscriber, and nothing found that it has not been sent. */
  readonly lookedUpTo: (id: string) => Sequence;
}

const none: Counts = { taken: 0, gone: 0, refused: 0, failing: 0 };

/** Sends, and counts events by what became of them. */
export const counting = (send: Send): { readonly send: Send; readonly counts: Counts } => {
  const counts = { ...none };
  return {
    counts,
    send: async (sending, over) => {
      const outcome = await send(sending, over);
      // What was cut off is sent again, and counted then.
      if (sending.method === 'POST' && !over.aborted) counts[verdictOn(outcome)] += 1;
      return outcome;
    },
  };
};

interface Standing {
  readonly store: Pick<WebhookStore, 'all' | 'countParked'>;
  readonly head: () => Sequence;
  /** Absent while nothing is delivered. */
  readonly delivered?: () => Delivered | undefined;
}

export const standingOf = ({
  store,
  head,
  delivered,
}: Standing): ReturnType<Webhooks['standing']> => {
  const now = delivered?.();
  const all = store.all();
  const subscriptions = { awaiting: 0, active: 0, paused: 0, ended: 0 };
  for (const { course } of all) subscriptions[course.status] += 1;
  const behind = all
    .filter(({ course }) => course.status === 'active')
    .map(({ id, course }) => head() - Math.max(course.position, now?.lookedUpTo(id) ?? -1));
  return {
    subscriptions,
    parked: all.reduce((sum, { id }) => sum + store.countParked(id), 0),
    behind: Math.max(0, ...behind),
    deliveries: now?.counts ?? none,
  };
};
