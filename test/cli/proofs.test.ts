/** Keys, checkpoints, and a log that was put back from a copy, as people meet them. */
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src/proof/checkpoint.ts';
import { parseVerifierKey } from '../../src/proof/keys.ts';
import { openNote } from '../../src/proof/note.ts';
import { openReceipt } from '../../src/proof/receipt.ts';
import { bearer, newFolder, run, type Running, serve } from './support.ts';

let folder: string;
let remove: () => void;
let env: Record<string, string>;
let running: Running | undefined;
beforeEach(() => {
  ({ folder, remove } = newFolder());
  env = { LEDGER_DATA: folder };
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
  remove();
});

const started = async (more: Record<string, string> = {}): Promise<Running> =>
  (running = await serve({ ...env, ...more }));
const stopped = async (): Promise<void> => {
  await running?.stop();
  running = undefined;
};
const join1 = (code: string) => run(env, 'do', 'join-member', `municipality=${code}`, 'name=Naam');
const keysKnown = async () =>
  (await run(env, 'keys')).out.trimEnd().split('\n').map(parseVerifierKey);

describe('the signing key', () => {
  it('is made once, for its owner alone, and can be replaced', async () => {
    await started();
    const file = join(folder, 'office', 'signing-key.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [first] = await keysKnown();
    await join1('gm0828');
    expect((await run(env, 'keys', 'replace')).code).toBe(0);
    await join1('gm1721');
    await stopped();
    await started();
    const keys = await keysKnown();
    expect(keys.map(({ text }) => text)[0]).toBe(first!.text);
    expect(keys).toHaveLength(2);
    const note = (await run(env, 'checkpoints', 'latest')).out;
    expect(parseCheckpoint(openNote(note, [keys[1]!]).text).size).toBe(3);
    expect(() => openNote(note, [keys[0]!])).toThrow();
  });

  it('is not made anew where it is lost, nor are checkpoints', async () => {
    await started();
    await stopped();
    rmSync(join(folder, 'office', 'signing-key.pem'));
    const without = await run(env, 'members');
    expect(without).toMatchObject({ code: 1 });
    expect(without.err).toContain('zet hem terug uit de reservekopie');
    writeFileSync(join(folder, 'office', 'signing-key.pem'), 'x');
    expect((await run(env, 'members')).err).toContain('beschadigd');
    rmSync(join(folder, 'office', 'checkpoints.sqlite'));
    expect((await run(env, 'members')).err).toContain('zet ze terug uit de reservekopie');
  });
});

describe('a proof', () => {
  it('of an event can be kept as a file, and checked', async () => {
    await started();
    await join1('gm0828');
    const { items } = JSON.parse((await run(env, 'events', '--json')).out) as {
      items: { id: string }[];
    };
    const keys = await keysKnown();
    const receipt = (await run(env, 'inclusion-proof', items[1]!.id)).out;
    const headers = await bearer(env, 'auditor');
    const path = '/tlog/tile/entries/000.p/2';
    const bundle = await (await fetch(`${running!.address}${path}`, { headers })).bytes();
    const length = bundle[0]! * 256 + bundle[1]!;
    const entry = bundle.subarray(length + 4);
    expect(openReceipt(receipt, entry, keys[0]!.name, keys).size).toBe(2);
    expect((await run(env, 'consistency-proof', '1', '2')).out.trim()).toMatch(/^\S{44}$/);
    expect((await run(env, 'inclusion-proof', items[1]!.id, '--size', '1')).code).toBe(1);
    const all = await run(env, 'checkpoints', '--limit', '1');
    expect(all.out).toContain('--after 1');
  });
});

describe('a log that was put back from an older copy', () => {
  it('is only read, until somebody accepts the loss; that is recorded', async () => {
    await started();
    await join1('gm0828');
    await stopped();
    const log = join(folder, 'ledger.sqlite');
    const copy = `${folder}.copy`;
    copyFileSync(log, copy);
    await started();
    await join1('gm1721');
    await stopped();
    const refused = await run(env, 'restore', '--accept-loss', '--reason', 'kopie');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('niets verloren');

    copyFileSync(copy, log);
    await started();
    const read = await run(env, 'do', 'join-member', 'municipality=gm1721', 'name=Bernheze');
    expect(read.code).toBe(1);
    expect(read.err).toContain(
      'het log eindigt bij 1, het laatste controlepunt tekende tot en met 2',
    );
    expect((await run(env, 'restore', '--accept-loss', '--reason', 'kopie')).code).toBe(1);
    await stopped();

    expect((await run(env, 'restore', '--accept-loss', '--reason', ' ')).code).toBe(2);
    expect((await run(env, 'restore', '--reason', 'kopie')).code).toBe(2);
    const accepted = await run(env, 'restore', '--accept-loss', '--reason', 'kopie', '--json');
    expect(JSON.parse(accepted.out)).toEqual({
      seenSequence: 2,
      foundSequence: 1,
      heldSequence: 1,
      sequence: 2,
    });
    await started();
    expect((await join1('gm1721')).code).toBe(0);
    const events = (await run(env, 'events', '--json')).out;
    expect(events).toContain('log-is-older');
    expect(readFileSync(join(folder, 'office', 'checkpoints.sqlite'))).toBeTruthy();
  });
});

describe('a witness', () => {
  it('that is no key stops the start with one line', async () => {
    const ended = await run({ ...env, PORT: '0', LEDGER_WITNESSES: 'x' }, 'serve');
    expect(ended.code).toBe(1);
    expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.err).toContain('LEDGER_WITNESSES');
  });
});
