/**
 * A node that speaks KurrentDB's protocol, keeps its streams in memory, and fails as it is told:
 * it can lose an answer, give it late, stall, break off, or say that it is not the leader.
 */
import {
  Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Certificate } from './certificates.ts';
import {
  appendAnswer,
  appendTarget,
  caughtUpAnswer,
  confirmation,
  errors,
  eventAnswer,
  featuresAnswer,
  gossipAnswer,
  type Member,
  notFoundAnswer,
  proposedIn,
  type ReadOptions,
  readOptions,
} from './messages.ts';
import type { Kept, Proposed, Streams } from './streams.ts';

/** What goes wrong with one call. */
export type Fault =
  /** Fails, and nothing was done. */
  | { readonly kind: 'fails'; readonly error: Error }
  /** Done, but the answer is lost. */
  | { readonly kind: 'lost'; readonly error: Error }
  /** Never answers; `done`: although it was carried out. */
  | { readonly kind: 'silent'; readonly done: boolean }
  /** Carried out after so many milliseconds; the answer comes even later. */
  | { readonly kind: 'late'; readonly after: number }
  /** Done, and answered as a server does for a stream that was deleted. */
  | { readonly kind: 'no-position' }
  /** Breaks off after so many events; without an error: as if that were all. */
  | { readonly kind: 'breaks'; readonly after: number; readonly error?: Error }
  /** A subscription that sends so many events and then nothing more. */
  | { readonly kind: 'stalls'; readonly after: number };

export interface Call {
  readonly rpc: 'append' | 'read' | 'subscribe';
  readonly stream: string;
  /** Which of its kind on this node, from 0. */
  readonly number: number;
}

export interface NodeOptions {
  readonly streams: Streams;
  readonly port?: number;
  readonly members?: () => readonly Member[];
  readonly isLeader?: () => boolean;
  readonly fault?: (call: Call) => Fault | undefined;
  /** `early`: before the events; `never`: not at all. */
  readonly caughtUp?: 'in-place' | 'early' | 'never';
  /** Bytes in one append at most; old servers take 1 MiB. */
  readonly maxAppendBytes?: number;
  /** Its own clock, in milliseconds; absent: that of the machine. Undefined: it does not tell. */
  readonly clock?: () => number | undefined;
  /** Speaks TLS with this; absent: in the open. */
  readonly tls?: Certificate;
}

export interface Node {
  readonly port: number;
  /** How often each was called. */
  readonly calls: Readonly<Record<Call['rpc'] | 'batch-append', number>>;
  /** Most calls that were under way at once. */
  mostAtOnce(): number;
  stop(): Promise<void>;
}

export const startNode = async (options: NodeOptions): Promise<Node> => {
  const { streams, caughtUp = 'in-place', maxAppendBytes = 1024 * 1024 } = options;
  const calls = { append: 0, read: 0, subscribe: 0, 'batch-append': 0 };
  const ended = new AbortController();
  let now = 0;
  let most = 0;
  let port = 0;

  const begun = (call: { on(event: 'close' | 'cancelled', done: () => void): unknown }): void => {
    now += 1;
    most = Math.max(most, now);
    let open = true;
    const done = (): void => {
      if (open) now -= 1;
      open = false;
    };
    call.on('close', done);
    call.on('cancelled', done);
  };
  const faultOf = (rpc: Call['rpc'], stream: string): Fault | undefined => {
    const number = calls[rpc];
    calls[rpc] += 1;
    return options.fault?.({ rpc, stream, number });
  };
  const members = options.members ?? (() => [{ port, leader: true, alive: true }]);
  const leaderPort = (): number => members().find(({ leader }) => leader)?.port ?? port;
  const follows = (): boolean => options.isLeader?.() === false;

  const append = (
    call: ServerReadableStream<AppendReq, AppendResp>,
    answer: sendUnaryData<AppendResp>,
  ): void => {
    begun(call);
    let target: ReturnType<typeof appendTarget> | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      if (request.hasOptions()) target = appendTarget(request);
      else events.push(proposedIn(request));
    });
    call.on('end', () => {
      const { stream, expected } = target!;
      const fault = faultOf('append', stream);
      const bytes = events.reduce((sum, { data, type }) => sum + data.length + type.length + 36, 0);
      if (follows()) answer(errors.notLeader(leaderPort()));
      else if (streams.deleted.has(stream)) answer(errors.deleted(stream));
      else if (bytes > maxAppendBytes) answer(errors.tooLarge(maxAppendBytes));
      else carryOut(() => streams.append(stream, expected, events), fault, answer);
    });
  };

  const read = (call: ServerWritableStream<ReadReq, ReadResp>): void => {
    begun(call);
    const wanted = readOptions(call.request);
    const fault = faultOf(wanted.subscription ? 'subscribe' : 'read', wanted.stream);
    if (fault?.kind === 'silent') return;
    if (follows()) call.emit('error', errors.notLeader(leaderPort()));
    else if (streams.deleted.has(wanted.stream)) call.emit('error', errors.deleted(wanted.stream));
    else if (fault?.kind === 'fails') call.emit('error', fault.error);
    else if (wanted.subscription)
      void subscribe(call, wanted, fault, { streams, caughtUp, ended: ended.signal });
    else sendPage(call, streams.read(wanted.stream), wanted, fault);
  };

  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(StreamsService, {
    append,
    read,
    batchAppend: (call: { destroy(error: Error): void }) => {
      calls['batch-append'] += 1;
      call.destroy(errors.unavailable());
    },
    delete: (_call: unknown, answer: sendUnaryData<never>) => answer(errors.unavailable()),
    tombstone: (_call: unknown, answer: sendUnaryData<never>) => answer(errors.unavailable()),
  });
  server.addService(ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<unknown>) =>
      answer(null, featuresAnswer()),
  });
  server.addService(GossipService, {
    read: (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => {
      call.sendMetadata(dated((options.clock ?? Date.now)()));
      answer(null, gossipAnswer(members()));
    },
  });
  port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      `127.0.0.1:${options.port ?? 0}`,
      credentialsFrom(options.tls),
      (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      },
    );
  });
  return {
    port,
    calls,
    mostAtOnce: () => most,
    stop: async () => {
      ended.abort();
      server.forceShutdown();
    },
  };
};

