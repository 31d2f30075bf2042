/** What others published about the formats that the proof rests on. Each file names its source. */
import canonicalize from 'canonicalize';
import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/proof/checkpoint.ts';
import { emptyRoot, leafHash, nodeHash } from '../../src/proof/hash.ts';
import { parseVerifierKey } from '../../src/proof/keys.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import {
  inclusionProof,
  provesConsistency,
  provesInclusion,
  rootOf,
} from '../../src/proof/merkle.ts';
import { openNote, parseNote } from '../../src/proof/note.ts';
import { ProofError } from '../../src/proof/proof-error.ts';
import { parseReceipt, receiptText } from '../../src/proof/receipt.ts';
import { parseTilePath, tilePath, tilesOf } from '../../src/proof/tile-path.ts';
import { openTree } from '../../src/proof/tree.ts';
import consistency from './vectors/consistency.json' with { type: 'json' };
import inclusion from './vectors/inclusion.json' with { type: 'json' };
import notes from './vectors/notes.json' with { type: 'json' };
import tree from './vectors/rfc6962.json' with { type: 'json' };
import rfc8785 from './vectors/rfc8785.json' with { type: 'json' };

const bytes = (base64: string | null): Uint8Array => Buffer.from(base64 ?? '', 'base64');
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

describe('RFC 6962: hashes and roots of the reference tree', () => {
  test('leaf, node and empty tree', () => {
    expect(emptyRoot).toEqual(hex(tree.roots[0]!));
    expect(leafHash(Buffer.from('L123456'))).toEqual(hex(tree.leaf));
    const [left, right] = [leafHash(hex(tree.leaves[0]!)), leafHash(hex(tree.leaves[1]!))];
    expect(nodeHash(left, right)).toEqual(hex(tree.roots[2]!));
  });

  test('the root at every size, and its proofs', () => {
    const grown = openTree(memoryTiles());
    const leaves = tree.leaves.map((leaf) => leafHash(hex(leaf)));
    for (const [i, leaf] of leaves.entries()) {
      grown.append(leaf);
      expect(rootOf(grown.hashOf, i + 1)).toEqual(hex(tree.roots[i + 1]!));
    }
    const root = hex(tree.roots[8]!);
    for (const [index, leaf] of leaves.entries()) {
      const proof = inclusionProof(grown.hashOf, index, 8);
      expect(provesInclusion({ leaf, index, size: 8, proof, root })).toBe(true);
    }
  });
});

describe.each(inclusion.vectors)('inclusion: $file', (v) => {
  test(v.desc, () => {
    const proof = (v.proof ?? []).map(bytes);
    const given = { leaf: bytes(v.leafHash), index: v.leafIdx, size: v.treeSize, proof };
    expect(provesInclusion({ ...given, root: bytes(v.root) })).toBe(!v.wantErr);
  });
});

describe.each(consistency.vectors)('consistency: $file', (v) => {
  test(v.desc, () => {
    const proof = (v.proof ?? []).map(bytes);
    const roots = { fromRoot: bytes(v.root1), toRoot: bytes(v.root2) };
    const given = { from: v.size1, to: v.size2, ...roots, proof };
    // One of these has roots that are no hashes, which are refused here.
    const areHashes = roots.fromRoot.length === 32 && roots.toRoot.length === 32;
    expect(provesConsistency(given)).toBe(!v.wantErr && areHashes);
  });
});

test.each(rfc8785.vectors)('RFC 8785: $name', ({ input, hex: expected }) => {
  expect(Buffer.from(canonicalize(JSON.parse(input))!).toString('hex')).toBe(expected);
});

