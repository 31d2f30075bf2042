/** Going on with a log that was put back from an older copy: somebody accepts what is lost. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../events/index.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { ownEntry } from '../ledger/own-entry.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import { heldSize } from '../proof/loss.ts';
import { openOffice, openProof } from './proof.ts';

interface Loss {
  readonly folder: string;
  /** Not empty. */
  readonly log: EventLog;
  /** Why whoever decides accepts it. */
  readonly reason: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
}

interface AcceptedLoss {
  readonly seenSequence: number;
  readonly foundSequence: number;
  /** Highest sequence that is still as it was signed. */
  readonly heldSequence: number;
  /** The event that records it. */
  readonly sequence: number;
}

/**
 * Records what the log lacks of what was signed, and signs what it holds; undefined when it lacks
 * nothing. @throws StartError
 */
export const acceptLoss = async (loss: Loss): Promise<AcceptedLoss | undefined> => {
  const { divergence, close } = await openProof({ ...loss, witnesses: [] });
  close();
  if (divergence === undefined) return undefined;
  const accepted = await recordLoss(loss, divergence);
  (await openProof({ ...loss, witnesses: [] })).close();
  return accepted;
};

/**
 * The event; then checkpoints that the log does not hold are put aside, and read tables that may
 * hold more are thrown away. When it is cut off, doing it again records it again.
 */
const recordLoss = async (loss: Loss, divergence: string): Promise<AcceptedLoss> => {
  const { folder, log } = loss;
  const checkpoints = await openOffice(folder);
  try {
    const foundSequence = log.head().sequence;
    const seenSequence = (checkpoints.latest()?.size ?? 0) - 1;
    const held = await heldSize(log, checkpoints);
    const entry = lossEntry(loss, divergence, seenSequence, foundSequence);
    const done = await log.append([entry]);
    if (done.outcome !== 'appended') throw new Error(`the loss was not recorded: ${done.outcome}`);
    checkpoints.lose(held, done.first);
    rmSync(join(folder, 'tables'), { recursive: true, force: true });
    return { seenSequence, foundSequence, heldSequence: held - 1, sequence: done.first };
  } finally {
    checkpoints.close();
  }
};

const lossEntry = (
  { log, reason, clock, ids, hmac }: Loss,
  divergence: string,
  seenSequence: number,
  foundSequence: number,
): Entry =>
  ownEntry(
    'LossAccepted',
    {
      kind: foundSequence < seenSequence ? 'log-is-older' : 'log-differs',
      seenSequence,
      foundSequence,
      reason: `${reason} (${divergence})`,
    },
    () => ({
      tag: hmac(`loss\n${ids.ulid()}`),
      input: hmac(`loss-input\n${seenSequence}\n${reason}`),
    }),
    { clock, ids, after: log.head().recordedAt },
  );
