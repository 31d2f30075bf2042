/**
 * A connection that is made anew where the client would not recover: after a failed discovery, or
 * when a node holds it and does not answer.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Channel } from '@grpc/grpc-js';
import type { KurrentAddress } from './address.ts';
import { failureOf, ServerError } from './failures.ts';
import { whyNoNode } from './reachability.ts';
import { timeOver } from './server-time.ts';
import { allowTlsByAddress } from './tls-by-address.ts';

/** Milliseconds that the end of a connection may take. */
const farewell = 2_000;
/** What our own clock waits longer than the deadline that the server is told. */
const grace = 250;

/** Knows its channel, so that it can be closed: the client's own `dispose` leaves it open. */
class Connection extends EventStoreDBClient {
  #channel: Promise<Channel> | undefined;

  watched(): this {
    const open = this.getChannel;
    this.getChannel = () => {
      const channel = open();
      this.#channel = channel;
      return channel;
    };
    return this;
  }

  /** When the server answered by its own clock, in milliseconds, cut to the second. */
  async time(milliseconds: number): Promise<number | undefined> {
    return timeOver(await this.getChannel(), milliseconds);
  }

  async end(): Promise<void> {
    await this.dispose();
    (await this.#channel)?.close();
  }
}

const connect = ({ endpoints, discover, tls, authority, ...address }: KurrentAddress) => {
  const { connectionName, keepAliveInterval, keepAliveTimeout } = address;
  const common = {
    ...(connectionName === undefined ? {} : { connectionName }),
    ...(keepAliveInterval === undefined ? {} : { keepAliveInterval }),
    ...(keepAliveTimeout === undefined ? {} : { keepAliveTimeout }),
  };
  // A node that was stopped, not ended, answers nothing: the next must be asked soon.
  const cluster = { gossipTimeout: 1, maxDiscoverAttempts: 3, discoveryInterval: 100 };
  if (tls) allowTlsByAddress();
  const security = tls
    ? { insecure: false, ...(authority === undefined ? {} : { rootCertificate: authority }) }
    : { insecure: true };
  const [first] = endpoints;
  const made = discover
    ? new Connection({ ...common, ...cluster, discover: first! }, security)
    : endpoints.length > 1
      ? new Connection({ ...common, ...cluster, endpoints: [...endpoints] }, security)
      : new Connection({ ...common, endpoint: first! }, security);
  return made.watched();
};

interface Connections {
  /** Asks over the connection of now. @throws ServerError, also when no answer comes in time */
  ask<T>(milliseconds: number, ask: (client: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const connectionsTo = (address: KurrentAddress): Connections => {
  let current: Connection | undefined;
  let closed = false;

  const drop = async (connection: Connection): Promise<void> => {
    if (current === connection) current = undefined;
    await within(farewell, connection.end()).catch(() => undefined);
  };

  return {
    ask: async (milliseconds, ask) => {
      if (closed) throw new ServerError('unreachable', 'the connection was closed');
      const connection = (current ??= connect(address));
      try {
        const asked = ask(connection);
        const answer = await (milliseconds === Infinity
          ? asked
          : within(milliseconds + grace, asked));
        // A read that is cut off by the end of its connection looks like one that found no more.
        if (current !== connection) throw new ServerError('unreachable', 'the connection ended');
        return answer;
      } catch (error) {
        const failure = await explained(failureOf(error), address);
        if (failure.kind === 'unreachable' || failure.kind === 'untrusted') void drop(connection);
        throw failure;
      }
    },
    close: async () => {
      closed = true;
      if (current !== undefined) await drop(current);
    },
  };
};

/** What the client says when it asked every node of a cluster, and none told which to use. */
const noneFound = /^Failed to discover /;

const explained = async (failure: ServerError, address: KurrentAddress): Promise<ServerError> =>
  noneFound.test(failure.message) ? ((await whyNoNode(address)) ?? failure) : failure;

/** Resolves as the promise does; when it does not in time, it is no longer waited for. */
const within = async <T>(milliseconds: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServerError('unreachable', `no answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
