/** Where the samples are, and what is kept beside them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const samplesFolder = join(import.meta.dirname, 'samples');
export const hashesFile = join(import.meta.dirname, 'samples.sha256');
export const tagsFile = join(import.meta.dirname, 'tags.json');

export const fileName = (type: string, version: number): string => `${type}.v${version}.json`;
export const sampleNames = (): readonly string[] => readdirSync(samplesFolder).sort();
export const readSample = (name: string): string => readFileSync(join(samplesFolder, name), 'utf8');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Hash by file name, in the format of `sha256sum`. */
export const readHashes = (): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(hashesFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );

const Tags = z.object({
  /** The version of the tagging function they were made with. */
  version: z.int(),
  tags: z.record(z.string(), z.array(z.string())),
});
export const readTags = (): z.infer<typeof Tags> =>
  Tags.parse(JSON.parse(readFileSync(tagsFile, 'utf8')));
