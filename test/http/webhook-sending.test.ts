/** One request to a receiver over TLS: nothing that it answers holds us up or fills memory. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { allowedIn } from '../../src/webhooks/addresses.ts';
import { sender } from '../../src/webhooks/sending.ts';
import { type Receiver, receiver } from '../support/receiver.ts';

const deadlines = { connect: 1_000, answer: 300, rest: 200 };
let closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

type Resolve = NonNullable<Parameters<typeof sender>[0]['resolve']>;

const receiving = async (answer: (response: ServerResponse, index: number) => void) => {
  const found = await receiver((_got, response, index) => answer(response, index));
  closing.push(found.close);
  return found;
};
interface More {
  readonly allow?: readonly string[];
  readonly resolve?: Resolve;
  readonly address?: string;
}
const sendTo = (r: Receiver, more: More = {}) => {
  const allow = more.allow ?? [`localhost:${r.port}`];
  const { resolve, address = r.address } = more;
  const made = sender({
    allowed: allowedIn(allow),
    deadlines,
    ca: r.ca,
    ...(resolve === undefined ? {} : { resolve }),
  });
  closing.push(made.close);
  const sending = { method: 'POST', address, headers: { 'x-a': 'b' }, body: '{}' } as const;
  return () => made.send(sending, new AbortController().signal);
};

describe('an answer', () => {
  it('is its status, with what it asks and allows', async () => {
    const r = await receiving((response) => {
      response.writeHead(429, {
        'retry-after': '7',
        'webhook-allowed-origin': '*',
        'webhook-allowed-rate': '9',
      });
      response.end('later');
    });
    expect(await sendTo(r)()).toEqual({
      status: 429,
      retryAfter: 7_000,
      allowedOrigin: '*',
      allowedRate: '9',
    });
    expect(r.got).toMatchObject([{ method: 'POST', headers: { 'x-a': 'b' }, body: '{}' }]);
  });

  it('may ask to wait until a moment', async () => {
    const r = await receiving((response) => {
      response.writeHead(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }).end();
    });
    const { retryAfter } = (await sendTo(r)()) as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(50_000);
    expect(retryAfter).toBeLessThanOrEqual(60_000);
  });

  const noDay = 'Sun, 99 Foo 2026 10:00:00 GMT';
  it.each(['soon', '-5', '', noDay])('that asks to wait %j asks nothing', async (text) => {
    const r = await receiving((response) => response.writeHead(503, { 'retry-after': text }).end());
    expect(await sendTo(r)()).toMatchObject({ status: 503, retryAfter: undefined });
  });

  it('that leads elsewhere is not followed', async () => {
    const other = await receiving((response) => response.end());
    const r = await receiving((response) =>
      response.writeHead(307, { location: other.address }).end(),
    );
    expect(await sendTo(r)()).toMatchObject({ status: 307 });
    expect(other.got).toEqual([]);
  });

  it('of 10 MB is cut off, and the next request goes well', async () => {
    let written = 0;
    function* pieces() {
      for (; written < 10_000_000; written += 65_536) yield Buffer.alloc(65_536);
    }
    const r = await receiving((response, index) => {
      if (index > 0) {
        response.writeHead(204).end();
        return;
      }
      response.writeHead(200);
      Readable.from(pieces()).pipe(response);
    });
    const send = sendTo(r);
    expect(await send()).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 204 });
    expect(written).toBeLessThan(10_000_000);
  });

  it('that drips is not waited for beyond its head', async () => {
    const cut = Promise.withResolvers<string>();
    const r = await receiving((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => {
        clearInterval(drip);
        cut.resolve('cut');
      });
    });
    expect(await sendTo(r)()).toMatchObject({ status: 200 });
    await cut.promise;
  });

  it('that never comes is a timeout, and its connection is gone', async () => {
    const cut = Promise.withResolvers<string>();
    const r = await receiving((response) => void response.on('close', () => cut.resolve('cut')));
    expect(await sendTo(r)()).toEqual({ failure: 'timeout' });
    await cut.promise;
  });

  it('that breaks off is no answer', async () => {
    const r = await receiving((response) => void response.destroy());
    expect(await sendTo(r)()).toEqual({ failure: 'unreachable' });
  });
});

/** What goes over the line, of which a server of Node would not think. */
const saying = (text: string) => receiving(({ socket }) => void socket!.write(text));

