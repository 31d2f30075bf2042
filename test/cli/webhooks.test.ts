/** Subscriptions of who works on the machine itself: with a receiver that refuses one event. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiver, type Receiver, welcoming } from '../support/receiver.ts';
import { filesIn, newFolder, run, type Running, serve } from './support.ts';

const { folder, remove } = newFolder();
const tokenFile = join(dirname(folder), 'token');
let receiving: Receiver;
let service: Running;
let env: Record<string, string>;
beforeAll(async () => {
  receiving = await receiver(welcoming);
  const ca = join(dirname(folder), 'ca.pem');
  writeFileSync(ca, receiving.ca);
  writeFileSync(tokenFile, 'ontvanger-token\n');
  env = {
    LEDGER_DATA: folder,
    LEDGER_WEBHOOK_ALLOW: `localhost:${receiving.port}`,
    NODE_EXTRA_CA_CERTS: ca,
  };
  service = await serve(env);
});
afterAll(async () => {
  await service.stop('SIGKILL');
  await receiving.close();
  remove();
});

const webhook = (...words: readonly string[]) => run(env, 'webhook', ...words);

describe('ledger webhook', () => {
  let it1 = '';
  let secret = '';

  it('adds one, and shows its secret once', async () => {
    const { code, out, err } = await webhook(
      ...['add', receiving.address, '--token-file', tokenFile, '--after', '-1'],
    );
    expect(code, err).toBe(0);
    [it1 = '', secret = ''] = out.trim().split(' ');
    expect(secret).toMatch(/^whsec_/);
    expect(err).toContain('wordt niet nog eens getoond');
    const [first] = await receiving.until(1);
    expect(JSON.parse(first!.body)).toMatchObject({ sequence: '0' });
  });

  it('lists them in Dutch', async () => {
    const { out } = await webhook('list');
    expect(out).toMatch(/abonnement .*status .*tot en met .*geweigerd .*adres/);
    expect(out).toContain(it1);
    expect(out).toContain('active');
    expect(out).not.toContain(secret);
    expect((await webhook('parked', it1)).out).toBe('Er is niets geweigerd.\n');
  });

  it('pauses, resumes and removes', async () => {
    expect((await webhook('pause', it1)).out).toBe(`Abonnement ${it1} is onderbroken.\n`);
    expect((await webhook('resume', it1)).out).toBe(`Abonnement ${it1} gaat verder.\n`);
    expect((await webhook('replay', it1)).out).toBe('Wordt opnieuw gestuurd: 0.\n');
    expect((await webhook('remove', it1)).out).toBe(`Abonnement ${it1} is beëindigd.\n`);
    expect((await webhook('list')).out).toContain('by-owner');
  });

  it.each([
    [['add', 'http://ontvanger.example.nl', '--token-file', tokenFile], 'https://'],
    [['add', 'https://127.0.0.1/', '--token-file', tokenFile], 'deze machine'],
    [['add', 'https://a.example.nl/', '--token-file', tokenFile, '--after', 'x'], '/after'],
    [['add', 'https://a.example.nl/', '--token-file', tokenFile, '--types', 'Niets'], 'onbekend'],
    [['add', 'https://a.example.nl/', '--token-file', '/is/er/niet'], '/is/er/niet'],
    [['pause', '01JZ0000000000000000000000'], 'bestaat niet'],
    [['replay', '01JZ0000000000000000000000', '7'], 'bestaat niet'],
  ])('%j is refused', async (words, told) => {
    const { code, err } = await webhook(...words);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(told);
  });

  it('leaves neither token nor secret behind in a file, once it has ended', async () => {
    await service.stop();
    for (const file of filesIn(folder)) {
      const text = readFileSync(file, 'latin1');
      expect(text.includes('ontvanger-token'), file).toBe(false);
      expect(text.includes(secret), file).toBe(false);
    }
    const said = await service.ended;
    expect(said.out + said.err).not.toContain(receiving.address);
  });
});
