/**
 * The head that was seen, kept outside the log and the read tables: so that an older copy of the
 * log is noticed, also where the tables were thrown away. Written once a second at most, and at
 * the end: what came in the last second before a crash may be missing from it.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Seen, Witness } from '../ledger/read-tables.ts';
import { writeDurably } from './durable.ts';

const Stored = z.object({ position: z.int().min(-1), headId: z.string().optional() });

const pause = 1_000;

/** @throws Error when the file is there and cannot be read */
export const witnessIn = (file: string): Witness => {
  let last: Seen | undefined;
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    if (last === undefined) return;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeDurably(file, JSON.stringify(last));
    last = undefined;
  };
  return {
    seen: () => {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      return Stored.parse(JSON.parse(text));
    },
    see: (seen) => {
      last = seen;
      timer ??= setTimeout(write, pause).unref();
    },
    close: () => {
      clearTimeout(timer);
      write();
    },
  };
};