describe('an answer that is none', () => {
  it('wants to speak otherwise: its status counts, and nothing is waited for', async () => {
    const r = await saying('HTTP/1.1 101 Fine\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n');
    expect(await sendTo(r)()).toMatchObject({ status: 101 });
  });

  it('says over and over that one comes', async () => {
    const r = await saying('HTTP/1.1 100 Continue\r\n\r\n'.repeat(5));
    expect(await sendTo(r)()).toEqual({ failure: 'timeout' });
  });

  it('is of another tongue, or has a head of a megabyte', async () => {
    for (const text of ['220 mail\r\n\r\n', `HTTP/1.1 204 x\r\nx: ${'a'.repeat(1e6)}\r\n\r\n`])
      expect(await sendTo(await saying(text))()).toEqual({ failure: 'unreachable' });
  });
});

describe('a receiver', () => {
  const taking = () => receiving((response) => response.writeHead(204).end());
  const leadsTo =
    (...addresses: readonly string[]): Resolve =>
    (_host, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  it('that is not there is unreachable', async () => {
    const r = await taking();
    await r.close();
    closing = [];
    expect(await sendTo(r)()).toEqual({ failure: 'unreachable' });
  });

  it('with a certificate that nobody signed is not sent to', async () => {
    const [r, other] = [await taking(), await taking()];
    expect(await sendTo({ ...r, ca: other.ca })()).toEqual({ failure: 'unreachable' });
    expect(r.got).toEqual([]);
  });

  it('with a certificate of another name is not sent to', async () => {
    const r = await taking();
    const address = `https://elders.example:${r.port}/`;
    const more = { address, allow: ['127.0.0.0/8'], resolve: leadsTo('127.0.0.1') };
    expect(await sendTo(r, more)()).toEqual({ failure: 'unreachable' });
    expect(r.got).toEqual([]);
  });

  it.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['127.0.0.1', '8.8.8.8']],
    [[]],
  ])('whose name leads to %j is not connected to', async (addresses) => {
    const r = await taking();
    const address = `https://receiver.example:${r.port}/`;
    const outcome = await sendTo(r, { address, allow: [], resolve: leadsTo(...addresses) })();
    expect(outcome).toEqual({ failure: 'address-not-allowed' });
    expect(r.got).toEqual([]);
  });

  it('whose name leads elsewhere at the next connection is looked at again', async () => {
    const r = await receiving((response) => response.writeHead(204, { connection: 'close' }).end());
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve: Resolve = (host, done) => leadsTo(answers.shift() ?? '')(host, done);
    const address = `https://receiver.example:${r.port}/`;
    const send = sendTo(r, { address, allow: ['127.0.0.0/8'], resolve });
    expect(await send()).toMatchObject({ status: 204 });
    expect(await send()).toEqual({ failure: 'address-not-allowed' });
    expect(r.got).toHaveLength(1);
  });

  it('that is written as a number is held to the same', async () => {
    const r = await taking();
    const address = `https://127.0.0.1:${r.port}/`;
    expect(await sendTo(r, { address, allow: [] })()).toEqual({ failure: 'address-not-allowed' });
    expect(await sendTo(r, { address, allow: ['127.0.0.0/8'] })()).toMatchObject({ status: 204 });
  });

  it('whose name cannot be found is unreachable', async () => {
    const r = await taking();
    const resolve: Resolve = (_host, done) => done(new Error('ENOTFOUND'), []);
    const address = `https://receiver.example:${r.port}/`;
    expect(await sendTo(r, { address, allow: [], resolve })()).toEqual({ failure: 'unreachable' });
  });
});
