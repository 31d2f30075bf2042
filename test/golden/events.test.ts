/** Whatever was stored once can be read for ever, and means the same. */
import { describe, expect, test } from 'vitest';
import {
  canonicalText,
  checkText,
  currentVersion,
  entryTypes,
  readText,
  tagsOf,
  tagsVersion,
} from '../../events/index.ts';
import { fileName, readHashes, readSample, readTags, sampleNames, sha256 } from './files.ts';

const hashes = readHashes();
const recorded = readTags();
const names = [...hashes.keys()];
const versionIn = (text: string): number => (JSON.parse(text) as { version: number }).version;

describe('samples', () => {
  const expected = entryTypes.flatMap((type) =>
    Array.from({ length: currentVersion(type) }, (_, index) => fileName(type, index + 1)),
  );

  test.each(expected)('%s was made', (name) => {
    expect(hashes.has(name), `${name} is missing: run node test/golden/make.ts`).toBe(true);
  });

  test('none is of a type or version that is no longer known', () => {
    expect(names.filter((name) => !expected.includes(name))).toEqual([]);
  });

  test('none was deleted', () => {
    const files = sampleNames();
    const gone = names.filter((name) => !files.includes(name));
    expect(gone, 'stored samples are never deleted; restore them').toEqual([]);
  });

  test('none came in unlisted', () => {
    expect(sampleNames().filter((name) => !hashes.has(name))).toEqual([]);
  });

  test.each(names)('%s is as it was made', (name) => {
    expect(sha256(readSample(name)), `${name} was changed; stored samples never are`).toBe(
      hashes.get(name),
    );
  });
});

describe('every sample', () => {
  test.each(names)('%s still reads', (name) => {
    const text = readSample(name);
    const entry = checkText(text);
    expect(fileName(entry.type, versionIn(text))).toBe(name);
    expect(entry.version).toBe(currentVersion(entry.type));
    expect(readText(text)).toEqual(entry);
  });

  test.each(names)('%s fits the newest schema; made again it is the same', (name) => {
    const text = readSample(name);
    const entry = checkText(text);
    const again = canonicalText(entry);
    if (versionIn(text) === entry.version) expect(again).toBe(text);
  });

  test.each(names)('%s keeps its bytes through JSON', (name) => {
    expect(JSON.stringify(JSON.parse(readSample(name)))).toBe(readSample(name));
  });

  test.each(names)('%s has the tags that were recorded', (name) => {
    const tags = tagsOf(checkText(readSample(name)));
    expect(tags, 'when this is meant, raise tagsVersion and run make.ts --tags').toEqual(
      recorded.tags[name],
    );
    for (const tag of tags) expect(tag).toMatch(/^[a-z][a-z-]*:[a-z0-9.-]{1,80}$/);
  });

  test('tags were recorded with this version of the tagging function', () => {
    expect(recorded.version).toBe(tagsVersion);
  });
});
