/**
 * Checks an export against keys that were given apart from it. Whatever is in it, the outcome is
 * told: the tree is made again from the entries, and everything signed is compared with that.
 * What comes after the first flaw is not looked at.
 */
import { z } from 'zod';
import { toBase64 } from './base64.ts';
import { entriesIn } from './bundle.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  type Claim,
  claimsOf,
  type Expected,
  type Progress,
  type Signed,
  signedBy,
} from './claims.ts';
import {
  checkpointFile,
  checkpointsFile,
  checkpointsPerFile,
  cosignatureFile,
  exportFormat,
  exportText,
  lostFile,
  manifestFile,
  noteFile,
  upperTiles,
} from './export.ts';
import { hashBytes, leafHash, sameHash } from './hash.ts';
import { keyChain, type KeyChain } from './key-chain.ts';
import { parseVerifierKey, type VerifierKey } from './keys.ts';
import { memoryTiles } from './memory-tiles.ts';
import { openNote, parseNote, parseSignatureLine, verifyLine } from './note.ts';
import { ProofError } from './proof-error.ts';
import { jsonIn, linesIn, textOf, within } from './reading.ts';
import type { FileSource } from './tar.ts';
import { tilePath, tilesOf, tileWidth } from './tile-path.ts';
import { openTree, type Tree } from './tree.ts';

const megabyte = 1024 * 1024;
/** Largest files that are read; a bundle holds 256 entries of at most 64 KiB. */
const most = {
  manifest: 64 * megabyte,
  note: megabyte,
  lines: 64 * megabyte,
  bundle: 17 * megabyte,
};

/** What the proof needs of what an export says of itself; the domain reads the rest. */
const Manifest = z.looseObject({
  format: z.literal(exportFormat),
  origin: z.string().min(1).max(200),
  size: z.int().min(1),
  keys: z.array(z.looseObject({ key: z.string() })).min(1),
  keyChanges: z.array(z.string()),
});
type Manifest = z.infer<typeof Manifest>;

/** Some entries of an export, in order. */
export interface EntryPage {
  readonly entries: readonly Uint8Array[];
  /** The same, as they are bundled. */
  readonly bundle: Uint8Array;
  /** Sequence of the first of them. */
  readonly from: number;
  /** Entries of the whole export. */
  readonly size: number;
}

type OnEntries = (page: EntryPage) => void | Promise<void>;

/**
 * @param progress told in place, so that it says how far it came when this throws
 * @param onEntries is given the entries in their order, each page once
 * @returns what the export says of itself
 * @throws ProofError naming what is wrong, and where
 */
export const verifyFiles = async (
  source: FileSource,
  expected: Expected,
  progress: Progress,
  onEntries: OnEntries,
): Promise<Record<string, unknown>> => {
  const manifestBytes = await source.next(manifestFile, most.manifest);
  const manifest = readManifest(manifestBytes);
  const { origin, size } = manifest;
  const chain = chainOf(manifest);
  progress.isPinned = isPinned(chain, expected.keys);
  const note = await readText(source, checkpointFile, most.note);
  const checkpoint = within(checkpointFile, () => signedBy(note, origin, chain));
  if (checkpoint.size !== size)
    throw new ProofError(`${checkpointFile} heeft omvang ${checkpoint.size}, niet ${size}`);
  const all = await readCheckpoints(source, checkpoint, chain, note);
  const claims = claimsOf(all, expected, chain, progress, checkpoint);
  const tree = await readEntries(source, size, claims, progress, onEntries);
  await readUpperTiles(source, tree, progress);
  const others = await source.next(cosignatureFile, most.lines);
  const lost = await source.next(lostFile, most.lines);
  await checkNote(source, exportText(origin, size, [manifestBytes, others, lost]), chain);
  within(cosignatureFile, () => checkCosignatures(linesIn(others), all, expected, progress));
  progress.lost = linesIn(lost).length;
  await source.end();
  progress.checkpoint = { origin, size, root: toBase64(checkpoint.root), note };
  progress.isWhole = true;
  return manifest;
};

const readText = async (source: FileSource, file: string, most: number): Promise<string> =>
  textOf(file, await source.next(file, most));

const readManifest = (bytes: Uint8Array): Manifest => {
  const read = Manifest.safeParse(jsonIn(manifestFile, textOf(manifestFile, bytes)));
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new ProofError(`${manifestFile} is niet van deze vorm (${where})`);
};

/** The keys that signed, one after the other, from the notes by which they gave way. */
const chainOf = ({ origin, keys, keyChanges }: Manifest): KeyChain =>
  within(manifestFile, () => {
    const named = keys.map(({ key }) => parseVerifierKey(key));
    if (named.some(({ name }) => name !== origin))
      throw new ProofError('een sleutel van een ander grootboek');
    const chain = keyChain(origin, keyChanges, named[0]);
    if (chain.map(({ key }) => key.text).join() !== named.map(({ text }) => text).join())
      throw new ProofError('de sleutels zijn niet die van de sleutelwissels');
    return chain;
  });

