/** What it costs an append that who asks is known by a token, may do it, and acts under an id. */
import { randomUUIDv7 } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tokensIn } from '../../src/host/tokens.ts';
import { openProof } from '../../src/join/proof.ts';
import { reachOf } from '../../src/ledger/access/index.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { hmac, opened } from '../support/ledger.ts';
import { nobody } from './answers.ts';
import { ulidAt } from './generate.ts';
import type { Row } from './report.ts';

const writers = 32;
const rounds = 10;
const inRound = 2_000;
const clock = { now: (): string => new Date().toISOString() };
let count = 0;
const ids = { eventId: () => randomUUIDv7(), ulid: () => ulidAt((count += 1)) };

const rateOf = async (append: (n: number) => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < inRound) await append((next += 1));
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (inRound / (performance.now() - started)) * 1000;
};

export const benchAccess = async (folder: string): Promise<readonly Row[]> => {
  mkdirSync(folder, { recursive: true });
  const bare = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  await bare.append([opened()]);
  const { log, proofs, close } = await openProof({ folder, log: bare, witnesses: [] });
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const ledger = await openLedger({
    log,
    proofs,
    tables: projector.tables,
    reached: projector.reached,
    rehearsal: async () => ({ log: openMemoryLog(), people: nobody }),
    clock,
    ids,
    hmac,
    people: nobody,
    looks: { note: () => undefined, of: () => [] },
    readOnly: () => undefined,
  });
  const tokens = tokensIn({ file: join(folder, 'office', 'tokens.json'), clock, ids, hmac });
  const { token } = tokens.create({ role: 'registrar', expires: '2999-12-31' });
  const request = (n: number) => ({
    command: 'record-occurrence',
    body: { kind: 'meeting', title: `Overleg ${n}`, about: [] },
    key: ids.ulid(),
  });
  const actor = { id: 'bench', office: 'registrar' };
  const checked = async (n: number): Promise<unknown> => {
    const caller = tokens.holder(token)!;
    if (reachOf(caller.access, 'occurrences', 'record') === undefined) throw new Error('may not');
    return ledger.as(caller).record(request(n));
  };
  let [free, guarded] = [0, 0];
  // In turns, so that what else runs on the machine hinders both alike.
  for (let round = 0; round < rounds; round += 1) {
    free += (await rateOf((n) => ledger.record({ ...request(n), actor }))) / rounds;
    guarded += (await rateOf(checked)) / rounds;
  }
  await projector.close();
  await bare.close();
  close();
  return [
    {
      what: `appends by ${writers} writers, each known by a token and by what it may`,
      figure: `${(guarded / free).toFixed(2)} × without, ${Math.round(guarded)}/s`,
      target: '≥ 0.9 ×',
      met: guarded / free >= 0.9,
    },
  ];
};
