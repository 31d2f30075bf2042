/** Where an export is read from: an archive, a folder in which it was unpacked, or an address. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProofError, UnreadError } from '../proof/proof-error.ts';
import { type FileSource, tarSource } from '../proof/tar.ts';

/**
 * @param token that an address asks for
 * @throws UnreadError when there is nothing there
 */
export const sourceOf = async (
  what: string,
  token = process.env['LEDGER_TOKEN'] ?? '',
): Promise<FileSource> => {
  if (/^https?:\/\//.test(what)) return tarSource(await download(what, token));
  const found = await stat(what).catch((error: unknown) => {
    throw new UnreadError(`${what} kan niet worden gelezen`, { cause: error });
  });
  return found.isDirectory() ? folderSource(what) : tarSource(readable(what));
};

async function* readable(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }))
      yield chunk as Uint8Array;
  } catch (error) {
    throw new UnreadError(`${file} kan niet worden gelezen`, { cause: error });
  }
}

/** The export that a running ledger gives an auditor; nothing else is asked of it. */
const download = async (address: string, token: string): Promise<AsyncIterable<Uint8Array>> => {
  const url = `${address.replace(/\/+$/, '')}/tlog/export`;
  const failed = (why: unknown): UnreadError =>
    new UnreadError(`${url} geeft geen uitvoer (${String(why)})`);
  // What else is in it would be repeated by the error, and so by the report.
  if (!/^[\x21-\x7e]*$/.test(token)) throw failed('het token heeft tekens die geen token heeft');
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const reply = await fetch(url, { headers }).catch((error: unknown) => {
    throw failed(error instanceof Error ? error.message : error);
  });
  if (reply.status === 401 || reply.status === 403)
    throw failed(`${reply.status}: ${token === '' ? noToken : otherToken}`);
  if (!reply.ok || reply.body === null) throw failed(reply.status);
  return cutOff(reply.body, failed);
};

const noToken =
  'het grootboek vraagt een token; geef dat van een auditor met --token-file of in LEDGER_TOKEN';
const otherToken = 'dit token geeft geen recht op de uitvoer; vraag er een van een auditor';

async function* cutOff(
  body: AsyncIterable<Uint8Array>,
  failed: (why: unknown) => UnreadError,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw failed(error instanceof Error ? error.message : error);
  }
}

/** Only names that an export has are read, never names that are in it. */
const folderSource = (folder: string): FileSource => {
  const read = new Set<string>();
  return {
    next: async (path, most) => {
      read.add(path);
      try {
        return await readWhole(join(folder, path), path, most);
      } catch (error) {
        if (error instanceof ProofError) throw error;
        if (isAbsent(error)) throw new ProofError(`${path} ontbreekt`, { cause: error });
        throw new UnreadError(`${join(folder, path)} kan niet worden gelezen`, { cause: error });
      }
    },
    end: async () => {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => !entry.isDirectory());
      if (files.length !== read.size)
        throw new ProofError(
          `in ${folder} staan ${files.length} bestanden; een uitvoer als deze heeft er ${read.size}`,
        );
    },
  };
};

/** Whether a file is not there, rather than that it cannot be read. */
const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));

const readWhole = async (file: string, path: string, most: number): Promise<Uint8Array> => {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > most) throw new ProofError(`${path} is met ${size} bytes te groot`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
};
