/** Signed notes (C2SP signed-note): text, a blank line, and a line for each signature. */
import { fromBase64, toBase64 } from './base64.ts';
import { cosignatureType, isKeyName, type Signer, type VerifierKey } from './keys.ts';
import { ProofError } from './proof-error.ts';

/** Most signatures, and longest note in characters, that are looked at. */
const mostSignatures = 100;
const longestNote = 100_000;

const idBytes = 4;
const timeBytes = 8;

interface SignatureLine {
  readonly name: string;
  /** Four bytes in hex. */
  readonly id: string;
  readonly signature: Uint8Array;
  /** The whole line, with its newline. */
  readonly line: string;
}

interface Note {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

/** A signature by a known key that was found good. */
interface Verified {
  readonly key: VerifierKey;
  /** Seconds since 1970, of a witness's cosignature. */
  readonly time?: number;
}

interface OpenedNote {
  readonly text: string;
  readonly verified: readonly Verified[];
}

const malformed = (why: string): ProofError => new ProofError(`geen geldige note: ${why}`);

/** @throws ProofError */
export const parseSignatureLine = (line: string): SignatureLine => {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)\n$/u.exec(line) ?? [];
  if (!isKeyName(name)) throw malformed('een regel is geen handtekening');
  const bytes = fromBase64(encoded);
  if (bytes.length <= idBytes) throw malformed('een handtekening is te kort');
  const id = Buffer.from(bytes.subarray(0, idBytes)).toString('hex');
  return { name, id, signature: bytes.subarray(idBytes), line };
};

/** @throws ProofError */
export const parseNote = (note: string): Note => {
  if (note.length > longestNote) throw malformed('te lang');
  // eslint-disable-next-line no-control-regex -- these make a note malformed
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw malformed('stuurtekens');
  if (!note.isWellFormed()) throw malformed('geen UTF-8');
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) throw malformed('de lege regel ontbreekt');
  const signed = note.slice(blank + 2);
  if (!signed.endsWith('\n')) throw malformed('de laatste regel is niet af');
  const lines = signed.slice(0, -1).split('\n');
  if (lines.length > mostSignatures) throw malformed('te veel handtekeningen');
  return {
    text: note.slice(0, blank + 1),
    signatures: lines.map((line) => parseSignatureLine(`${line}\n`)),
  };
};

const signatureLine = ({ name, id }: VerifierKey, signature: Uint8Array): string =>
  `— ${name} ${toBase64(Buffer.concat([Buffer.from(id, 'hex'), signature]))}\n`;

/** @param text ends in a newline */
export const signNote = (text: string, signers: readonly Signer[]): string => {
  const message = Buffer.from(text);
  return `${text}\n${signers.map((s) => signatureLine(s.key, s.sign(message))).join('')}`;
};

const cosignedMessage = (text: string, time: number): Uint8Array =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * What a witness adds to a checkpoint (C2SP tlog-cosignature).
 * @param time seconds since 1970
 */
export const cosign = (text: string, { key, sign }: Signer, time: number): string => {
  const stamp = Buffer.alloc(timeBytes);
  stamp.writeBigUInt64BE(BigInt(time));
  return signatureLine(key, Buffer.concat([stamp, sign(cosignedMessage(text, time))]));
};

/** Whether a line by this key signs the text. @throws ProofError when it does not */
export const verifyLine = (text: string, found: SignatureLine, key: VerifierKey): Verified => {
  const bad = new ProofError(`de handtekening van ${key.name}+${key.id} klopt niet`);
  if (key.type !== cosignatureType) {
    if (!key.verify(Buffer.from(text), found.signature)) throw bad;
    return { key };
  }
  const bytes = Buffer.from(found.signature);
  if (bytes.length <= timeBytes) throw bad;
  const time = Number(bytes.readBigUInt64BE());
  if (!Number.isSafeInteger(time)) throw bad;
  if (!key.verify(cosignedMessage(text, time), bytes.subarray(timeBytes))) throw bad;
  return { key, time };
};

/**
 * Reads a note that one of the keys signed. Signatures by others are passed over; one that bears
 * the name of a known key and is not its own spoils the note.
 * @throws ProofError
 */
export const openNote = (note: string, keys: readonly VerifierKey[]): OpenedNote => {
  const { text, signatures } = parseNote(note);
  const verified = new Map<string, Verified>();
  for (const found of signatures) {
    const key = keys.find(({ name, id }) => name === found.name && id === found.id);
    if (key !== undefined && !verified.has(key.text))
      verified.set(key.text, verifyLine(text, found, key));
  }
  if (verified.size === 0) throw new ProofError('geen handtekening van een bekende sleutel');
  return { text, verified: [...verified.values()] };
};
