import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const synced = (path: string, flags: string, write?: (open: number) => void): void => {
  const open = openSync(path, flags, 0o600);
  try {
    write?.(open);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
};

/** Writes a file of its owner's: whole or not at all, also when the power fails. */
export const writeDurably = (file: string, content: string | Uint8Array): void => {
  const draft = `${file}.new`;
  synced(draft, 'w', (open) => writeFileSync(open, content));
  moveDurably(draft, file);
};

/** Puts a file in the place of another of the same folder. */
export const moveDurably = (from: string, to: string): void => {
  renameSync(from, to);
  synced(dirname(to), 'r');
};
