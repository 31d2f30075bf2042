/** A person in the running ledger: nowhere on disk, in no answer, opened only on the machine. */
import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../support/ledger.ts';
import { farOff, referral } from '../support/people.ts';
import { id, stated } from '../support/scenario.ts';
import { bearer, filesIn, newFolder, run, type Running, serve } from './support.ts';

/** Values that are found wherever they are. */
const personId = '7ZZPANTEDPERSZN00000000000';
const percent = '37.194852';
const details = { ...farOff, estimatedLoonwaardePercent: percent };
const planted = [personId, percent, 'supply-led', 'insufficient'];

/** To look at what is sealed, one says what for. */
const open = ['--open', '--purpose', 'audit'];

const { folder, remove } = newFolder();
const environment = { LEDGER_DATA: folder };
let service: Running;
let headers: { readonly authorization: string };

const post = (path: string, body: unknown, key = newKey()): Promise<Response> =>
  fetch(`${service.address}/v1/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });

const get = async (path: string): Promise<string> =>
  (await fetch(`${service.address}/v1/${path}`, { headers })).text();

beforeAll(async () => {
  service = await serve(environment);
  headers = await bearer(environment);
  await post('members', { municipality: 'gm0828', name: 'Oss', validFrom: '2017-01-01' });
});
afterAll(async () => {
  await service.stop();
  remove();
});

describe('what is recorded about a person', () => {
  const body = { ...referral({ personId, details }), mode: 'register', evidence: [stated] };

  it('is answered without repeating it, also when it is refused', async () => {
    const key = newKey();
    const first = await post('referrals', body, key);
    expect(first.status).toBe(201);
    const answers = [
      await first.text(),
      await (await post('referrals', body, key)).text(),
      await (await post('referrals', body)).text(),
      await (await post('referrals', { ...body, details: { ...details, route: percent } })).text(),
      await (await post('referrals', { ...body, [personId]: percent })).text(),
    ];
    for (const value of planted) expect(answers.join('\n')).not.toContain(value);
  });

  it('stands sealed in every answer', async () => {
    const answers = await Promise.all(
      [
        'referrals?with=basis',
        `referrals/${id('referral')}`,
        'events',
        'timeline',
        'findings',
        'differences?of=referrals&from=@-1&to=2999-01-01',
        'explanations?of=referrals',
      ].map(get),
    );
    expect(JSON.parse(answers[0]!)).toMatchObject({ items: [{ sealed: true }] });
    for (const value of planted) expect(answers.join('\n')).not.toContain(value);
  });

  it('is not opened for who may record it, nor for who did not sign in', async () => {
    for (const [as, status] of [
      [headers, 403],
      [{}, 401],
    ] as const) {
      const reply = await fetch(`${service.address}/v1/referrals?opened=true`, { headers: as });
      expect(reply.status).toBe(status);
      const text = await reply.text();
      for (const value of planted) expect(text).not.toContain(value);
    }
  });

  it('is opened for its own municipality, and not there for another', async () => {
    const answer = async (code: string) => {
      const own = await bearer(environment, 'municipality', '--municipality', code);
      return fetch(
        `${service.address}/v1/referrals/${id('referral')}?opened=true&purpose=placement-guidance`,
        {
          headers: own,
        },
      );
    };
    expect(await (await answer('gm0828')).json()).toMatchObject({ sealed: false, details });
    const other = await answer('gm0755');
    expect([other.status, await other.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'not-found' }),
    ]);
  });

  it('is opened on the machine itself, for who asks for it', async () => {
    const sealed = await run(environment, 'referrals', '--json');
    expect(sealed.out).not.toContain(percent);
    const opened = await run(environment, 'referrals', ...open, '--json');
    expect(JSON.parse(opened.out)).toMatchObject({ items: [{ sealed: false, details }] });
    const one = await run(environment, 'referrals', id('referral'), ...open);
    expect(one.out).toContain('37,194852 %');
    expect(opened.out).not.toContain(personId);
  });

  it('is in no file, and in nothing that the service wrote; the office is its owner’s', async () => {
    const files = filesIn(folder);
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual(
      expect.arrayContaining(['ledger.sqlite', 'office/keys.sqlite', 'office/wrapping-key']),
    );
    const ended = await service.stop();
    const output = ended.out + ended.err;
    for (const value of planted) {
      expect(output).not.toContain(value);
      for (const file of [...files, ...filesIn(folder)].filter((f) => statOrNone(f)))
        expect(readFileSync(file).includes(value), file).toBe(false);
    }
    for (const name of ['keys.sqlite', 'wrapping-key'])
      expect(statSync(join(folder, 'office', name)).mode & 0o077).toBe(0);
    service = await serve(environment);
  });

  it('opens after a restart, and not without its keys: then the ledger does not start', async () => {
    const opened = await run(environment, 'referrals', id('referral'), ...open, '--json');
    expect(JSON.parse(opened.out)).toMatchObject({ details });
    await service.stop();
    const file = join(folder, 'office', 'keys.sqlite');
    renameSync(file, `${file}.away`);
    const failed = await run(environment, 'referrals');
    expect(failed.code).not.toBe(0);
    expect(failed.err).toContain('keys.sqlite');
    renameSync(`${file}.away`, file);
    service = await serve(environment);
  });
});

const statOrNone = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false })?.isFile() === true;
