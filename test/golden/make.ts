/**
 * Makes stored samples.
 *
 * node test/golden/make.ts                  for types and versions that have none; never overwrites
 * node test/golden/make.ts --replace TYPE…  makes these anew, or drops what is no type any more;
 *                                           only for what was never released
 * node test/golden/make.ts --tags           records the tags anew, after `tagsVersion` was raised
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalText,
  checkText,
  currentVersion,
  entryTypes,
  tagsOf,
  tagsVersion,
} from '../../events/index.ts';
import { sampleOf } from './data.ts';
import {
  fileName,
  hashesFile,
  readHashes,
  readSample,
  readTags,
  sampleNames,
  samplesFolder,
  sha256,
  tagsFile,
} from './files.ts';

const args = process.argv.slice(2);
const replaced = new Set(args[0] === '--replace' ? args.slice(1) : []);
if (args.length > 0 && replaced.size === 0 && args.join() !== '--tags') {
  console.error('usage: node test/golden/make.ts [--replace TYPE… | --tags]');
  process.exit(2);
}

mkdirSync(samplesFolder, { recursive: true });
const hashes = new Map(existsSync(hashesFile) ? readHashes() : []);
const recorded = existsSync(tagsFile) ? readTags() : { version: tagsVersion, tags: {} };
const tags = new Map(Object.entries(recorded.tags));

for (const name of [...sampleNames()]) {
  const [type = '', version = ''] = name.split('.');
  const known = entryTypes.find((t) => t === type);
  if (!replaced.has(type)) continue;
  if (known !== undefined && version !== `v${currentVersion(known)}`) continue;
  rmSync(join(samplesFolder, name));
  hashes.delete(name);
  tags.delete(name);
}

for (const type of entryTypes) {
  const name = fileName(type, currentVersion(type));
  // A sample that was lost is not made anew: the list of hashes still names it.
  if (hashes.has(name)) continue;
  const text = canonicalText(sampleOf(type));
  writeFileSync(join(samplesFolder, name), text);
  hashes.set(name, sha256(text));
  tags.set(name, [...tagsOf(checkText(text))]);
  console.log(`made ${name}`);
}

if (args[0] === '--tags') {
  for (const name of hashes.keys()) tags.set(name, [...tagsOf(checkText(readSample(name)))]);
  recorded.version = tagsVersion;
}

const byName = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  hashesFile,
  byName(hashes)
    .map(([name, hash]) => `${hash}  ${name}\n`)
    .join(''),
);
const kept = { version: recorded.version, tags: Object.fromEntries(byName(tags)) };
writeFileSync(tagsFile, `${JSON.stringify(kept, null, 2)}\n`);
