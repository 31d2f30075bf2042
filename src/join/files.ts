/** Files that a person names on the command line. */
import { createWriteStream, existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliFailure, exit } from '../cli/failure.ts';

export const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CliFailure(exit.usage, `Het bestand ${path} kan niet worden gelezen.`);
  }
};

/** A new file: what was cut off does not take its name. @throws CliFailure */
export const writeWhole = async (
  path: string,
  content: string | AsyncIterable<Uint8Array>,
): Promise<void> => {
  if (existsSync(path)) throw new CliFailure(exit.usage, `Het bestand ${path} is er al.`);
  const draft = `${path}.new`;
  const chunks = typeof content === 'string' ? [Buffer.from(content)] : content;
  try {
    await pipeline(
      Readable.from(chunks, { objectMode: false }),
      createWriteStream(draft, { flush: true }),
    );
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new CliFailure(exit.refused, `Het bestand ${path} kon niet worden geschreven: ${why}`);
  }
};
