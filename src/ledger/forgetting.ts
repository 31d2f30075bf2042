/**
 * Forgetting a person. That it is asked for is an event like any other; what it takes is carried
 * out here, from that event on: the key is destroyed, every registered reader confirms that
 * nothing is left in it, and then it is recorded as done. Each step may be done again, so what a
 * crash cut off begins anew with the first.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { EntryFor } from '../../events/index.ts';
import { completeErasure } from '../domain/index.ts';
import { type EventLog, LogClosedError, type Sequence, type StoredEvent } from './event-log.ts';
import type { Clock, Hmac, Ids, People, Purging } from './ports.ts';
import { recorder } from './record.ts';

export interface ForgetterParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly people: People;
  /** Resolves when the read tables hold this sequence. */
  readonly reached: (sequence: Sequence) => Promise<void>;
  /** What must confirm beside the read tables. */
  readonly purged?: readonly Purging[];
  /** Told of what could not be done; it is taken up again later. */
  readonly report?: (error: unknown) => void;
  /** Milliseconds until it is; usually a minute. */
  readonly again?: number;
  /** Milliseconds that a reader gets to confirm; usually half a minute. */
  readonly patience?: number;
}

const usualAgain = 60_000;
const usualPatience = 30_000;

const actor = { id: 'ledger', office: 'ledger' };

type Requested = EntryFor<'PersonErasureRequested'>;

export const forgetter = (parts: ForgetterParts) => {
  const { log, people, reached, purged = [], report = () => undefined } = parts;
  const { again = usualAgain, patience = usualPatience } = parts;
  const readTables: Purging = {
    name: 'read-tables',
    // They hold nothing that was sealed; at this event, what they answer says that it is gone.
    purge: (_person, requestedAt) => reached(requestedAt),
  };
  const readers = [readTables, ...purged];
  const record = recorder(parts, (name) =>
    name === completeErasure.name ? completeErasure : undefined,
  );
  const confirm = async ({ sequence, entry: { data } }: StoredRequest): Promise<void> => {
    for (const reader of readers)
      await within(patience, reader.name, reader.purge(data.person, sequence));
    const confirmedBy = readers.map(({ name }) => name);
    await record({
      command: completeErasure.name,
      body: { erasureId: data.erasureId, confirmedBy },
      key: `complete\n${data.erasureId}`,
      actor,
    });
  };

  /** Carries out what was asked for and is not done: no key waits for what another takes. */
  const takeUp = async (): Promise<void> => {
    const undone = new Set<StoredRequest>();
    const requests = await openRequests(log);
    for (const step of [destroyed(people), confirm])
      for (const request of requests)
        if (!undone.has(request))
          await step(request).catch((error: unknown) => {
            undone.add(request);
            report(error);
          });
    if (undone.size > 0) later();
  };

  let last = Promise.resolve();
  /** One after the other: who asks meanwhile waits for the one under way. */
  const next = (): Promise<void> => (last = last.catch(() => undefined).then(takeUp));
  let waiting: NodeJS.Timeout | undefined;
  /** Whoever reads the keys, or what else was in the way, may be gone then. */
  const later = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      next().catch((error: unknown) => {
        // After that nobody is forgotten here; the next start takes it up.
        if (error instanceof LogClosedError) return;
        report(error);
        later();
      });
    }, again).unref();
  };
  return { takeUp: next };
};

const destroyed =
  (people: People) =>
  async ({ entry }: StoredRequest): Promise<void> =>
    people.destroy(entry.data.keyId);

/** @throws Error when a reader takes longer to confirm */
const within = async (patience: number, name: string, purging: Promise<void>): Promise<void> => {
  const late = new AbortController();
  const over = async (): Promise<void> => {
    await wait(patience, undefined, { signal: late.signal, ref: false });
    throw new Error(`${name} did not confirm that nothing is left`);
  };
  try {
    await Promise.race([purging, over()]);
  } finally {
    late.abort();
  }
};

type StoredRequest = StoredEvent & { readonly entry: Requested };

const isRequest = (event: StoredEvent): event is StoredRequest =>
  event.entry.type === 'PersonErasureRequested';

const requestsIn = async (log: EventLog, from: Sequence = 0): Promise<readonly StoredRequest[]> =>
  (await log.read([{ types: ['PersonErasureRequested'] }], { from })).filter(isRequest);

const openRequests = async (log: EventLog): Promise<readonly StoredRequest[]> => {
  const done = await log.read([{ types: ['PersonErased'] }]);
  const erased = new Set(
    done.flatMap(({ entry }) => (entry.type === 'PersonErased' ? [entry.data.erasureId] : [])),
  );
  return (await requestsIn(log)).filter(({ entry }) => !erased.has(entry.data.erasureId));
};

/** Ids of keys of those who are, or are to be, forgotten, the first asked for first. */
export const erasedKeys = async (log: EventLog): Promise<ReadonlySet<string>> =>
  new Set((await requestsIn(log)).map(({ entry }) => entry.data.keyId));

/** Destroys again what an older copy of the keys brought back. */
export const destroyErased = async (log: EventLog, people: People): Promise<void> => {
  for (const keyId of await erasedKeys(log)) people.destroy(keyId);
};

/** References of those who are, or are to be, forgotten, whatever the moment asked about. */
export const erasedPersons = (log: EventLog): (() => Promise<ReadonlySet<string>>) => {
  const persons = new Set<string>();
  let upTo = -1;
  return async () => {
    const head = log.head().sequence;
    for (const { sequence, entry } of await requestsIn(log, upTo + 1)) {
      persons.add(entry.data.person);
      upTo = Math.max(upTo, sequence);
    }
    upTo = Math.max(upTo, head);
    return persons;
  };
};
