/** Going on with a log, or with keys, put back from an older copy: somebody accepts what is lost. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../events/index.ts';
import { ledgerHmac } from '../host/secret.ts';
import { type Settings, StartError } from '../host/settings.ts';
import { answersOn, socketPath } from '../host/socket.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { ownEntry } from '../ledger/own-entry.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import { heldSize } from '../proof/loss.ts';
import { giveUpKeys } from './people.ts';
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
const acceptLoss = async (loss: Loss): Promise<AcceptedLoss | undefined> => {
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

interface RestoringParts {
  readonly settings: () => Settings;
  readonly mayBeThere: (settings: Settings) => boolean;
  /** With the lock of its folder. */
  readonly open: (settings: Settings) => Promise<EventLog>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What the command line asks for. Nothing is done beside a service that runs. */
export const restoringOf = ({ settings, mayBeThere, open, clock, ids }: RestoringParts) => {
  /** @throws StartError */
  const standingStill = async <T>(
    work: (log: EventLog, settings: Settings, hmac: Hmac) => Promise<T>,
  ): Promise<T> => {
    const set = settings();
    const path = socketPath(set.folder);
    if (!mayBeThere(set)) throw new StartError(`In ${set.folder} is geen grootboek.`);
    if (set.role === 'reader')
      throw new StartError('Dit proces leest alleen; vraag het de schrijver.');
    if (existsSync(path) && (await answersOn(path)))
      throw new StartError('De dienst draait; stop die eerst. Er is niets veranderd.');
    const log = await open(set);
    try {
      // Without that secret it would not start either.
      return await work(log, set, ledgerHmac(set.folder, false));
    } finally {
      await log.close();
    }
  };
  return {
    restore: (reason: string) =>
      standingStill((log, { folder }, hmac) =>
        acceptLoss({ folder, log, reason, clock, ids, hmac }),
      ),
    restoreKeys: (count: number, reason: string) =>
      standingStill((log, set) => giveUpKeys(set, log, { count, reason })),
  };
};
