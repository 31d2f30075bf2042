/** Exports in memory, and what somebody may do to them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportLedger, type ExportRequest } from '../../src/join/exporting.ts';
import type { VerifyRequest } from '../../src/cli/verifying.ts';
import { verify, type Verification } from '../../src/join/verifying.ts';
import { tarEnd, tarFile } from '../../src/proof/tar.ts';
import type { TestLedger } from './ledger.ts';
import { temporaryFolder } from './folders.ts';

export const exported = async (made: TestLedger, request: ExportRequest = {}): Promise<Buffer> => {
  const { ledger, tables, prover } = made;
  const parts = { ledger, tables: () => tables, sign: prover.sign, version: '1.2.3' };
  const chunks: Uint8Array[] = [];
  for await (const chunk of await exportLedger(parts, request)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

type Files = ReadonlyMap<string, Buffer>;

export const filesIn = (archive: Buffer): Files => {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive[at] !== 0;) {
    const path = archive.toString('latin1', at, at + 100).replace(/\0.*/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files.set(path, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
};

export const archiveOf = (files: Files): Buffer =>
  Buffer.concat([...[...files].map(([path, content]) => tarFile(path, content)), tarEnd]);

/** The archive with some of its files otherwise; `undefined` leaves one out. */
export const changed = (
  archive: Buffer,
  changes: Readonly<Record<string, ((content: Buffer) => string | Uint8Array) | undefined>>,
): Buffer =>
  archiveOf(
    new Map(
      [...filesIn(archive)].flatMap(([path, content]) => {
        if (!(path in changes)) return [[path, content] as const];
        const change = changes[path];
        return change === undefined ? [] : [[path, Buffer.from(change(content))] as const];
      }),
    ),
  );

export const unpackedIn = (folder: string, archive: Buffer): string => {
  for (const [path, content] of filesIn(archive)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};

/** Verifies with the ledger's own keys, and nothing remembered, unless asked otherwise. */
export const verified = async (
  archive: Buffer,
  made: TestLedger,
  more: Partial<VerifyRequest> = {},
): Promise<Verification> => {
  const file = join(temporaryFolder(), 'export.tar');
  writeFileSync(file, archive);
  return verify({
    what: file,
    keys: made.prover.proofs.keys().map(({ key }) => key),
    witnesses: [],
    receipts: [],
    state: temporaryFolder(),
    now: '2026-11-24T12:00:00.000Z',
    ...more,
  });
};
