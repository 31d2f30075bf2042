/**
 * The files of an export, in their order: what it says of itself, checkpoints, entries and tiles
 * as C2SP tlog-tiles lays them out, and a signed note over what the tree does not cover. The same
 * checkpoint, keys and manifest give the same bytes.
 */
import { createHash } from 'node:crypto';
import type { KeptCheckpoint, Proofs } from '../ledger/proofs.ts';
import { toBase64 } from './base64.ts';
import { parseNote } from './note.ts';
import { tarEnd, tarFile } from './tar.ts';
import { type TileName, tilePath, tilesOf } from './tile-path.ts';

/** What this program writes and reads. */
export const exportFormat = 'partnership-ledger-export/1';

export const manifestFile = 'export.json';
export const checkpointFile = 'checkpoint';
export const cosignatureFile = 'cosignatures.jsonl';
export const lostFile = 'lost-checkpoints.jsonl';
export const noteFile = 'export.note';

/** Checkpoints in one file. The last one of the last file is that of the export. */
export const checkpointsPerFile = 1_000;
export const checkpointsFile = (n: number): string =>
  `checkpoints/${String(n).padStart(6, '0')}.jsonl`;

/** Tiles above the leaves, level by level. */
export const upperTiles = (size: number): readonly TileName[] => {
  const levels: (readonly TileName[])[] = [];
  for (let level = 1; ; level += 1) {
    const tiles = tilesOf(level, size);
    if (tiles.length === 0) return levels.flat();
    levels.push(tiles);
  }
};

/** What the last note signs: digests of what no checkpoint covers. */
export const exportText = (origin: string, size: number, files: readonly Uint8Array[]): string => {
  const digests = files.map((file) => toBase64(createHash('sha256').update(file).digest()));
  return [origin, 'export', size, ...digests, ''].join('\n');
};

interface ExportFile {
  readonly path: string;
  readonly content: Uint8Array;
}

interface ExportParts {
  readonly proofs: Proofs;
  /** Of the checkpoint; there is one of this size. */
  readonly size: number;
  /** Canonical JSON. */
  readonly manifest: string;
  /** Signs a note with the key of the ledger. */
  readonly sign: (text: string) => string;
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export async function* exportFiles(parts: ExportParts): AsyncGenerator<ExportFile> {
  const { proofs, size, sign, progress } = parts;
  const { origin } = proofs;
  const manifest = Buffer.from(parts.manifest);
  yield { path: manifestFile, content: manifest };
  yield {
    path: checkpointFile,
    content: Buffer.from(parted(proofs.checkpoint(size), origin).own),
  };
  const cosignatures: string[] = [];
  for (const [n, page] of pagesOf(proofs, size)) {
    const read = page.map((kept) => ({ size: kept.size, ...parted(kept, origin) }));
    cosignatures.push(...read.flatMap((c) => c.others.map((line) => jsonLine([c.size, line]))));
    const lines = read.map(({ own }) => jsonLine(own));
    yield { path: checkpointsFile(n), content: Buffer.from(lines.join('')) };
  }
  for (const { index, width } of tilesOf(0, size)) {
    for (const kind of ['entries', 0] as const)
      yield await tileFile(proofs, { kind, index, width });
    progress?.(index * 256 + width, size);
  }
  for (const name of upperTiles(size)) yield await tileFile(proofs, name);
  const lost = proofs.lost().filter(({ lostBy }) => lostBy < size);
  const last = [
    [cosignatureFile, cosignatures],
    [lostFile, lost.map(({ lostBy, note }) => jsonLine([lostBy, note]))],
  ] as const;
  const files = last.map(([path, lines]) => ({ path, content: Buffer.from(lines.join('')) }));
  yield* files;
  const text = exportText(origin, size, [manifest, ...files.map(({ content }) => content)]);
  yield { path: noteFile, content: Buffer.from(sign(text)) };
}

export async function* tarOf(files: AsyncIterable<ExportFile>): AsyncGenerator<Uint8Array> {
  for await (const { path, content } of files) yield tarFile(path, content);
  yield tarEnd;
}

const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

function* pagesOf(proofs: Proofs, size: number): Generator<[number, readonly KeptCheckpoint[]]> {
  let from = 0;
  for (let n = 0; from <= size; n += 1) {
    const page = proofs.checkpointsFrom(from, checkpointsPerFile).filter((c) => c.size <= size);
    yield [n, page];
    from = page.at(-1)!.size + 1;
  }
}

/** A checkpoint as the ledger signed it, and the lines of others: these may come later. */
const parted = ({ note }: KeptCheckpoint, origin: string) => {
  const { text, signatures } = parseNote(note);
  const lines = (own: boolean) =>
    signatures.filter(({ name }) => (name === origin) === own).map(({ line }) => line);
  return { own: `${text}\n${lines(true).join('')}`, others: lines(false) };
};

const tileFile = async (proofs: Proofs, name: TileName): Promise<ExportFile> => {
  const path = tilePath(name);
  const content = await proofs.tile(path);
  if (content === undefined) throw new Error(`${path} is not there`);
  return { path, content };
};
