/**
 * Sealing, wrapping and telling apart, from keys alone: no storage. AES-256-GCM throughout, with
 * a nonce that is fresh each time; keys for each use are derived (HKDF-SHA-256), so that no two
 * uses share one.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { SealedField } from '../../events/entry.ts';
import type { SealedPlace } from '../ledger/ports.ts';

const keySize = 32;
const nonceSize = 12;
const tagSize = 16;
/** What is sealed is filled up to a multiple of this, so that its length tells nothing. */
const block = 1024;

/** What was sealed does not open: another place, another key, or not as it was written. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Random bytes are fetched together: each fetch costs as much as the sealing itself. */
let [pool, used] = [Buffer.alloc(0), 0];
const fresh = (size: number): Buffer => {
  if (used + size > pool.length) [pool, used] = [randomBytes(4_096), 0];
  used += size;
  return pool.subarray(used - size, used);
};

/** The only copy: what it was taken from is zeroed. */
export const newKey = (): Buffer => {
  const taken = fresh(keySize);
  const key = Buffer.from(taken);
  taken.fill(0);
  return key;
};

type Use = 'seal' | 'person' | 'input' | 'wrap' | 'wrap-id';

const mac = (key: Uint8Array, data: Uint8Array | string): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** What is made of a key once, and is gone with it. */
interface Made {
  readonly extracted: Buffer;
  readonly uses: Map<Use, Buffer>;
}
const made = new WeakMap<Uint8Array, Made>();
const noSalt = Buffer.alloc(keySize);

/** HKDF-SHA-256 (RFC 5869), one block of it; its first step is the same for every use. */
const derived = (key: Uint8Array, use: Use): Buffer => {
  const of: Made = made.get(key) ?? { extracted: mac(noSalt, key), uses: new Map() };
  made.set(key, of);
  const known = of.uses.get(use) ?? mac(of.extracted, `partnership-ledger ${use}\x01`);
  of.uses.set(use, known);
  return known;
};

const hmac = (key: Uint8Array, use: Use, text: string): string =>
  createHmac('sha256', derived(key, use)).update(text).digest('hex');

/** The opaque reference to a person; nobody can make it without the key. */
export const personOf = (key: Uint8Array, personId: string): string =>
  hmac(key, 'person', personId).slice(0, 32);

/** Of the input of a command, which may hold what is sealed. */
export const inputHmac = (key: Uint8Array, text: string): string => hmac(key, 'input', text);

interface Encrypted {
  readonly nonce: Buffer;
  /** Ciphertext followed by the tag. */
  readonly sealed: Buffer;
}

const encrypt = (key: Uint8Array, plain: Uint8Array, bound: string): Encrypted => {
  const nonce = fresh(nonceSize);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce, sealed };
};

/** @throws SealError */
const decrypt = (key: Uint8Array, { nonce, sealed }: Encrypted, bound: string): Buffer => {
  const end = sealed.length - tagSize;
  if (end < 0 || nonce.length !== nonceSize) throw new SealError('not sealed');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    const plain = decipher.update(sealed.subarray(0, end));
    // Brings no more bytes, and throws when they are not as they were.
    decipher.final();
    return plain;
  } catch {
    throw new SealError('does not open here');
  }
};

/**
 * To what a sealed value is bound: it opens in its own event and field only. Canonical (RFC 8785),
 * for the names are in their order and nothing in them is a number.
 */
const boundTo = ({ eventId, field, schema }: SealedPlace): string =>
  JSON.stringify({ eventId, field, schema });

/** Seals a value of a person's. */
export const seal = (
  key: Uint8Array,
  keyId: string,
  place: SealedPlace,
  value: unknown,
): SealedField => {
  const plain = Buffer.from(canonicalize(value) ?? 'null');
  const filled = Buffer.alloc(Math.ceil(plain.length / block) * block, ' ');
  plain.copy(filled);
  const { nonce, sealed } = encrypt(derived(key, 'seal'), filled, boundTo(place));
  return {
    field: place.field,
    schema: place.schema,
    key: keyId,
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
};

/** @throws SealError when it was sealed for another event, field or person, or was changed */
export const open = (key: Uint8Array, eventId: string, field: SealedField): unknown => {
  const encrypted = {
    nonce: Buffer.from(field.nonce, 'base64'),
    sealed: Buffer.from(field.sealed, 'base64'),
  };
  const plain = decrypt(derived(key, 'seal'), encrypted, boundTo({ ...field, eventId }));
  return JSON.parse(plain.toString()) as unknown;
};

/** Tells wrapping keys apart without telling one. */
export const wrappingId = (wrapping: Uint8Array): string =>
  hmac(wrapping, 'wrap-id', '').slice(0, 16);

/** A person's key as it is kept: under the wrapping key, bound to its id. */
export const wrap = (wrapping: Uint8Array, keyId: string, key: Uint8Array): Buffer => {
  const { nonce, sealed } = encrypt(derived(wrapping, 'wrap'), key, keyId);
  return Buffer.concat([nonce, sealed]);
};

/** @throws SealError */
export const unwrap = (wrapping: Uint8Array, keyId: string, wrapped: Uint8Array): Buffer => {
  const bytes = Buffer.from(wrapped);
  const encrypted = { nonce: bytes.subarray(0, nonceSize), sealed: bytes.subarray(nonceSize) };
  return decrypt(derived(wrapping, 'wrap'), encrypted, keyId);
};