/** The header that every server gives; of one that does not tell the time it says nothing. */
const dated = (at: number | undefined): Metadata => {
  const metadata = new Metadata();
  metadata.set('date', at === undefined ? 'unknown' : new Date(at).toUTCString());
  return metadata;
};

const credentialsFrom = (tls: Certificate | undefined): ServerCredentials =>
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) },
      ]);

const carryOut = (
  done: () => ReturnType<Streams['append']>,
  fault: Fault | undefined,
  answer: sendUnaryData<AppendResp>,
): void => {
  switch (fault?.kind) {
    case 'fails':
      answer(fault.error);
      return;
    case 'lost':
      done();
      answer(fault.error);
      return;
    case 'silent':
      if (fault.done) done();
      return;
    case 'late':
      setTimeout(() => answer(null, appendAnswer(done())), fault.after);
      return;
    default:
      answer(null, appendAnswer(done(), fault?.kind !== 'no-position'));
  }
};

const sendPage = (
  call: ServerWritableStream<ReadReq, ReadResp>,
  kept: readonly Kept[] | undefined,
  { stream, backwards, count, from }: ReadOptions,
  fault: Fault | undefined,
): void => {
  if (kept === undefined) call.write(notFoundAnswer(stream));
  else {
    const start = typeof from === 'number' ? from : from === 'start' ? 0 : Infinity;
    const ordered = backwards ? kept.filter((e) => e.revision <= start).reverse() : kept;
    const first = backwards ? 0 : ordered.findLastIndex(({ revision }) => revision < start) + 1;
    const found = ordered.slice(first, first + count);
    const sent = fault?.kind === 'breaks' ? found.slice(0, fault.after) : found;
    for (const event of sent) call.write(eventAnswer(stream, event));
  }
  if (fault?.kind === 'breaks' && fault.error !== undefined) call.emit('error', fault.error);
  else call.end();
};

interface Sending {
  readonly streams: Streams;
  readonly caughtUp: 'in-place' | 'early' | 'never';
  readonly ended: AbortSignal;
}

const subscribe = async (
  call: ServerWritableStream<ReadReq, ReadResp>,
  { stream, from }: ReadOptions,
  fault: Fault | undefined,
  { streams, caughtUp, ended }: Sending,
): Promise<void> => {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  call.on('cancelled', end);
  call.on('close', end);
  ended.addEventListener('abort', end);
  let position = typeof from === 'number' ? from : -1;
  let sent = 0;
  call.write(confirmation());
  if (caughtUp === 'early') call.write(caughtUpAnswer());
  while (!stop.signal.aborted) {
    const kept = streams.read(stream) ?? [];
    const more = kept.slice(kept.findLastIndex(({ revision }) => revision <= position) + 1);
    for (const event of more) {
      if (fault?.kind === 'breaks' && sent === fault.after) {
        if (fault.error === undefined) call.end();
        else call.emit('error', fault.error);
        return;
      }
      if (fault?.kind === 'stalls' && sent === fault.after) return;
      call.write(eventAnswer(stream, event));
      position = event.revision;
      sent += 1;
    }
    if (more.length > 0 && caughtUp === 'in-place') call.write(caughtUpAnswer());
    await streams.change(stop.signal);
  }
};
