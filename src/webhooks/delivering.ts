/**
 * Delivers the ledger's events to their subscribers: to each in order, one request at a time, and
 * to all beside each other. It follows the log, so no append waits for it.
 */
import type { Caller } from '../ledger/access/index.ts';
import type { EventLog, Query, Sequence, StoredEvent } from '../ledger/event-log.ts';
import type { Clock } from '../ledger/ports.ts';
import {
  afterAsking,
  afterDelivery,
  afterReplay,
  type Course,
  ended,
  failureOf,
  nextStep,
  type Now,
  type Outcome,
} from './course.ts';
import type { Send } from './sending.ts';
import { signatureHeaders } from './signature.ts';
import type { Delivered } from './standing.ts';
import type { Subscription, WebhookStore } from './store.ts';
import { mayFollow } from './subscriptions.ts';

/** Events that were looked at and not sent, after which the position is kept. */
const keepEvery = 1_000;
/** Milliseconds after something that should not happen. */
const afterTrouble = 30_000;

/** The events for somebody, as the ledger lets them be seen now. */
interface Reader {
  matching(
    query: Query,
    after: Sequence,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly upTo: Sequence }>;
}

interface DeliveringParts {
  readonly store: WebhookStore;
  readonly log: Pick<EventLog, 'follow' | 'head' | 'read' | 'byId'>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly chance: () => number;
  /** Resolves after these milliseconds, or when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly send: Send;
  readonly holderOf: (owner: string) => Caller | undefined;
  readonly readerFor: (holder: Caller) => Reader;
  /** What is sent of an event. */
  readonly bodyOf: (event: StoredEvent) => string;
  readonly media: string;
  /** Name of this system, as receivers are asked to let it in. */
  readonly origin: string;
  /** Told of what should not have happened; never of an address. */
  readonly report: (error: unknown) => void;
}

export interface Deliverer extends Pick<Delivered, 'lookedUpTo'> {
  /** This subscription is new, or something changed in it. */
  readonly changed: (id: string) => void;
  /** Resolves when nothing is under way any more; what was cut off is sent again next time. */
  readonly stop: () => Promise<void>;
}

/** What is known of a subscription between two requests, and kept nowhere. */
interface Running {
  /** Seen by this subscriber, and next to be sent. */
  ready: readonly StoredEvent[];
  /** Up to here was looked. */
  looked: Sequence;
  wake: () => void;
}

export const deliverer = (parts: DeliveringParts): Deliverer => {
  const { store, log, report } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Map<string, Running>();
  const under = new Set<Promise<void>>();
  const track = (work: Promise<void>): void => {
    const done = work.catch(report).finally(() => under.delete(done));
    under.add(done);
  };

  const start = (id: string): void => {
    if (signal.aborted || running.has(id)) return;
    const one: Running = { ready: [], looked: -1, wake: () => undefined };
    running.set(id, one);
    track(keepOn(parts, id, one, signal).finally(() => running.delete(id)));
  };
  const isOver = (): boolean => signal.aborted;
  const follow = async (): Promise<void> => {
    const head = log.head().sequence;
    await straighten(parts);
    for (const { id } of store.all()) start(id);
    for await (const next of log.follow(head, signal))
      if (next.kind === 'caught-up') for (const one of running.values()) one.wake();
  };
  const keepFollowing = async (): Promise<void> => {
    while (!isOver())
      try {
        await follow();
        return;
      } catch (error) {
        if (isOver()) return;
        report(error);
        await parts.sleep(afterTrouble, signal);
      }
  };
  track(keepFollowing());

  return {
    lookedUpTo: (id) => {
      const { ready = [], looked = -1 } = running.get(id) ?? {};
      return ready.length > 0 ? -1 : looked;
    },
    changed: (id) => {
      const one = running.get(id);
      if (one === undefined) start(id);
      else {
        one.ready = [];
        one.wake();
      }
    },
    stop: async () => {
      stopping.abort();
      for (const one of running.values()) one.wake();
      await Promise.all(under);
    },
  };
};

