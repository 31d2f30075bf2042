/** Proof that an entry is in the ledger (C2SP tlog-proof): to be kept, and checked offline. */
import { hashFromBase64, toBase64 } from './base64.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './hash.ts';
import type { VerifierKey } from './keys.ts';
import { provesInclusion } from './merkle.ts';
import { openNote } from './note.ts';
import { ProofError } from './proof-error.ts';

const first = 'c2sp.org/tlog-proof@v1';

interface Receipt {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
}

export const receiptText = ({ index, proof, checkpoint }: Receipt): string =>
  [first, `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n');

export const isReceipt = (text: string): boolean => text.startsWith(`${first}\n`);

/** @throws ProofError */
export const parseReceipt = (text: string): Receipt => {
  const blank = text.indexOf('\n\n');
  const [name, ...lines] = text.slice(0, Math.max(blank, 0)).split('\n');
  if (name !== first) throw new ProofError('geen bewijs in de vorm tlog-proof');
  if (lines[0]?.startsWith('extra ') === true) lines.shift();
  const [, index] = /^index (0|[1-9]\d{0,14})$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined) throw new ProofError('geen bewijs: het volgnummer ontbreekt');
  return {
    index: Number(index),
    proof: lines.map(hashFromBase64),
    checkpoint: text.slice(blank + 2),
  };
};

/**
 * That this entry is in the ledger whose key signed the checkpoint.
 * @throws ProofError
 */
export const openReceipt = (
  text: string,
  entry: Uint8Array,
  origin: string,
  keys: readonly VerifierKey[],
): Checkpoint => {
  const { index, proof, checkpoint } = parseReceipt(text);
  const found = parseCheckpoint(openNote(checkpoint, keys).text);
  if (found.origin !== origin) throw new ProofError(`een bewijs van ${found.origin}`);
  const { size, root } = found;
  if (!provesInclusion({ leaf: leafHash(entry), index, size, proof, root }))
    throw new ProofError('deze gebeurtenis staat niet zo in het grootboek');
  return found;
};
