/**
 * Moving a ledger from one log to another: every entry byte for byte, on its sequence. The source
 * is closed only when both were read again and are the same.
 */
import { hash } from 'node:crypto';
import { maxCommandBytes } from '../../events/entry.ts';
import { byteLength } from '../../events/index.ts';
import { type EventLog, type Sequence, type StoredEvent } from './event-log.ts';
import { ownEntry } from './own-entry.ts';
import type { Clock, Ids } from './ports.ts';

/** Events in one read. */
const page = 1_000;

interface CopyParts {
  readonly from: EventLog;
  readonly to: EventLog;
  /** What kind of log it goes to. */
  readonly kind: 'sqlite' | 'kurrentdb';
  readonly clock: Clock;
  readonly ids: Ids;
  /** An empty Merkle tree, which entries are put in by their text. */
  readonly tree: () => EntryTree;
  readonly progress?: (done: number, total: number) => void;
}

export interface EntryTree {
  append(text: string): void;
  root(): Uint8Array;
}

interface Copied {
  readonly events: number;
  /** Of the tree of all that was copied, in base64 as in a checkpoint; of both logs the same. */
  readonly root: string;
}

/** Why it cannot be copied; Dutch. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/**
 * Goes on where an earlier copy was cut off.
 * @throws CopyError; the source is not closed then
 */
export const copyLog = async (parts: CopyParts): Promise<Copied> => {
  const { from, to } = parts;
  if (from.head().sequence < 0) throw new CopyError('In de bron is geen grootboek.');
  const closed = await isMoved(from, from.head().sequence);
  const last = from.head().sequence - (closed ? 1 : 0);
  if (to.head().sequence > last)
    throw new CopyError(
      `Het doel heeft al ${to.head().sequence + 1} gebeurtenissen, meer dan de bron.`,
    );
  if (closed && to.head().sequence < last)
    throw new CopyError('De bron is al verhuisd, naar een ander doel dan dit.');
  if (await isMoved(to, to.head().sequence)) throw new CopyError('Het doel is zelf al verhuisd.');
  const there = to.head().sequence;
  await equalUpTo(parts, there);
  await takeOver(parts, there, last);
  const root = Buffer.from(await equalUpTo(parts, last));
  if (!closed) await close(parts, last, root.toString('hex'));
  return { events: last + 1, root: root.toString('base64') };
};

const isMoved = async (log: EventLog, at: Sequence): Promise<boolean> =>
  at >= 0 && (await log.read('all', { from: at, to: at }))[0]?.entry.type === 'LedgerMoved';

const takeOver = async (
  { from, to, progress }: CopyParts,
  there: Sequence,
  last: Sequence,
): Promise<void> => {
  for (let after = there; after < last;) {
    const events = await from.read('all', { from: after + 1, to: last, limit: page });
    for (const texts of byCommand(events)) {
      const { outcome } = await to.receive(texts, after);
      if (outcome !== 'appended')
        throw new CopyError('In het doel schrijft een ander; stop dat eerst.');
      after += texts.length;
      progress?.(after + 1, last + 1);
    }
  }
};

/** Texts together as large as a command may be. */
function* byCommand(events: readonly StoredEvent[]): Generator<readonly string[]> {
  let [texts, bytes]: [string[], number] = [[], 0];
  for (const { text } of events) {
    const size = byteLength(text);
    if (texts.length > 0 && bytes + size > maxCommandBytes) {
      yield texts;
      [texts, bytes] = [[], 0];
    }
    texts.push(text);
    bytes += size;
  }
  if (texts.length > 0) yield texts;
}

/** Compares entry by entry. @returns the root of their tree */
const equalUpTo = async ({ from, to, ...parts }: CopyParts, last: Sequence) => {
  const tree = parts.tree();
  for (let at = 0; at <= last; at += page) {
    const range = { from: at, to: Math.min(at + page - 1, last) };
    const [ours, theirs] = await Promise.all([from.read('all', range), to.read('all', range)]);
    for (const [i, { sequence, text }] of ours.entries()) {
      if (theirs[i]?.text !== text)
        throw new CopyError(`Gebeurtenis ${sequence} is in het doel een andere dan in de bron.`);
      tree.append(text);
    }
  }
  return tree.root();
};

const close = async (
  { from, kind, clock, ids }: CopyParts,
  last: Sequence,
  digest: string,
): Promise<void> => {
  const moved = ownEntry(
    'LedgerMoved',
    { to: kind, events: last + 1, digest },
    () => ({ tag: hash('sha256', `moved\n${digest}`), input: digest }),
    { clock, ids, after: from.head().recordedAt },
  );
  const { outcome } = await from.append([moved], { failIfEventsMatch: 'all', after: last });
  if (outcome !== 'appended')
    throw new CopyError('In de bron is intussen geschreven; kopieer opnieuw.');
};
