/**
 * A monitor as others write them: from a prefix and a verifier key alone, by the letter of C2SP
 * (signed-note, tlog-checkpoint, tlog-tiles) and RFC 6962, with nothing of the ledger's own code.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

type Get = (path: string) => Promise<Buffer>;

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** MTH of RFC 6962, section 2.1, over leaf hashes. */
const rootOf = (hashes: readonly Buffer[]): Buffer => {
  if (hashes.length === 1) return hashes[0]!;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return sha256(Buffer.of(1), rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
};

/** The checkpoint, when the key signed it. */
const opened = (note: string, vkey: string) => {
  const [, name = '', id = '', key = ''] = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)!;
  const bytes = Buffer.from(key, 'base64');
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1);
  const line = note
    .slice(at + 2)
    .split('\n')
    .find((one) => one.startsWith(`— ${name} `));
  const signed = Buffer.from(line!.split(' ')[2]!, 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const isSigned =
    bytes[0] === 1 &&
    signed.subarray(0, 4).toString('hex') === id &&
    verify(null, Buffer.from(text), publicKey, signed.subarray(4));
  if (!isSigned) throw new Error('not signed by this key');
  const [origin, size, root] = text.split('\n');
  return { origin, size: Number(size), root: Buffer.from(root!, 'base64') };
};

const pathOf = (index: number, width: number): string => {
  const threes = [String(index % 1_000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1_000); rest > 0; rest = Math.floor(rest / 1_000))
    threes.unshift(`x${String(rest % 1_000).padStart(3, '0')}`);
  return threes.join('/') + (width === 256 ? '' : `.p/${width}`);
};

const entriesIn = (bundle: Buffer): readonly Buffer[] => {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
};

/** Reads everything that is signed. @returns the entries. @throws Error for whatever does not fit */
export const monitor = async (get: Get, vkey: string): Promise<readonly Buffer[]> => {
  const { size, root } = opened((await get('checkpoint')).toString(), vkey);
  const all: Buffer[] = [];
  let below: Buffer[] = [];
  for (let index = 0; index * 256 < size; index += 1) {
    const path = pathOf(index, Math.min(256, size - index * 256));
    const entries = entriesIn(await get(`tile/entries/${path}`));
    const hashes = entries.map((entry) => sha256(Buffer.of(0), entry));
    if (!(await get(`tile/0/${path}`)).equals(Buffer.concat(hashes))) throw new Error(path);
    all.push(...entries);
    below.push(...hashes);
  }
  if (all.length !== size || !rootOf(below).equals(root)) throw new Error('another root');
  for (let level = 1; below.length >= 256; level += 1) {
    const above: Buffer[] = [];
    for (let n = 0; n + 256 <= below.length; n += 256) above.push(rootOf(below.slice(n, n + 256)));
    for (let index = 0; index * 256 < above.length; index += 1) {
      const hashes = above.slice(index * 256, (index + 1) * 256);
      const path = `tile/${level}/${pathOf(index, hashes.length)}`;
      if (!(await get(path)).equals(Buffer.concat(hashes))) throw new Error(path);
    }
    below = above;
  }
  return all;
};
