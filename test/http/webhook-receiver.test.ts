/** The receiver of the README, as it stands there. */
import type { RequestListener } from 'node:http';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowedIn } from '../../src/webhooks/addresses.ts';
import { sender } from '../../src/webhooks/sending.ts';
import { newSecret, signatureHeaders } from '../../src/webhooks/signature.ts';
import { listen } from '../support/receiver.ts';

type Receive = (parts: {
  readonly origin: string;
  readonly token: string;
  readonly secret: string;
  readonly handle: (event: { readonly id: string }) => void;
}) => RequestListener;

const root = join(import.meta.dirname, '../..');
// Beside the packages that it imports.
const file = join(root, 'node_modules', `.readme-receiver-${process.pid}.mjs`);
const secret = newSecret();
const handled: string[] = [];
let listening: Awaited<ReturnType<typeof listen>>;
let made: ReturnType<typeof sender>;

beforeAll(async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code = ''] = /```js\n((?:(?!```).)*?export const receive = .*?)```/s.exec(readme) ?? [];
  writeFileSync(file, code);
  const { receive } = (await import(pathToFileURL(file).href)) as { receive: Receive };
  const handle = ({ id }: { readonly id: string }) => void handled.push(id);
  listening = await listen(receive({ origin: 'grootboek.nl', token: 'ons', secret, handle }));
  const allowed = allowedIn([`localhost:${listening.port}`]);
  made = sender({ allowed, ca: listening.ca });
});
afterAll(async () => {
  made.close();
  await listening.close();
  rmSync(file, { force: true });
});

const send = (
  method: 'OPTIONS' | 'POST',
  headers: Readonly<Record<string, string>>,
  body?: string,
) =>
  made.send(
    { method, address: listening.address, headers, ...(body === undefined ? {} : { body }) },
    new AbortController().signal,
  );
const authorization = 'Bearer ons';
const body = JSON.stringify({ id: 'e1', data: { title: 'één' } });
const signed = (by = secret) => signatureHeaders(by, { id: 'e1', body, at: Date.now() });

test('lets the ledger in', async () => {
  expect(await send('OPTIONS', { authorization })).toMatchObject({
    status: 204,
    allowedOrigin: 'grootboek.nl',
  });
});

test('takes what the ledger signed', async () => {
  expect(await send('POST', { authorization, ...signed() }, body)).toMatchObject({ status: 204 });
  expect(handled).toEqual(['e1']);
});

test.each([
  ['another token', { authorization: 'Bearer anders', ...signed() }, body],
  ['another secret', { authorization, ...signed(newSecret()) }, body],
  ['another body', { authorization, ...signed() }, body.replace('e1', 'e2')],
  ['no signature', { authorization }, body],
])('takes nothing with %s', async (_what, headers, text) => {
  handled.length = 0;
  expect(await send('POST', headers, text)).toMatchObject({ status: 401 });
  expect(handled).toEqual([]);
});