/** Until it has ended, or all stops. What should not happen holds up one subscriber for a while. */
const keepOn = async (
  parts: DeliveringParts,
  id: string,
  one: Running,
  signal: AbortSignal,
): Promise<void> => {
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      if (await step(parts, id, one, signal)) return;
    } catch (error) {
      // What is cut off when all stops is no trouble.
      if (isOver()) return;
      parts.report(error);
      one.ready = [];
      await parts.sleep(afterTrouble, signal);
    }
  }
};

/** Does what is next. @returns whether that was the last */
const step = async (
  parts: DeliveringParts,
  id: string,
  one: Running,
  signal: AbortSignal,
): Promise<boolean> => {
  const { store, clock } = parts;
  const subscription = store.find(id);
  if (subscription === undefined || subscription.course.status === 'ended') return true;
  const holder = parts.holderOf(subscription.owner);
  const at = Date.parse(clock.now());
  if (!mayFollow(holder)) {
    store.end(id, ended(subscription.course, at, 'rights-ended'));
    return true;
  }
  const due = store.due(id);
  const next = nextStep(subscription.course, at, due !== undefined);
  switch (next.step) {
    case 'rest':
      await woken(one, parts, signal);
      return false;
    case 'wait':
      await woken(one, parts, signal, next.until - at);
      return false;
    case 'ask':
      await ask(parts, subscription, signal);
      return false;
    case 'replay':
      await replay(parts, subscription, due!.sequence, holder, signal);
      return false;
    case 'deliver':
      await deliver(parts, subscription, one, holder, signal);
      return false;
  }
};

/** Resolves when there may be something to do, or after a while. */
const woken = async (
  one: Running,
  { sleep }: DeliveringParts,
  signal: AbortSignal,
  milliseconds?: number,
): Promise<void> => {
  if (signal.aborted) return;
  const over = new AbortController();
  const bell = new Promise<void>((resolve) => (one.wake = resolve));
  await (milliseconds === undefined
    ? bell
    : Promise.race([bell, sleep(milliseconds, AbortSignal.any([signal, over.signal]))]));
  over.abort();
  one.wake = () => undefined;
};

const nowOf = ({ clock, chance }: DeliveringParts): Now => ({
  at: Date.parse(clock.now()),
  chance: chance(),
});

/** Keeps what came of a request; secrets go with a subscription that ended by it. */
const kept = ({ store }: DeliveringParts, id: string, course: Course): void => {
  if (course.status === 'ended') store.end(id, course);
  else store.save(id, course);
};

/** As it is now: it may have been paused or ended while a request was under way. */
const courseOf = ({ store }: DeliveringParts, id: string): Course | undefined => {
  const course = store.find(id)?.course;
  return course?.status === 'ended' ? undefined : course;
};

const ask = async (
  parts: DeliveringParts,
  { id, request, token }: Subscription,
  signal: AbortSignal,
): Promise<void> => {
  const { address, rate } = request;
  const headers = {
    'webhook-request-origin': parts.origin,
    authorization: `Bearer ${token ?? ''}`,
    ...(rate === undefined ? {} : { 'webhook-request-rate': String(rate) }),
  };
  const outcome = await parts.send({ method: 'OPTIONS', address, headers }, signal);
  const course = courseOf(parts, id);
  if (signal.aborted || course === undefined) return;
  kept(parts, id, afterAsking(course, outcome, { origin: parts.origin, rate }, nowOf(parts)));
};

const post = (
  parts: DeliveringParts,
  { request, token, secret }: Subscription,
  event: StoredEvent,
  signal: AbortSignal,
): Promise<Outcome> => {
  const body = parts.bodyOf(event);
  const at = Date.parse(parts.clock.now());
  const headers = {
    'content-type': `${parts.media}; charset=utf-8`,
    'content-length': String(Buffer.byteLength(body)),
    authorization: `Bearer ${token ?? ''}`,
    'webhook-request-origin': parts.origin,
    ...signatureHeaders(secret ?? '', { id: event.entry.id, body, at }),
  };
  return parts.send({ method: 'POST', address: request.address, headers, body }, signal);
};

