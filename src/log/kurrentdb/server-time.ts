/**
 * The clock of the server, against which that of the writer is held. Servers give the time with
 * every answer, in a header (RFC 9110 §6.6.1); what KurrentDB's client gives on has no headers, so
 * one small question is asked over the client's own connection.
 */
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type Channel, credentials, Metadata } from '@grpc/grpc-js';
import { ClockError, LogUnavailableError, mostSkew } from '../../ledger/event-log.ts';
import {
  aheadOf,
  checkStamp,
  type Judge,
  machine,
  type Reference,
  steadiness,
  type Times,
} from '../clock.ts';
import { failureOf, ServerError } from './failures.ts';
import type { Server } from './server.ts';

/** The header tells whole seconds. */
const second = 1_000;
/** Milliseconds after which the server is asked again. */
const askAgain = 60_000;

/** What the server's clock says, cut to the second; undefined when its answer does not tell. */
export const timeOver = (channel: Channel, milliseconds: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    // The channel has its own address and credentials.
    const client = new gossip.GossipClient('', credentials.createInsecure(), {
      channelOverride: channel,
    });
    const deadline = Date.now() + milliseconds;
    let said: number | undefined;
    const call = client.read(new shared.Empty(), new Metadata(), { deadline }, (error) => {
      // Also a refusal says when it was given.
      said ??= timeIn(error?.metadata);
      if (error !== null && said === undefined) reject(failureOf(error));
      else resolve(said);
    });
    call.on('metadata', (metadata) => (said = timeIn(metadata)));
  });

const timeIn = (metadata: Metadata | undefined): number | undefined => {
  const at = Date.parse(String(metadata?.get('date')[0] ?? ''));
  return Number.isNaN(at) ? undefined : at;
};

/** @throws ServerError */
const seeTime = async (
  server: Pick<Server, 'time'>,
  { elapsed }: Times,
): Promise<Reference | undefined> => {
  const asked = elapsed();
  const time = await server.time();
  const seenAt = elapsed();
  // It was so late at some moment between the question and the answer.
  return time === undefined
    ? undefined
    : { earliest: time - seenAt, latest: time + second - asked, seenAt };
};

/** Milliseconds by which this machine is ahead of the server, as far as can be told. */
export const aheadOfServer = async (server: Pick<Server, 'time'>): Promise<number | undefined> => {
  const seen = await seeTime(server, machine);
  return seen && aheadOf(seen, machine);
};

/**
 * The clock must agree with that of the server. Where a server does not tell, with itself.
 * @throws LogUnavailableError when the server cannot be asked, and was not before
 */
export const agreement = (server: Pick<Server, 'time'>, times: Times = machine): Judge => {
  const alone = steadiness(times);
  let known: Reference | undefined;
  let isSilent = false;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    try {
      known = await seeTime(server, times);
      isSilent = known === undefined;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      // What was seen before still counts.
      if (known === undefined)
        throw new LogUnavailableError(`KurrentDB did not say what time it is: ${error.message}`, {
          cause: error,
        });
    }
  };

  const check = (latest: string): void => {
    if (known === undefined) {
      void alone(latest);
      return;
    }
    const ahead = aheadOf(known, times);
    if (Math.abs(ahead) > mostSkew) throw new ClockError(Math.round(ahead), 'server');
    checkStamp(latest, times);
  };

  const isFresh = (): boolean =>
    isSilent ||
    (known !== undefined &&
      times.elapsed() - known.seenAt < askAgain &&
      Math.abs(aheadOf(known, times)) <= mostSkew);

  return (latest) => {
    if (asking === undefined && isFresh()) {
      check(latest);
      return undefined;
    }
    asking ??= ask().finally(() => (asking = undefined));
    return asking.then(() => check(latest));
  };
};
