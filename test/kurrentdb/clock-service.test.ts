/** The service on a machine whose clock is wrong: it answers, records nothing, and says why. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, newFolder, run, type Running, serve } from '../cli/support.ts';
import { type Node, startNode } from '../double/node.ts';
import { memoryStreams } from '../double/streams.ts';
import { newKey } from '../support/ledger.ts';

const { folder, remove } = newFolder();
const running: Running[] = [];
const nodes: Node[] = [];
afterAll(async () => {
  await Promise.all(running.map((service) => service.stop('SIGKILL')));
  await Promise.all(nodes.map((node) => node.stop()));
  remove();
});

const year = 365 * 24 * 3_600_000;
const setClock = fileURLToPath(new URL('../support/set-clock.mjs', import.meta.url));
const setAhead = (milliseconds: number, more: Readonly<Record<string, string>> = {}) => ({
  NODE_OPTIONS: `--import ${setClock}`,
  CLOCK_AHEAD: String(milliseconds),
  ...more,
});

const onDouble = async () => {
  const streams = memoryStreams();
  const node = await startNode({ streams });
  nodes.push(node);
  return { streams, LEDGER_LOG: `esdb://127.0.0.1:${node.port}?tls=false` };
};

const joins = (service: Running, municipality: string, token: object): Promise<Response> =>
  fetch(`${service.address}/v1/members`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': newKey(), ...token },
    body: JSON.stringify({ municipality, name: 'Oss' }),
  });

describe('a clock that is set while the service runs', () => {
  test.each([
    ['a file', 70 * year, async () => ({}), '25550 dagen vooruit gezet'],
    ['KurrentDB', 70 * year, onDouble, '25550 dagen voor op die van KurrentDB'],
    ['a file', -year, async () => ({}), '365 dagen achter op de laatste gebeurtenis'],
  ])('on %s, by %d ms', async (name, ahead, log, words) => {
    const { streams: _streams, ...place } = { streams: undefined, ...(await log()) };
    const environment = { LEDGER_DATA: join(folder, `${name}-${ahead}`), ...place };
    const service = await serve({ ...environment, ...setAhead(ahead, { CLOCK_LATER: 'yes' }) });
    running.push(service);
    const set = async (times: number): Promise<void> => {
      service.process.kill('SIGUSR2');
      await expect.poll(() => service.said().split('the clock was set').length).toBe(times + 1);
    };
    const token = await bearer(environment);
    expect((await joins(service, 'gm0828', token)).status).toBe(201);
    await set(1);
    const refused = await joins(service, 'gm1948', token);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const { code, detail } = (await refused.json()) as { code: string; detail: string };
    expect(code).toBe('unavailable');
    expect(detail).toContain(words);
    const read = await fetch(`${service.address}/v1/members?validAt=2100-01-01`);
    expect(((await read.json()) as { items: unknown[] }).items).toHaveLength(1);
    await set(2);
    const after = await joins(service, 'gm1948', token);
    expect(after.status).toBe(201);
    const { events } = (await after.json()) as { events: { recordedAt: string }[] };
    expect(Math.abs(Date.parse(events[0]!.recordedAt) - Date.now())).toBeLessThan(60_000);
    expect((await service.stop()).code).toBe(0);
  });
});

describe('a clock that is wrong from the start', () => {
  test.each([
    [70 * year, 'voor'],
    [-year, 'achter'],
  ])('makes no ledger on KurrentDB, and is told: %d ms', async (ahead, way) => {
    const { streams, ...place } = await onDouble();
    const environment = { LEDGER_DATA: join(folder, `start${ahead}`), ...place };
    const ended = await run({ ...environment, ...setAhead(ahead), PORT: '0' }, 'serve');
    expect(ended.code).toBe(1);
    const line = `De klok van deze machine loopt ${Math.abs(ahead) / (24 * 3_600_000)} dagen ${way} op die van KurrentDB. Zolang wordt er niets vastgelegd: zet hem goed.`;
    expect(ended.err.trim().split('\n')).toEqual([line]);
    expect(streams.read('partnership-ledger')).toBeUndefined();
    const doctor = await run({ ...environment, ...setAhead(ahead) }, 'doctor');
    expect(doctor.code).toBe(1);
    expect(doctor.err).toContain(line);
    const right = await run(environment, 'doctor');
    expect(right.out).toContain('gelijk aan die van KurrentDB');
  });
});
