/** Files that are named on the command line. */
import { readFile } from 'node:fs/promises';
import { CliFailure } from './failure.ts';

/** @throws CliFailure */
export const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CliFailure(2, `Het bestand ${path} kan niet worden gelezen.`);
  }
};
