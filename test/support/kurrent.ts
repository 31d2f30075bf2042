/** Logs on a KurrentDB: on the double, or on a server that the environment names. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import {
  type KurrentLog,
  type KurrentLogOptions,
  openKurrentLog,
} from '../../src/log/kurrentdb/log.ts';
import { type Node, type NodeOptions, startNode } from '../double/node.ts';
import { memoryStreams, type Streams } from '../double/streams.ts';
import { temporaryFolder } from './folders.ts';

const addressOf = (...nodes: readonly { readonly port: number }[]): string =>
  `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;

/** A name that no other test has, also on a server that is kept. */
export const newStream = (): string => `ledger-test-${randomUUID()}`;

/** Deadlines so short that a test of what happens after them is quick. */
export const quick = {
  append: 250,
  read: 600,
  patience: 20_000,
  lookEvery: 50,
  finish: 2_000,
};

const opened: KurrentLog[] = [];
const nodes: Node[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
});
afterAll(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()));
});

export interface Double {
  readonly streams: Streams;
  readonly node: Node;
  readonly stream: string;
}

/** A node of its own for one test, with a stream that is not there yet. */
export const startDouble = async (options: Partial<NodeOptions> = {}): Promise<Double> => {
  const streams = options.streams ?? memoryStreams();
  const node = await startNode({ ...options, streams });
  nodes.push(node);
  return { streams, node, stream: newStream() };
};

/** Opens a log on it; it is closed after the test. */
export const openOn = async (
  { node, stream }: Pick<Double, 'stream'> & { readonly node: { readonly port: number } },
  options: Partial<KurrentLogOptions> = {},
): Promise<KurrentLog> => {
  const log = await openKurrentLog({
    address: readAddress(addressOf(node)),
    stream,
    folder: temporaryFolder(),
    role: 'writer',
    timing: quick,
    ...options,
  });
  opened.push(log);
  return log;
};

/** Ids of the events that the server holds, in order. */
export const idsIn = ({ streams, stream }: Pick<Double, 'streams' | 'stream'>): readonly string[] =>
  (streams.read(stream) ?? []).map(({ id }) => id);
