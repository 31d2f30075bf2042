/**
 * `npm run browser`: makes sure that there is a browser for the tests. Where it may, it takes the
 * one of the system's own packages; nothing is ever downloaded from elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

const apt = (...words: readonly string[]): boolean =>
  spawnSync('apt-get', ['-q', '-y', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

const install = (): boolean =>
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  apt('update') &&
  apt('install', '--no-install-recommends', 'chromium');

const say = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  if (findChromium(process.env) === undefined) {
    say('No Chromium here yet: taking it from the packages of this system.');
    if (!install() || findChromium(process.env) === undefined)
      throw new Error(
        'The tests of the pages need Chromium: install it (Debian: apt-get install chromium), or name it in CHROMIUM.',
      );
  }
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
}