const queryOf = ({ request: { types, tags } }: Subscription): Query =>
  types === undefined && tags === undefined
    ? 'all'
    : [{ ...(types === undefined ? {} : { types }), ...(tags === undefined ? {} : { tags }) }];

const deliver = async (
  parts: DeliveringParts,
  subscription: Subscription,
  one: Running,
  holder: Caller,
  signal: AbortSignal,
): Promise<void> => {
  const { id } = subscription;
  const [event, ...behind] = one.ready;
  if (event === undefined) return look(parts, subscription, one, holder, signal);
  const outcome = await post(parts, subscription, event, signal);
  const before = courseOf(parts, id);
  if (signal.aborted || before === undefined) return;
  const sent = { sequence: event.sequence, eventId: event.entry.id };
  const { course, park } = afterDelivery(before, sent, outcome, nowOf(parts));
  if (park) parts.store.park(id, course, event.sequence, parts.clock.now(), failureOf(outcome));
  else kept(parts, id, course);
  // What it may see is asked anew after a wait.
  one.ready = course.position === event.sequence ? behind : [];
};

/** Looks for what is next, and waits where there is nothing. */
const look = async (
  parts: DeliveringParts,
  subscription: Subscription,
  one: Running,
  holder: Caller,
  signal: AbortSignal,
): Promise<void> => {
  const { id, course } = subscription;
  const after = Math.max(course.position, one.looked);
  // Before looking, so that an event which comes meanwhile is not missed.
  const bell = woken(one, parts, signal);
  const { events, upTo } = await parts.readerFor(holder).matching(queryOf(subscription), after);
  if (events.length > 0) one.ready = events;
  else one.looked = upTo;
  if (one.looked - course.position >= keepEvery) {
    const now = courseOf(parts, id);
    if (now !== undefined) parts.store.save(id, { ...now, position: one.looked });
  }
  if (events.length === 0 && upTo >= parts.log.head().sequence) await bell;
  else one.wake();
};

/** Sends once more what was parked, as far as it may still be seen. */
const replay = async (
  parts: DeliveringParts,
  subscription: Subscription,
  sequence: Sequence,
  holder: Caller,
  signal: AbortSignal,
): Promise<void> => {
  const { store } = parts;
  const { id } = subscription;
  const { events } = await parts.readerFor(holder).matching(queryOf(subscription), sequence - 1);
  const event = events.find((found) => found.sequence === sequence);
  if (event === undefined) {
    store.unpark(id, sequence);
    return;
  }
  const outcome = await post(parts, subscription, event, signal);
  const before = courseOf(parts, id);
  if (signal.aborted || before === undefined) return;
  const { course, parked } = afterReplay(before, outcome, nowOf(parts));
  if (parked === 'gone') store.unpark(id, sequence);
  if (parked === 'kept') store.keep(id, sequence, failureOf(outcome));
  kept(parts, id, course);
};

/**
 * Where the log lost events that had been sent, a subscription goes on with the event that says
 * so: from there on sequences mean something else.
 */
const straighten = async ({ store, log }: DeliveringParts): Promise<void> => {
  for (const { id, course } of store.all()) {
    const { position, taken } = course;
    const found = taken === undefined ? undefined : await log.byId(taken.eventId);
    const isSame = taken === undefined || found?.sequence === taken.sequence;
    if (isSame && position <= log.head().sequence) continue;
    const lost = await log.read([{ types: ['LossAccepted'] }], { direction: 'backward', limit: 1 });
    const last = (lost[0]?.sequence ?? log.head().sequence + 1) - 1;
    // What was parked beyond it is lost as well.
    store.unparkAfter(id, last);
    store.save(id, { ...course, position: Math.min(position, last), taken: undefined });
  }
};
