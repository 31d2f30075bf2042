/** Subscriptions in memory, and delivering them by a clock that the test moves. */
import { DatabaseSync } from 'node:sqlite';
import { type Caller, localCaller, type Tokens } from '../../src/ledger/access/index.ts';
import type { Clock } from '../../src/ledger/ports.ts';
import { whole } from '../../src/privacy/office-file.ts';
import { allowedIn } from '../../src/webhooks/addresses.ts';
import { webhookFile, webhookStoreOn } from '../../src/webhooks/store.ts';
import { subscriptionsIn } from '../../src/webhooks/subscriptions.ts';
import { cloudEvent, cloudEventsMedia } from '../../src/http/cloud-event.ts';
import type { Outcome } from '../../src/webhooks/course.ts';
import { deliverer } from '../../src/webhooks/delivering.ts';
import { counting, type Delivered } from '../../src/webhooks/standing.ts';
import type { Sending } from '../../src/webhooks/sending.ts';
import { hmac, type TestLedger, ulidIds } from './ledger.ts';

interface Parts extends Pick<TestLedger, 'log'> {
  readonly clock: Clock;
  readonly tokens: Pick<Tokens, 'callerNamed'>;
  readonly changed?: (id: string) => void;
  readonly delivered?: () => Delivered | undefined;
  readonly db?: DatabaseSync;
}

export const webhooksInMemory = ({
  log,
  clock,
  tokens,
  changed,
  delivered,
  db = newDb(),
}: Parts) => {
  const store = webhookStoreOn(db, (change) => whole(db, change));
  const holderOf = (owner: string) =>
    owner === localCaller.id ? localCaller : tokens.callerNamed(owner);
  const webhooks = subscriptionsIn({
    store,
    clock,
    ids: ulidIds,
    hmac,
    allowed: allowedIn([]),
    holderOf,
    head: () => log.head().sequence,
    changed: changed ?? (() => undefined),
    ...(delivered === undefined ? {} : { delivered }),
  });
  return { webhooks, store, holderOf };
};

const newDb = (): DatabaseSync => {
  const db = new DatabaseSync(':memory:');
  webhookFile.prepare(db);
  return db;
};

/** What a receiver is asked, by a request that the test answers. */
interface Asked extends Sending {
  /** Of the event in it. */
  readonly sequence: number;
}

interface DeliveryParts {
  readonly made: TestLedger;
  /** What a receiver answers; absent: it lets us in and takes everything. */
  readonly answer?: (asked: Asked, index: number) => Outcome | Promise<Outcome>;
  readonly callers?: readonly Caller[];
  /** Kept from an earlier delivery. */
  readonly db?: DatabaseSync;
}

export const takes: Outcome = { status: 204, allowedOrigin: '*' };

/** Delivers by a clock that flies: a wait is over at once, and then it is that much later. */
export const delivering = ({
  made,
  answer = () => takes,
  callers = [],
  db = newDb(),
}: DeliveryParts) => {
  let at = Date.parse('2026-01-02T00:00:00.000Z');
  const clock = { now: () => new Date(at).toISOString() };
  const valid = new Map(callers.map((caller) => [caller.id, caller]));
  const tokens = { callerNamed: (id: string) => valid.get(id) };
  const asked: Asked[] = [];
  const waits: number[] = [];
  const reported: unknown[] = [];
  let changed = (_id: string): void => undefined;
  let delivered: Delivered | undefined;
  const kept = webhooksInMemory({
    ...made,
    clock,
    tokens,
    db,
    changed: (id) => changed(id),
    delivered: () => delivered,
  });
  const start = () => {
    const { send, counts } = counting(async (sending, signal) => {
      const { sequence = '-1' } = JSON.parse(sending.body ?? '{}') as { sequence?: string };
      const one = { ...sending, sequence: Number(sequence) };
      asked.push(one);
      await aTurn();
      if (signal.aborted) return { failure: 'unreachable' };
      const cut = new Promise<Outcome>((resolve) => {
        signal.addEventListener('abort', () => resolve({ failure: 'unreachable' }));
      });
      return Promise.race([cut, answer(one, asked.length - 1)]);
    });
    const it = deliverer({
      ...kept,
      log: made.log,
      clock,
      chance: () => 0.5,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        at += milliseconds;
        await aTurn();
      },
      send,
      readerFor: (holder) => made.ledger.as(holder),
      bodyOf: (event) => JSON.stringify(cloudEvent(event)),
      media: cloudEventsMedia,
      origin: 'grootboek.example.nl',
      report: (error) => reported.push(error),
    });
    changed = it.changed;
    delivered = { counts, lookedUpTo: it.lookedUpTo };
    return it;
  };
  return {
    ...kept,
    db,
    asked,
    waits,
    reported,
    start,
    /** Sequences as they were sent, repetitions included. */
    sent: () => asked.filter(({ method }) => method === 'POST').map(({ sequence }) => sequence),
    revoke: (id: string) => void valid.delete(id),
  };
};

const aTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Resolves when it holds, within a number of turns. */
export const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (holds()) return;
    await aTurn();
  }
  throw new Error('it never held');
};

/** Resolves when whatever is under way has had its time. */
export const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await aTurn();
};
