/** `npm run browser` says what to do, in one line, where there is no browser. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

const run = (environment: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'install.ts')], {
    env: environment,
    encoding: 'utf8',
  });

test('a browser that is there is enough, and nothing is said', () => {
  const { status, stderr } = run({ CHROMIUM: process.execPath, PATH: '' });
  expect([status, stderr]).toEqual([0, '']);
});

test('a browser that is named and not there is told', () => {
  const { status, stderr } = run({ CHROMIUM: '/nergens/chromium', PATH: process.env.PATH ?? '' });
  expect([status, stderr]).toEqual([1, 'CHROMIUM is /nergens/chromium, but nothing is there.\n']);
});

test('where none can be had, one line says how to get it', () => {
  // Without PATH there is no apt-get either.
  const { status, stderr } = run({ PATH: '' });
  expect(status).toBe(1);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^The tests of the pages need Chromium: /);
});

test('Chromium goes before other names, wherever it stands on the path', () => {
  const folders = [mkdtempSync(join(tmpdir(), 'path-')), mkdtempSync(join(tmpdir(), 'path-'))];
  const [other, own] = [join(folders[0]!, 'google-chrome'), join(folders[1]!, 'chromium')];
  const PATH = folders.join(delimiter);
  try {
    expect(findChromium({ PATH })).toBeUndefined();
    writeFileSync(other, '');
    expect(findChromium({ PATH })).toBe(other);
    writeFileSync(own, '');
    expect(findChromium({ PATH })).toBe(own);
    expect(findChromium({ PATH, CHROMIUM: other })).toBe(other);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
});
