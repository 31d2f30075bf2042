/** The history that comes with the program. */
import { readdir, readFile } from 'node:fs/promises';
import type { HistoryFile } from '../ledger/import.ts';

const folder = new URL('../../events/history/', import.meta.url);

/** Its files, in the order in which they are recorded. */
export const shippedHistory = async (): Promise<readonly HistoryFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
};
