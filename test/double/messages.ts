/** Streams in the words of the protocol, and back. Generated code comes with the client. */
import { Metadata, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended, Expected, Kept, Proposed } from './streams.ts';

export interface ReadOptions {
  readonly stream: string;
  readonly subscription: boolean;
  readonly backwards: boolean;
  readonly count: number;
  readonly from: number | 'start' | 'end';
}

const nameOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const readOptions = (request: ReadReq): ReadOptions => {
  const options = request.getOptions()!;
  const stream = options.getStream()!;
  return {
    stream: nameOf(stream.getStreamIdentifier()),
    subscription: options.hasSubscription(),
    backwards: options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS,
    count: Number(options.getCount()),
    from: stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : Number(stream.getRevision()),
  };
};

export const appendTarget = (request: AppendReq): { stream: string; expected: Expected } => {
  const options = request.getOptions()!;
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: options.hasNoStream()
      ? -1
      : options.hasAny()
        ? 'any'
        : options.hasStreamExists()
          ? 'stream-exists'
          : Number(options.getRevision()),
  };
};

export const proposedIn = (request: AppendReq): Proposed => {
  const message = request.getProposedMessage()!;
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? '',
    data: message.getData_asU8(),
  };
};

const empty = () => new shared.Empty();

/** @param position false: as after a write to a stream that was deleted */
export const appendAnswer = (appended: Appended, position = true): AppendResp => {
  const answer = new streams.AppendResp();
  if (appended.success) {
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(appended.revision));
    const at = new streams.AppendResp.Position();
    at.setCommitPosition('1');
    at.setPreparePosition('1');
    if (position) success.setPosition(at);
    else success.setNoPosition(empty());
    answer.setSuccess(success);
    return answer;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (appended.current < 0) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(String(appended.current));
  answer.setWrongExpectedVersion(wrong);
  return answer;
};

const ticksPerMillisecond = 10_000;

const identifierOf = (stream: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
};

export const eventAnswer = (stream: string, kept: Kept): ReadResp => {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(kept.id);
  event.setId(id);
  event.setStreamIdentifier(identifierOf(stream));
  event.setStreamRevision(String(kept.revision));
  event.setCommitPosition(String(kept.revision));
  event.setPreparePosition(String(kept.revision));
  event.getMetadataMap().set('type', kept.type);
  event.getMetadataMap().set('content-type', kept.contentType);
  event.getMetadataMap().set('created', String(kept.created * ticksPerMillisecond));
  event.setData(kept.data);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(event);
  read.setNoPosition(empty());
  const answer = new streams.ReadResp();
  answer.setEvent(read);
  return answer;
};

export const notFoundAnswer = (stream: string): ReadResp => {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifierOf(stream));
  const answer = new streams.ReadResp();
  answer.setStreamNotFound(notFound);
  return answer;
};

export const confirmation = (): ReadResp => {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId('double');
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmed);
  return answer;
};

export const caughtUpAnswer = (): ReadResp => {
  const answer = new streams.ReadResp();
  answer.setCaughtUp(new streams.ReadResp.CaughtUp());
  return answer;
};

export const featuresAnswer = (): SupportedMethods => {
  const answer = new features.SupportedMethods();
  answer.setEventStoreServerVersion('23.10.0-double');
  const batch = new features.SupportedMethod();
  batch.setServiceName('event_store.client.streams.streams');
  batch.setMethodName('batchappend');
  answer.addMethods(batch);
  return answer;
};

export interface Member {
  readonly port: number;
  readonly leader: boolean;
  readonly alive: boolean;
}

export const gossipAnswer = (members: readonly Member[]): ClusterInfo => {
  const answer = new gossip.ClusterInfo();
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  for (const { port, leader, alive } of members) {
    const member = new gossip.MemberInfo();
    const endpoint = new gossip.EndPoint();
    endpoint.setAddress('127.0.0.1');
    endpoint.setPort(port);
    member.setHttpEndPoint(endpoint);
    member.setState(leader ? LEADER : FOLLOWER);
    member.setIsAlive(alive);
    member.setTimeStamp('0');
    answer.addMembers(member);
  }
  return answer;
};

/** An error as servers send it: a code, and in the metadata which of their own it is. */
const serverError = (
  code: status,
  details: string,
  metadata: Readonly<Record<string, string>> = {},
) => {
  const sent = new Metadata();
  for (const [name, value] of Object.entries(metadata)) sent.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata: sent });
};

export const errors = {
  unavailable: () => serverError(status.UNAVAILABLE, 'Server is shutting down'),
  notReady: () => serverError(status.UNKNOWN, 'Server Is Not Ready'),
  reset: () => serverError(status.INTERNAL, 'Received RST_STREAM with code 2'),
  timeout: () => serverError(status.ABORTED, 'Operation timed out'),
  tooSlow: () => serverError(status.ABORTED, 'Consumer too slow'),
  denied: () => serverError(status.UNAUTHENTICATED, 'Unauthenticated'),
  deleted: (stream: string) =>
    serverError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  tooLarge: (limit: number) =>
    serverError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  /** Without saying who leads: no server does, and the client cannot read it. */
  noLeader: () => serverError(status.NOT_FOUND, 'no leader', { exception: 'not-leader' }),
  notLeader: (port: number) =>
    serverError(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(port),
    }),
};
