/** Keys of persons that are lost for good, as who keeps the machine finds and accepts it. */
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referral } from '../support/people.ts';
import { id } from '../support/scenario.ts';
import { newFolder, run, serve } from './support.ts';

const { folder, remove } = newFolder();
const env = { LEDGER_DATA: folder };
const keys = join(folder, 'office', 'keys.sqlite');

const refer = (name: string) =>
  run(
    env,
    'do',
    'record-referral',
    '--json',
    JSON.stringify(referral({ referralId: id(`${name}-1`), personId: id(name) })),
  );
const restore = (count: string, ...more: readonly string[]) =>
  run(env, 'keys', 'restore', '--accept-loss', count, '--reason', 'schijf stuk', ...more);
/** Of each referral, what was opened. */
const looked = async (): Promise<unknown> => {
  const { out } = await run(env, 'referrals', '--open', '--purpose', 'audit', '--json');
  const { items } = JSON.parse(out) as { readonly items: readonly Record<string, unknown>[] };
  return items.map(({ sealed, erased, keyUnknown }) => ({ sealed, erased, keyUnknown }));
};

const open = { sealed: false };
const unknown = { sealed: true, keyUnknown: true };

beforeAll(async () => {
  await run(env, 'import');
  const joined = ['municipality=gm0828', 'name=Oss', '--valid-from', '2017-01-01'];
  await run(env, 'do', 'join-member', ...joined);
  await refer('anna');
  copyFileSync(keys, `${keys}.older`);
  await refer('bram');
  await refer('carla');
  expect((await run(env, 'forget', id('carla'))).code).toBe(0);
});
afterAll(remove);

describe('keys that were put back from an older copy', () => {
  it('are said to be lacking, and how many, with where to read on', async () => {
    expect((await restore('1')).err).toContain('Er is niets verloren');
    copyFileSync(keys, `${keys}.whole`);
    renameSync(`${keys}.older`, keys);
    const refused = await refer('dirk');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Er ontbreken 2 sleutels');
    expect(refused.err).toContain('ledger keys restore --help');
    const { code, out } = await run(env, 'keys', 'restore', '--help');
    expect([code, out]).toEqual([0, expect.stringContaining('wordt niet meer herkend')]);
  });

  it.each([
    ['nothing that is a number', 'alle', 2, 'hoeveel'],
    ['none', '0', 2, 'hoeveel'],
    ['too few', '1', 1, 'Er ontbreken 2 sleutels, niet 1. Er is niets opgegeven.'],
    ['too many', '3', 1, 'Er ontbreken 2 sleutels, niet 3. Er is niets opgegeven.'],
  ])('are not given up by %s', async (_, count, code, told) => {
    expect(await restore(count)).toMatchObject({
      code,
      out: '',
      err: expect.stringContaining(told) as string,
    });
    expect((await refer('dirk')).code).toBe(1);
  });

  it('are not given up without a number or a reason', async () => {
    const words = ['keys', 'restore'];
    expect((await run(env, ...words, '--reason', 'schijf stuk')).code).toBe(2);
    expect((await run(env, ...words, '--accept-loss', '2')).code).toBe(2);
    expect((await run(env, ...words, '--accept-loss', '2', '--reason', ' ')).code).toBe(2);
  });

  it('are not given up beside a service that runs, and it says so', async () => {
    const service = await serve(env);
    const refused = await restore('2');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('De dienst draait')]);
    await service.stop();
    expect((await refer('dirk')).code).toBe(1);
  });

  it('are given up by who counts them; the start says how many since when', async () => {
    const accepted = await restore('2', '--json');
    expect(JSON.parse(accepted.out)).toEqual({
      lost: 1,
      erased: 1,
      acceptedAt: expect.stringMatching(/Z$/) as string,
    });
    const recorded = await refer('dirk');
    expect([recorded.code, recorded.err]).toEqual([
      0,
      expect.stringMatching(/^Op 20..-..-.. is 1 sleutel van een persoon opgegeven als verloren/),
    ]);
    expect(await looked()).toEqual([open, unknown, { sealed: true, erased: true }, open]);
    expect((await restore('2')).err).toContain('Er is niets verloren');
  });
});

describe('keys that are gone', () => {
  it('keep the ledger from starting, until they are given up', async () => {
    renameSync(keys, `${keys}.away`);
    const failed = await run(env, 'referrals');
    expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('4 in getal')]);
    expect((await restore('3')).code).toBe(1);
    expect(existsSync(keys)).toBe(false);
    const accepted = await restore('4');
    expect(accepted.out).toContain('3 sleutels opgegeven als verloren. Van nog 1 sleutel zegt');
    expect(accepted.out).toContain('zijn dat twee personen');
    expect((await refer('els')).code).toBe(0);
    const gone = { sealed: true, erased: true };
    expect(await looked()).toEqual([unknown, unknown, gone, unknown, open]);
  });
});

it('a better copy that is put back opens what it holds', async () => {
  renameSync(`${keys}.whole`, keys);
  expect(await looked()).toEqual([open, open, { sealed: true, erased: true }, unknown, unknown]);
});

it('one key is told as one, and as JSON for who asks', async () => {
  const other = newFolder();
  const own = { LEDGER_DATA: other.folder };
  await run(own, 'import');
  const joined = ['municipality=gm0828', 'name=Oss', '--valid-from', '2017-01-01'];
  await run(own, 'do', 'join-member', ...joined);
  await run(own, 'do', 'record-referral', '--json', JSON.stringify(referral()));
  expect((await run(own, 'keys', 'rotate')).out).toBe('1 sleutel opnieuw verpakt.\n');
  expect(JSON.parse((await run(own, 'keys', 'rotate', '--json')).out)).toEqual({ keys: 1 });
  other.remove();
});
