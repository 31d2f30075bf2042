/** Checkpoints (C2SP tlog-checkpoint): which ledger, how many entries, under which root. */
import { hashFromBase64, toBase64 } from './base64.ts';
import { ProofError } from './proof-error.ts';

export interface Checkpoint {
  /** Names the ledger; the key that signs bears the same name. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** @param ledgerId 32 hex digits */
export const originOf = (ledgerId: string): string => `partnership-ledger/${ledgerId}`;

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/**
 * The text of a note, without its signatures. Extension lines are passed over: monitors cannot
 * check them, and the ledger writes none.
 * @throws ProofError
 */
export const parseCheckpoint = (text: string): Checkpoint => {
  const [origin = '', size = '', root = '', ...extensions] = text.split('\n');
  const end = extensions.pop();
  if (end !== '' || origin === '' || extensions.includes(''))
    throw new ProofError('geen controlepunt: er ontbreken regels');
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw new ProofError('geen controlepunt: de omvang is geen getal');
  return { origin, size: Number(size), root: hashFromBase64(root) };
};
