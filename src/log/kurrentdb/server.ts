/**
 * One stream of a KurrentDB, through its client. Every call has a deadline of its own, for some of
 * the client's promises never settle; every error is one of the few kinds of {@link Failure}.
 */
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  type ResolvedEvent,
  START,
} from '@eventstore/db-client';
import type { Sequence } from '../../ledger/event-log.ts';
import type { Admitted } from '../admission.ts';
import type { KurrentAddress } from './address.ts';
import { connectionsTo } from './connection.ts';
import { failureOf, ServerError } from './failures.ts';

/** An event of the stream, as it came. */
export interface Found {
  readonly revision: Sequence;
  readonly id: string;
  readonly type: string;
  /** Its JSON; undefined when it is not JSON. */
  readonly text: string | undefined;
  /** When the server stored it, in milliseconds. */
  readonly created: number;
}

export interface Server {
  /**
   * Writes entries on the revisions from `first` on, all or none. Of the same entries on the same
   * revisions only the first call counts, also when its answer was lost.
   * @throws ServerError; unless it is `too-large`, they may have been written all the same
   */
  append(first: Sequence, entries: readonly Admitted[]): Promise<'written' | 'conflict'>;
  /** Events as the leader has them, from a revision on. @throws ServerError */
  read(from: Sequence, count: number): Promise<readonly Found[]>;
  /** The last event, as the leader has it. @throws ServerError */
  last(): Promise<Found | undefined>;
  /** What limits how long events are kept, in words; undefined when nothing does. */
  limits(): Promise<string | undefined>;
  /**
   * What its clock said when it answered, in milliseconds, cut to the second; undefined when it
   * does not say. @throws ServerError
   */
  time(): Promise<number | undefined>;
  /** Events after a revision as they come, until something ends it. @throws ServerError */
  follow(after: Sequence, seen: (event: Found) => void, stop: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds. */
export interface Deadlines {
  readonly append: number;
  readonly read: number;
}

/**
 * With credentials in the call the client takes the plain Append; without, the batch one, which
 * ends the process on some errors and shares its state with other servers. An insecure server
 * looks at no credentials.
 */
const nobody = { username: 'ledger', password: 'none' };
const lastOne = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;

export const kurrentServer = (
  address: KurrentAddress,
  stream: string,
  deadlines: Deadlines,
): Server => {
  const common = { credentials: address.credentials ?? nobody, requiresLeader: true };
  const connections = connectionsTo(address);

  const page = (options: object, name = stream): Promise<readonly Found[]> =>
    connections.ask(deadlines.read, (client) =>
      readOnce(client, name, { ...common, ...options }, deadlines.read),
    );

  const append = async (first: Sequence, entries: readonly Admitted[]) => {
    const events = entries.map(({ id, type, text }) =>
      jsonEvent({ id, type, data: JSON.parse(text) as Record<string, unknown> }),
    );
    const expectedRevision = first === 0 ? NO_STREAM : BigInt(first - 1);
    try {
      await connections.ask(deadlines.append, (client) =>
        client.appendToStream(stream, events, {
          ...common,
          expectedRevision,
          deadline: deadlines.append,
        }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ServerError && error.kind === 'conflict') return 'conflict';
      throw error;
    }
  };

  return {
    append,
    read: (from, count) => page({ fromRevision: BigInt(from), maxCount: count }),
    last: async () => (await page(lastOne))[0],
    limits: async () => limitsIn((await page(lastOne, `$$${stream}`))[0]),
    time: () => connections.ask(deadlines.read, (client) => client.time(deadlines.read)),
    follow: (after, seen, stop) =>
      connections.ask(Infinity, (client) => {
        const fromRevision = after < 0 ? START : BigInt(after);
        return followOnce(
          client.subscribeToStream(stream, { ...common, fromRevision }),
          seen,
          stop,
        );
      }),
    close: connections.close,
  };
};

type ReadOptions = Parameters<EventStoreDBClient['readStream']>[1];

const readOnce = async (
  client: EventStoreDBClient,
  stream: string,
  options: ReadOptions,
  milliseconds: number,
): Promise<readonly Found[]> => {
  const reading = client.readStream(stream, options);
  // An error that comes after we left would end the process.
  reading.on('error', () => undefined);
  const timer = setTimeout(
    () => reading.destroy(new ServerError('unreachable', `no answer within ${milliseconds} ms`)),
    milliseconds,
  );
  const found: Found[] = [];
  try {
    for await (const resolved of reading) found.push(foundIn(resolved));
    return found;
  } catch (error) {
    if (failureOf(error).kind === 'no-stream') return [];
    throw error;
  } finally {
    clearTimeout(timer);
    // What is left early keeps its place on the connection.
    void reading.cancel().catch(() => undefined);
  }
};

const followOnce = async (
  subscription: ReturnType<EventStoreDBClient['subscribeToStream']>,
  seen: (event: Found) => void,
  stop: AbortSignal,
): Promise<void> => {
  const end = (): void => {
    void subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  };
  stop.addEventListener('abort', end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      subscription.on('data', (resolved) => seen(foundIn(resolved)));
      subscription.on('error', (error) => reject(failureOf(error)));
      subscription.on('end', resolve);
      subscription.on('close', resolve);
      if (stop.aborted) end();
    });
  } finally {
    stop.removeEventListener('abort', end);
    end();
  }
};

/** The client has parsed the JSON; a canonical text comes out of it as it went in. */
const foundIn = ({ event }: ResolvedEvent): Found => {
  if (event === undefined) throw new ServerError('unreachable', 'an answer without an event');
  const { revision, id, type, isJson, data, created } = event;
  const isObject = typeof data === 'object' && !(data instanceof Uint8Array);
  return {
    revision: Number(revision),
    id,
    type,
    text: isJson && isObject ? JSON.stringify(data) : undefined,
    created: created.getTime(),
  };
};

/** Names in a stream's metadata that make events disappear. */
const limiting = ['$maxAge', '$maxCount', '$tb'];

const limitsIn = (metadata: Found | undefined): string | undefined => {
  if (metadata?.text === undefined) return undefined;
  const data = JSON.parse(metadata.text) as Readonly<Record<string, unknown>>;
  const set = limiting.filter((name) => data[name] !== undefined && data[name] !== null);
  return set.length === 0
    ? undefined
    : set.map((name) => `${name} ${JSON.stringify(data[name])}`).join(', ');
};
