/** Standard base64 (RFC 4648, section 4), in its one normal form. */
import { hashBytes } from './hash.ts';
import { ProofError } from './proof-error.ts';

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** @throws ProofError for anything that {@link toBase64} does not write */
export const fromBase64 = (text: string): Uint8Array => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new ProofError('geen geldige base64');
  return bytes;
};

/** @throws ProofError when it is not one hash */
export const hashFromBase64 = (text: string): Uint8Array => {
  const bytes = fromBase64(text);
  if (bytes.length !== hashBytes) throw new ProofError(`een hash telt ${hashBytes} bytes`);
  return bytes;
};
