/** TLS: a node is trusted by its certificate, also when it is given by its address. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { LogUnavailableError } from '../../src/ledger/event-log.ts';
import { certificateFor } from '../double/certificates.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openOn, quick, startDouble } from '../support/kurrent.ts';

const here = '127.0.0.1';
const own = certificateFor([here]);

const addressOf = (ports: readonly number[], authority: string) => {
  const file = join(temporaryFolder(), 'authority.crt');
  writeFileSync(file, authority);
  const nodes = ports.map((port) => `${here}:${port}`).join(',');
  return readAddress(`esdb://admin:s3cret@${nodes}?tlsCAFile=${encodeURIComponent(file)}`);
};

test('a node that is given by its IP address', async () => {
  const double = await startDouble({ tls: own });
  const log = await openOn(double, { address: addressOf([double.node.port], own.certificate) });
  await log.append([ledgerOpened()]);
  expect(await log.append([memberJoined()])).toEqual({ outcome: 'appended', first: 1, last: 1 });
});

test('nodes of a cluster that tell their IP addresses', async () => {
  const double = await startDouble({ tls: own });
  const { port } = double.node;
  const log = await openOn(double, { address: addressOf([port, port], own.certificate) });
  expect(await log.append([ledgerOpened()])).toMatchObject({ outcome: 'appended' });
});

test('with a mirror, reading goes on while the node is not trusted', async () => {
  const double = await startDouble({ tls: own });
  const { port } = double.node;
  const folder = temporaryFolder();
  const first = await openOn(double, { folder, address: addressOf([port], own.certificate) });
  await first.append([ledgerOpened()]);
  await first.close();
  const { certificate } = certificateFor([here]);
  const told: string[] = [];
  const log = await openOn(double, {
    folder,
    address: addressOf([port], certificate),
    report: ({ detail }) => told.push(detail),
  });
  expect(log.head().sequence).toBe(0);
  expect(log.state().reachable).toBe(false);
  expect(told[0]).toMatch(/^no trusted connection: /);
});

describe('a start without a mirror ends at once, with one line, when the node', () => {
  const cases = [
    ['is of another authority', own, certificateFor([here]), /self-signed|verify|issuer/],
    ['is elsewhere by its certificate', certificateFor(['127.0.0.2']), undefined, /127\.0\.0\.2/],
    ['has a certificate that ran out', certificateFor([here], [-9, -2]), undefined, /expired/],
    ['speaks no TLS', undefined, own, /wrong version number/],
  ] as const;
  test.each(cases)('%s', async (_, tls, trusted, words) => {
    const double = await startDouble(tls === undefined ? {} : { tls });
    const { certificate } = (trusted ?? tls)!;
    const told: string[] = [];
    const opening = openOn(double, {
      address: addressOf([double.node.port], certificate),
      report: ({ detail }) => told.push(detail),
    });
    const error: unknown = await opening.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LogUnavailableError);
    const { message } = error as LogUnavailableError;
    expect(message).toMatch(/^no trusted connection: [^\n]+$/);
    expect(message).toMatch(words);
    expect(message).not.toContain('s3cret');
    expect(told).toEqual([]);
  });
});

describe('a cluster of which no node is found', () => {
  const opening = async (options: Parameters<typeof addressOf>[0], authority: string) => {
    const told: string[] = [];
    const error: unknown = await openOn(
      { stream: 'none', node: { port: 1 } },
      {
        address: addressOf(options, authority),
        timing: { ...quick, start: 100 },
        report: ({ detail }) => told.push(detail),
      },
    ).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LogUnavailableError);
    return (error as LogUnavailableError).message;
  };

  test.each([
    ['of another authority', own, certificateFor([here]), /self-signed|verify|issuer/],
    ['elsewhere by their certificate', certificateFor(['127.0.0.2']), undefined, /127\.0\.0\.2/],
    ['without TLS', undefined, own, /wrong version number/],
  ] as const)('for its nodes are %s', async (_, tls, trusted, words) => {
    const options = tls === undefined ? {} : { tls };
    const [one, other] = await Promise.all([startDouble(options), startDouble(options)]);
    const ports = [one.node.port, other.node.port];
    const said = await opening(ports, (trusted ?? tls).certificate);
    expect(said).toMatch(/^no trusted connection: 127\.0\.0\.1:\d+: [^\n]+$/);
    expect(said).toMatch(words);
    for (const port of ports) expect(said).toContain(String(port));
  });

  test('for its nodes are there and say nothing, is not taken for one that is not trusted', async () => {
    const mute = createServer(() => undefined).listen(0, here);
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const said = await opening([port, port], own.certificate);
    expect(said).toContain('there is no mirror yet: no answer within');
    mute.close();
  });

  test('for none can be reached', async () => {
    const gone = await startDouble({ tls: own });
    await gone.node.stop();
    const { port } = gone.node;
    const said = await opening([port, port], own.certificate);
    expect(said).toContain('there is no mirror yet: no node can be reached: 127.0.0.1:');
    expect(said).toContain('ECONNREFUSED');
  });
});