/** @throws ProofError when keys were given, and none of them is of this ledger */
const isPinned = (chain: KeyChain, keys: readonly VerifierKey[]): boolean => {
  if (keys.length === 0) return false;
  if (chain.some(({ key }) => keys.some(({ text }) => text === key.text))) return true;
  throw new ProofError('geen van de opgegeven sleutels is een sleutel van dit grootboek');
};

/** All checkpoints up to that of the export, which is the last. */
const readCheckpoints = async (
  source: FileSource,
  last: Checkpoint,
  chain: KeyChain,
  note: string,
): Promise<readonly Signed[]> => {
  const all: Signed[] = [];
  for (let n = 0; all.at(-1)?.size !== last.size; n += 1) {
    const file = checkpointsFile(n);
    const bytes = await source.next(file, most.lines);
    within(file, () => {
      const lines = linesIn(bytes);
      if (lines.length === 0 || lines.length > checkpointsPerFile)
        throw new ProofError(`${lines.length} controlepunten`);
      for (const line of lines) {
        if (typeof line !== 'string') throw new ProofError('een regel is geen note');
        const { size, ...more } = signedBy(line, last.origin, chain);
        if (size <= (all.at(-1)?.size ?? -1) || size > last.size)
          throw new ProofError(`omvang ${size} staat hier niet op volgorde`);
        all.push({ size, ...more, note: line });
      }
    });
  }
  if (all.at(-1)?.note !== note)
    throw new ProofError(`het laatste controlepunt is niet dat in ${checkpointFile}`);
  return all;
};

const readEntries = async (
  source: FileSource,
  size: number,
  claims: readonly Claim[],
  progress: Progress,
  onEntries: OnEntries,
): Promise<Tree> => {
  const tree = openTree(memoryTiles());
  let next = claims.findIndex((claim) => claim.size > 0);
  for (const { index, width } of tilesOf(0, size)) {
    const [path, tile] = [
      tilePath({ kind: 'entries', index, width }),
      tilePath({ kind: 0, index, width }),
    ];
    const bundle = await source.next(path, most.bundle);
    const entries = within(path, () => entriesIn(bundle, width));
    const hashes = await source.next(tile, tileWidth * hashBytes);
    if (hashes.length !== width * hashBytes) throw new ProofError(`${tile} is afgekapt`);
    for (const [i, entry] of entries.entries()) {
      const leaf = leafHash(entry);
      if (!sameHash(leaf, hashes.subarray(i * hashBytes, (i + 1) * hashBytes)))
        throw new ProofError(`gebeurtenis ${tree.size()}: ${path} en ${tile} verschillen`);
      tree.append(leaf);
      for (; claims[next]?.size === tree.size(); next += 1) claims[next]!.check(tree);
    }
    await onEntries({ entries, bundle, from: index * tileWidth, size });
    progress.entries += width;
    progress.tiles += 1;
  }
  return tree;
};

const readUpperTiles = async (
  source: FileSource,
  tree: Tree,
  progress: Progress,
): Promise<void> => {
  for (const name of upperTiles(tree.size())) {
    const path = tilePath(name);
    const found = await source.next(path, tileWidth * hashBytes);
    const right = tree.tile(Number(name.kind), name.index, name.width);
    if (right === undefined || !sameHash(right, found))
      throw new ProofError(`${path} past niet op de gebeurtenissen`);
    progress.tiles += 1;
  }
};

/** The ledger's own signature over what no checkpoint covers; nothing else may be in that note. */
const checkNote = async (source: FileSource, text: string, chain: KeyChain): Promise<void> => {
  const note = await readText(source, noteFile, most.note);
  within(noteFile, () => {
    const last = chain.at(-1)!.key;
    const { signatures } = parseNote(note);
    if (openNote(note, [last]).text !== text)
      throw new ProofError(
        `${manifestFile}, ${cosignatureFile} of ${lostFile} is niet wat is getekend`,
      );
    if (signatures.length !== 1) throw new ProofError('meer dan één handtekening');
  });
};

const Cosignature = z.tuple([z.int(), z.string()]);

const checkCosignatures = (
  lines: readonly unknown[],
  all: readonly Signed[],
  { witnesses }: Expected,
  { cosignatures }: Progress,
): void => {
  const bySize = new Map(all.map((signed) => [signed.size, signed]));
  for (const line of lines) {
    const read = Cosignature.safeParse(line);
    const under = bySize.get(read.data?.[0] ?? -1);
    if (!read.success || under === undefined) throw new ProofError('een regel zonder controlepunt');
    const signed = parseSignatureLine(read.data[1]);
    const key = witnesses.find(({ name, id }) => name === signed.name && id === signed.id);
    if (key === undefined) {
      cosignatures.unknown += 1;
      continue;
    }
    verifyLine(parseNote(under.note).text, signed, key);
    cosignatures.good += 1;
  }
};