describe('signed notes', () => {
  const { spec, go } = notes;
  const keysOf = (...keys: string[]) => keys.map(parseVerifierKey);

  test('the example of C2SP signed-note', () => {
    const { text } = openNote(spec.note, keysOf(spec.key));
    expect(text).toBe('This is an example message.\n');
  });

  test('one signature known, both known, none known', () => {
    const both = `${go.text}\n${go.peterLine}${go.enochLine}`;
    expect(openNote(both, keysOf(go.peter)).verified.map((v) => v.key.text)).toEqual([go.peter]);
    expect(openNote(both, keysOf(go.enoch, go.peter)).verified).toHaveLength(2);
    expect(() => openNote(both, [])).toThrow('bekende sleutel');
  });

  test('a signature that is not of the key it names spoils the note', () => {
    const { peterLine } = go;
    const bad = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    expect(() => openNote(`${go.text}\n${bad}`, keysOf(go.peter))).toThrow('klopt niet');
    const first = `${go.text}\n${peterLine}${go.enochLine}`;
    const other = `${go.enochLine.slice(0, 60)}ABCD${go.enochLine.slice(60)}`;
    expect(openNote(`${first}${other}`, keysOf(go.peter)).verified).toHaveLength(1);
  });

  // A lone surrogate stands for the byte that is no UTF-8.
  test.each([...go.malformed, '\ud800TEXT\nPETER'])('malformed: %j', (end) => {
    const note = end.replace('TEXT', go.text).replace('PETER', go.peterLine);
    expect(() => parseNote(note)).toThrow('geen geldige note');
  });

  test('of more than a hundred signatures', () => {
    const many = `${go.text}\n${go.peterLine.repeat(101)}`;
    expect(() => openNote(many, keysOf(go.peter))).toThrow('te veel');
  });

  test.each(go.badKeys)('not a key: %s', (key) => {
    expect(() => parseVerifierKey(key)).toThrow(ProofError);
  });

  test('no part of a key is a key, nor is one with a character changed', () => {
    const key = go.peter;
    for (let i = 0; i < key.length; i += 1) {
      const next = String.fromCharCode(key.charCodeAt(i) + 1);
      expect(() => parseVerifierKey(key.slice(0, i) + next + key.slice(i + 1))).toThrow(ProofError);
      for (let j = i + 1; j <= key.length; j += 1)
        if (i > 0 || j < key.length)
          expect(() => parseVerifierKey(key.slice(i, j)), key.slice(i, j)).toThrow(ProofError);
    }
  });
});

describe('checkpoints and receipts', () => {
  const { checkpoint, cosigned, receipt, tree: trees } = notes.formats;

  test('the examples of C2SP tlog-checkpoint and tlog-cosignature are read', () => {
    const expected = { origin: 'example.com/behind-the-sofa', size: 20852163 };
    expect(parseCheckpoint(parseNote(checkpoint).text)).toMatchObject(expected);
    expect(parseNote(cosigned).signatures.map(({ name }) => name)).toEqual([
      'example.com/behind-the-sofa',
      'witness.example.com/w1',
    ]);
  });

  test('the example of C2SP tlog-proof is read and written again', () => {
    const read = parseReceipt(receipt);
    expect(read).toMatchObject({ index: 73894 });
    expect(read.proof).toHaveLength(5);
    expect(receiptText(read)).toBe(receipt.replace(/extra .*\n/, ''));
  });

  test('trees as golang.org/x/mod/sumdb/tlog has them', () => {
    expect(parseCheckpoint(trees.good).size).toBe(123456789012);
    for (const bad of trees.bad) expect(() => parseCheckpoint(bad), bad).toThrow();
  });
});

describe('C2SP tlog-tiles: names', () => {
  test('the examples of the specification', () => {
    const name = { kind: 0, index: 1234067, width: 256 };
    expect(tilePath(name)).toBe('tile/0/x001/x234/067');
    const widths = (level: number) => tilesOf(level, 70_000).map(({ width }) => width);
    expect(widths(0).filter((w) => w === 256)).toHaveLength(273);
    expect(widths(0).at(-1)).toBe(112);
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect(tilesOf(1, 256).map(({ width }) => width)).toEqual([1]);
  });

  test.each(['tile/0/001', 'tile/4/001.p/5', 'tile/3/x123/x456/078', 'tile/entries/x001/002.p/1'])(
    '%s is one',
    (path) => {
      expect(tilePath(parseTilePath(path)!)).toBe(path);
    },
  );

  test.each([
    'tile/0/1',
    'tile/00/001',
    'tile/0/x000/001',
    'tile/0/123/456',
    'tile/0/-1/001',
    'tile/0/../001',
    'tile/data/001',
    'tile/7/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001/',
    'tile/0/001\n',
  ])('%j is none', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});
