/** Making the example may be cut off at any moment; the next start goes on where it was. */
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, program, serve } from '../cli/support.ts';

const whole = newFolder();
const cut = newFolder();
afterAll(() => [whole, cut].forEach(({ remove }) => remove()));

const settings = {
  LEDGER_DATASET: 'example',
  LEDGER_EXAMPLE_SEED: 'proef',
  LEDGER_EXAMPLE_EVENTS: '1400',
};

/** Starts, waits until it answers, and stops. */
const startOn = async (folder: string) => {
  const running = await serve({ ...settings, LEDGER_DATA: folder });
  const ready = await (await fetch(`${running.address}/health/ready`)).json();
  const members = await (await fetch(`${running.address}/v1/members`)).json();
  const { err } = await running.stop();
  const { sequence } = ready as { readonly sequence: number };
  const { asOf } = members as { readonly asOf: { readonly madeUp: boolean } };
  return { sequence, madeUp: asOf.madeUp, err };
};

let expected: Awaited<ReturnType<typeof startOn>>;
beforeAll(async () => {
  expected = await startOn(whole.folder);
});

test('every answer says that it is made up', () => {
  expect(expected.madeUp).toBe(true);
});

test('a second start adds nothing', async () => {
  const again = await startOn(whole.folder);
  expect(again.sequence).toBe(expected.sequence);
  expect(again.err).not.toContain('Voorbeeld');
});

/**
 * Sequence of the last event in the log; undefined when there is none yet. Only read, so that
 * what a crash leaves behind is left to the program.
 */
const headOf = (folder: string): number | undefined => {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
    const row = db.prepare('SELECT max(sequence) AS head FROM events').get();
    return row?.['head'] as number | undefined;
  } catch {
    return undefined;
  } finally {
    db?.close();
  }
};

/** Starts, and kills it as soon as the log has come so far. */
const killAt = async (folder: string, sequence: number): Promise<void> => {
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', LEDGER_DATA: folder, ...settings },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while ((headOf(folder) ?? 0) < sequence && child.exitCode === null) await wait(2);
  child.kill('SIGKILL');
  await ended;
};

test('killed while it is made and started again, it has the same number of events', async () => {
  // In the history, and after some hundreds of steps, which are kept together.
  for (const left of [1_600, 1_000, 500]) {
    await killAt(cut.folder, expected.sequence - left);
    const head = headOf(cut.folder)!;
    expect(head).toBeGreaterThanOrEqual(expected.sequence - left);
    expect(head).toBeLessThan(expected.sequence);
  }
  expect((await startOn(cut.folder)).sequence).toBe(expected.sequence);
});
