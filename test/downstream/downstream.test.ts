/** A service that follows is killed a hundred times, and ends with all that the ledger has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, newFolder, type Running, serve } from '../cli/support.ts';
import { scriptLine, startCommand } from '../support/children.ts';
import { newKey } from '../support/ledger.ts';

const kills = 100;
const members = ['gm0828', 'gm1721', 'gm1948'] as const;

const { folder, remove } = newFolder();
let ledger: Running;
let headers: { readonly authorization: string };
beforeAll(async () => {
  const env = { LEDGER_DATA: folder, LEDGER_REQUESTS_PER_MINUTE: '0' };
  ledger = await serve(env);
  headers = await bearer(env);
});
afterAll(async () => {
  await ledger.stop('SIGKILL');
  remove();
});

interface Recorded {
  readonly events: readonly { readonly eventId: string; readonly sequence: number }[];
  readonly created: { readonly decisionId: string };
}

const post = async (path: string, body: object, more: object = {}): Promise<Recorded> => {
  const response = await fetch(`${ledger.address}/v1/${path}`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      'idempotency-key': newKey(),
      ...more,
    },
    body: JSON.stringify({
      ...body,
      mode: 'register',
      evidence: [{ source: 'Verslag', basis: 'stated' }],
      validFrom: '2024-01-01',
    }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return JSON.parse(text) as Recorded;
};

const get = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${ledger.address}/v1/${path}`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};

/** A step in the life of a thing, as it stands now. */
const step = async (thing: string, name: string, body: object): Promise<Recorded> => {
  const { headers: told } = await fetch(`${ledger.address}/v1/${thing}`, { headers });
  return post(`${thing}/${name}`, body, { 'if-match': told.get('etag')! });
};

/** One decision: proposed, adopted by its members, and now and then one takes that back. */
const decide = async (n: number): Promise<void> => {
  const proposal = { title: `Besluit ${n}`, needsAdoptionBy: members, organs: ['college'] };
  const { created } = await post('decisions', proposal);
  for (const municipality of members.slice(0, 1 + (n % members.length))) {
    const adopted = await step(`decisions/${created.decisionId}`, '_adopt', { municipality });
    const { eventId } = adopted.events[0]!;
    if (n % 4 === 0) await step(`events/${eventId}`, '_reverse', { reason: 'vergissing' });
  }
};

/** Whatever the ledger tells of all its events, in order. */
const allEvents = async (): Promise<readonly { sequence: string; id: string }[]> => {
  const all: { sequence: string; id: string }[] = [];
  let after: string | undefined = '-1';
  while (after !== undefined) {
    const page: { items: typeof all; next?: string } = await get(
      `events?limit=1000&after=${after}`,
    );
    all.push(...page.items);
    after = page.next;
  }
  return all;
};

test(
  `killed ${kills} times while the ledger is written, it has every event once and in order`,
  { timeout: 240_000 },
  async () => {
    const file = join(folder, 'downstream.sqlite');
    const token = headers.authorization.slice('Bearer '.length);
    process.env['TOKEN'] = token;
    const start = () => startCommand(scriptLine('../downstream/service.ts', ledger.address, file));
    for (const municipality of members) await post('members', { municipality, name: municipality });
    const done = new AbortController();
    const writing = (async () => {
      for (let n = 0; !done.signal.aborted; n += 1) {
        await decide(n);
        await wait(20);
      }
    })();
    // It is waited for below.
    writing.catch(() => undefined);
    let cutWhileFollowing = 0;
    for (let round = 0; round < kills; round += 1) {
      const service = start();
      // Some are killed while they start or catch up, most while they follow.
      if (round % 4 !== 0) await service.said('caught-up');
      await wait(Math.random() * (round % 4 === 0 ? 300 : 40));
      await service.kill();
      cutWhileFollowing += service.lines.length > 1 ? 1 : 0;
    }
    done.abort();
    await writing;
    const events = await allEvents();
    const last = start();
    await last.said(`caught-up ${events.length - 1}`);
    await last.kill();

    const db = new DatabaseSync(file);
    const seen = db.prepare('SELECT sequence, id FROM seen ORDER BY rowid').all();
    expect(seen.map(({ sequence, id }) => `${String(sequence)} ${String(id)}`)).toEqual(
      events.map(({ sequence, id }) => `${sequence} ${id}`),
    );
    const kept = db.prepare('SELECT decision, municipality FROM adoptions').all();
    db.close();
    const { items } = await get<{
      items: { decisionId: string; adoptions: { municipality: string }[] }[];
    }>('decisions?validAt=2024-06-01');
    const pair = (decision: unknown, municipality: unknown) =>
      `${String(decision)} ${String(municipality)}`;
    expect(kept.map((row) => pair(row['decision'], row['municipality'])).sort()).toEqual(
      items
        .flatMap((item) => item.adoptions.map((one) => pair(item.decisionId, one.municipality)))
        .sort(),
    );
    expect(kept.length).toBeGreaterThan(kills / 2);
    expect(cutWhileFollowing).toBeGreaterThan(0);
  },
);

test('the example knows nothing of the ledger but what it is sent', () => {
  for (const name of ['service.ts', 'follow.ts']) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from!);
    expect(imported.filter((from) => !from.startsWith('node:'))).toEqual(
      name === 'service.ts' ? ['./follow.ts'] : [],
    );
  }
});

test('the README shows it as it is', () => {
  const code = readFileSync(join(import.meta.dirname, 'follow.ts'), 'utf8');
  expect(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')).toContain(
    `\`\`\`ts\n${code}\`\`\``,
  );
});
