/** Ed25519 keys as C2SP signed-note names them. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { ProofError } from './proof-error.ts';

/** Signs the text of a note; and, of a witness, a checkpoint at a time. */
export const noteType = 0x01;
export const cosignatureType = 0x04;
type SignatureType = typeof noteType | typeof cosignatureType;

export interface VerifierKey {
  readonly name: string;
  /** The first four bytes of its hash, in hex. */
  readonly id: string;
  readonly type: SignatureType;
  /** `name+id+base64(type‖key)`: how it is given out of band. */
  readonly text: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

export interface Signer {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Uint8Array;
}

const publicBytes = 32;
/** What stands before the 32 bytes of an Ed25519 public key in its usual encoding. */
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** Without spaces of any script, plus signs, or control characters. */
export const isKeyName = (name: string): boolean =>
  // eslint-disable-next-line no-control-regex -- a name must not contain these
  /^[^\s+\u0000-\u001f]+$/u.test(name) && name.isWellFormed();

const verifierKey = (
  name: string,
  publicKey: Uint8Array,
  type: SignatureType = noteType,
): VerifierKey => {
  const typed = Buffer.concat([Uint8Array.of(type), publicKey]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed])).slice(0, 8);
  const key = createPublicKey({
    key: Buffer.concat([spki, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return {
    name,
    id,
    type,
    text: `${name}+${id}+${toBase64(typed)}`,
    verify: (message, signature) => verify(null, message, key, signature),
  };
};

/** @throws ProofError when it is not a verifier key, or its id is not that of its key */
export const parseVerifierKey = (text: string): VerifierKey => {
  const [name = '', id = '', encoded = ''] = splitInThree(text);
  const bad = (why: string): ProofError =>
    new ProofError(`geen openbare sleutel (${why}): ${text}`);
  if (!isKeyName(name)) throw bad('de naam kan niet');
  const typed = fromBase64(encoded);
  const [type] = typed;
  if (type !== noteType && type !== cosignatureType) throw bad('onbekende soort');
  if (typed.length !== 1 + publicBytes) throw bad('verkeerde lengte');
  const key = verifierKey(name, typed.subarray(1), type);
  if (key.id !== id) throw bad('het kenmerk hoort niet bij de sleutel');
  return key;
};

/** Base64 may hold a plus sign; a name and an id do not. */
const splitInThree = (text: string): readonly string[] => {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) return [];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
};

/** @param secret an Ed25519 private key. @throws ProofError for any other key */
export const signerOf = (name: string, secret: KeyObject, type?: SignatureType): Signer => {
  if (secret.asymmetricKeyType !== 'ed25519') throw new ProofError('geen Ed25519-sleutel');
  const encoded = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return {
    key: verifierKey(name, encoded.subarray(spki.length), type),
    sign: (message) => sign(null, message, secret),
  };
};

/** @param pem PKCS #8. @throws ProofError */
export const signerFromPem = (name: string, pem: string): Signer => {
  let secret: KeyObject;
  try {
    secret = createPrivateKey(pem);
  } catch (error) {
    throw new ProofError('geen leesbare geheime sleutel', { cause: error });
  }
  return signerOf(name, secret);
};
