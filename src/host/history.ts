/** The history that comes with the program. */
import { readdir, readFile } from 'node:fs/promises';
import { type HistoryFile, HistoryError } from '../ledger/import.ts';
import { StartError } from './settings.ts';

const folder = new URL('../../events/history/', import.meta.url);

/** Its files, in the order in which they are recorded. */
export const shippedHistory = async (): Promise<readonly HistoryFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
};

/**
 * Imports it. A ledger that others have written to may refuse lines that came with a later version.
 * @throws StartError when a new ledger does
 */
export const importShipped = async (
  importFiles: (files: readonly HistoryFile[]) => Promise<unknown>,
  isNew: boolean,
  warn: (text: string) => void,
): Promise<void> => {
  try {
    await importFiles(await shippedHistory());
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    if (isNew) throw new StartError(`De geschiedenis past niet: ${error.message}`);
    warn(`De meegeleverde geschiedenis is niet bijgewerkt: ${error.message}`);
  }
};
