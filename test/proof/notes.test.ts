/** What is signed is accepted, and nothing else is. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bundleOf, entriesIn } from '../../src/proof/bundle.ts';
import { checkpointText, originOf, parseCheckpoint } from '../../src/proof/checkpoint.ts';
import { leafHash } from '../../src/proof/hash.ts';
import { cosignatureType, noteType, signerFromPem, signerOf } from '../../src/proof/keys.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import { inclusionProof, rootOf } from '../../src/proof/merkle.ts';
import { cosign, openNote, signNote } from '../../src/proof/note.ts';
import { ProofError } from '../../src/proof/proof-error.ts';
import { openReceipt, receiptText } from '../../src/proof/receipt.ts';
import { openTree } from '../../src/proof/tree.ts';

const newSigner = (name: string, type: 1 | 4 = noteType) =>
  signerOf(name, generateKeyPairSync('ed25519').privateKey, type);

const origin = originOf('0123456789abcdef0123456789abcdef');
const [signer, other] = [newSigner(origin), newSigner(origin)];
const witness = newSigner('witness.example/w1', cosignatureType);

const entries = Array.from({ length: 11 }, (_, n) => Buffer.from(`entry ${n}`));
const tree = openTree(memoryTiles());
for (const entry of entries) tree.append(leafHash(entry));
const text = checkpointText({ origin, size: 11, root: rootOf(tree.hashOf, 11) });
const checkpoint = signNote(text, [signer]);

describe('a signed checkpoint', () => {
  test('is read by who has the key', () => {
    expect(parseCheckpoint(openNote(checkpoint, [signer.key]).text).size).toBe(11);
  });

  test('with a cosignature tells when it was made', () => {
    const both = checkpoint + cosign(text, witness, 1_700_000_000);
    const { verified } = openNote(both, [signer.key, witness.key]);
    expect(verified).toEqual([{ key: signer.key }, { key: witness.key, time: 1_700_000_000 }]);
    expect(openNote(both, [signer.key]).verified).toHaveLength(1);
  });

  test('is refused without a known key, and by a key of the same name', () => {
    expect(() => openNote(checkpoint, [other.key])).toThrow('bekende sleutel');
    expect(() => openNote(checkpoint, [])).toThrow('bekende sleutel');
  });

  test.each([
    ['CRLF', checkpoint.replaceAll('\n', '\r\n')],
    ['two blank lines', checkpoint.replace('\n\n', '\n\n\n')],
    ['no blank line', checkpoint.replace('\n\n', '\n')],
    ['a hyphen for the dash', checkpoint.replace('—', '-')],
    ['no last newline', checkpoint.slice(0, -1)],
    ['a line after the signatures', `${checkpoint}x\n`],
    ['a tab', checkpoint.replace('\n11\n', '\n11\t\n')],
    ['another size', checkpoint.replace('\n11\n', '\n12\n')],
    ['nothing', ''],
  ])('is refused with %s', (_, note) => {
    expect(() => openNote(note, [signer.key])).toThrow(ProofError);
  });

  test('is refused with any character of it changed', () => {
    for (let i = 0; i < checkpoint.length; i += 1) {
      const bent = String.fromCharCode(checkpoint.charCodeAt(i) ^ 1);
      const note = checkpoint.slice(0, i) + bent + checkpoint.slice(i + 1);
      expect(() => openNote(note, [signer.key]), JSON.stringify(note)).toThrow(ProofError);
    }
  });

  test.each([
    ['leading zeroes', '011'],
    ['a sign', '+11'],
    ['a size beyond safe integers', '9007199254740993'],
    ['a hexadecimal size', '0x0b'],
    ['no size', ''],
  ])('is no checkpoint with %s', (_, size) => {
    expect(() => parseCheckpoint(text.replace('\n11\n', `\n${size}\n`))).toThrow(ProofError);
  });
});

describe('a receipt', () => {
  const receipt = receiptText({ index: 3, proof: inclusionProof(tree.hashOf, 3, 11), checkpoint });

  test('proves its entry to who has the key', () => {
    expect(openReceipt(receipt, entries[3]!, origin, [signer.key]).size).toBe(11);
  });

  test('proves no other entry, place or ledger, and nothing under another key', () => {
    const keys = [signer.key];
    expect(() => openReceipt(receipt, entries[4]!, origin, keys)).toThrow('staat niet zo');
    const moved = receipt.replace('index 3', 'index 4');
    expect(() => openReceipt(moved, entries[3]!, origin, keys)).toThrow('staat niet zo');
    const foreign = originOf('f'.repeat(32));
    expect(() => openReceipt(receipt, entries[3]!, foreign, keys)).toThrow(origin);
    expect(() => openReceipt(receipt, entries[3]!, origin, [other.key])).toThrow(ProofError);
  });

  test('is refused with any character of it changed', () => {
    for (let i = 0; i < receipt.length; i += 1) {
      const bent = receipt.slice(0, i) + String.fromCharCode(receipt.charCodeAt(i) ^ 1);
      const text = bent + receipt.slice(i + 1);
      expect(() => openReceipt(text, entries[3]!, origin, [signer.key]), text).toThrow(ProofError);
    }
  });
});

describe('a bundle of entries', () => {
  const bundle = bundleOf(entries);

  test('gives them again', () => {
    expect(entriesIn(bundle, 11)).toEqual(entries);
  });

  test('is refused when it is cut off anywhere, or holds another number of them', () => {
    for (let length = 0; length < bundle.length; length += 1)
      expect(() => entriesIn(bundle.subarray(0, length), 11)).toThrow(ProofError);
    expect(() => entriesIn(bundle, 10)).toThrow(ProofError);
    expect(() => bundleOf([new Uint8Array(0x10000)])).toThrow(RangeError);
  });
});

test('a secret key is read only when it is one', () => {
  expect(() => signerFromPem(origin, 'x')).toThrow(ProofError);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  expect(() => signerFromPem(origin, pem)).toThrow(ProofError);
});
