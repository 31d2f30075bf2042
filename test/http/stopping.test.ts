/** What comes while the service stops. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { testApp } from './support.ts';

it('is answered when it was taken before, and as a problem when it comes after', async () => {
  const { app } = await testApp();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answers = '';
  socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
  const asked = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  // Taken, and not answered before the next one is here.
  const taken = Promise.withResolvers<string>();
  const finish = Promise.withResolvers<string>();
  app.server.prependOnceListener('request', (_request, response) => {
    const end = response.end.bind(response);
    response.end = ((...given: Parameters<typeof end>) => {
      taken.resolve('taken');
      void finish.promise.then(() => end(...given));
      return response;
    }) as typeof end;
  });
  socket.write(asked('/health/live'));
  await taken.promise;
  const closed = app.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.write(asked('/v1/members'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  finish.resolve('now');
  await once(socket, 'close');
  await closed;
  const [, live, late] = answers.split('HTTP/1.1 ');
  expect(live).toMatch(/^200 /);
  expect(late).toMatch(/^503 /);
  expect(late).toContain('\r\napi-version: 1.2.3\r\n');
  expect(late).toContain('\r\nretry-after: 5\r\n');
  expect(late).toContain('\r\ncontent-type: application/problem+json; charset=utf-8\r\n');
  expect(late).toContain('"code":"unavailable"');
});
