/** Which browser the tests drive: the one that the machine has. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the browser is; undefined when there is none. `CHROMIUM` may name another binary.
 * @throws Error when nothing is where `CHROMIUM` says
 */
export const findChromium = ({ CHROMIUM, PATH = '' }: Environment): string | undefined => {
  if (CHROMIUM !== undefined && CHROMIUM !== '') {
    if (existsSync(CHROMIUM)) return CHROMIUM;
    throw new Error(`CHROMIUM is ${CHROMIUM}, but nothing is there.`);
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
};
