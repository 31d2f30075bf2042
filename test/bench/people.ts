/** What sealing costs an append, and how long opening a long list takes. */
import { randomUUIDv7 } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/ledger.ts';
import { noProofs } from '../../src/ledger/proofs.ts';
import type { People, PersonKey } from '../../src/ledger/ports.ts';
import { recorder, type Request } from '../../src/ledger/record.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { newKey } from '../../src/privacy/crypto.ts';
import { openOffice } from '../../src/privacy/office.ts';
import { rehearsedPeople } from '../../src/privacy/people.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { opened } from '../support/ledger.ts';
import { ulidAt } from './generate.ts';
import { latency, type Row } from './report.ts';

const writers = 32;
const persons = 1_000;
const actor = { id: 'bench', office: 'registrar' };
const clock = { now: (): string => new Date().toISOString() };
let count = 0;
const ids = { eventId: () => randomUUIDv7(), ulid: () => ulidAt((count += 1)) };
const hmac = (text: string): string => Buffer.from(text).toString('hex').padEnd(64, '0').slice(-64);

/** Seals nothing, in as many bytes: what is left is the append itself. */
const unsealed: People = {
  keyOf: (personId) => plainKey(personId),
  personOf: () => undefined,
  openersOf: () => new Map(),
  destroy: () => undefined,
};

const bytes = Buffer.alloc(1_040).toString('base64');

const plainKey = (personId: string): PersonKey => ({
  keyId: personId,
  person: hmac(personId).slice(-32),
  hmac,
  seal: ({ field, schema }) => ({
    field,
    schema,
    key: personId,
    nonce: 'AAECAwQFBgcICQoL',
    sealed: bytes,
  }),
  open: (_eventId, { field }) => (field === 'remarks' ? [] : referral(0).body.details),
});

const logIn = async (folder: string) => {
  mkdirSync(folder, { recursive: true });
  const log = openSqliteLog({ file: join(folder, 'log.sqlite') });
  await log.append([opened()]);
  const office = await openOffice({ folder, source, log, hmac, ids, clock });
  return { log, office };
};

const wrapping = newKey();
const source = () => ({
  current: () => wrapping,
  next: () => undefined,
  previous: () => undefined,
  renew: () => wrapping,
  settle: () => undefined,
});

type Record = ReturnType<typeof recorder>;
type Asked = Pick<Request, 'command' | 'body'>;

const join_ = (record: Record) =>
  record({
    command: 'join-member',
    body: { municipality: 'gm0828', name: 'Oss' },
    validFrom: { latest: '2017-01-01' },
    key: ids.ulid(),
    actor,
  });

const referral = (n: number) => ({
  command: 'record-referral',
  body: {
    referralId: ulidAt(1_000_000 + n),
    personId: ulidAt(2_000_000 + n),
    municipality: 'gm0828',
    details: {
      route: 'referred',
      direction: 'supply-led',
      workSkills: 'sufficient',
      voortrajectNeeded: false,
    },
  },
});

const placement = (n: number) => ({
  command: 'record-placement',
  body: {
    placementId: ulidAt(3_000_000 + n),
    personId: ulidAt(2_000_000 + n),
    municipality: 'gm0828',
    details: { work: 'participation', direction: 'supply-led', term: 'temporary', employer: 'ibn' },
  },
});

/** Events a second, each command after the last one of its writer. */
const rateOf = async (
  record: Record,
  total: number,
  asked: (n: number) => Asked,
): Promise<number> => {
  const started = performance.now();
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < total) {
      next += 1;
      await record({ ...asked(next), key: ids.ulid(), actor });
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (total / (performance.now() - started)) * 1000;
};

const sealingRows = async (folder: string): Promise<readonly Row[]> => {
  const rates = async (name: string, through: (people: People) => People) => {
    const { log, office } = await logIn(join(folder, name));
    const record = recorder({ log, clock, ids, hmac, people: through(office.people) });
    await join_(record);
    const rate = {
      'of new persons': await rateOf(record, 4_000, referral),
      'of known persons': await rateOf(record, 4_000, placement),
    };
    office.close();
    await log.close();
    return rate;
  };
  const plain = await rates('plain', () => unsealed);
  const sealed = await rates('sealed', (people) => people);
  return (['of new persons', 'of known persons'] as const).map((what) => ({
    what: `appends ${what}, sealed, against the same unsealed`,
    figure: `${Math.round(sealed[what])}/s, ${(sealed[what] / plain[what]).toFixed(2)} ×`,
    target: '≥ 0.7 ×',
    met: sealed[what] / plain[what] >= 0.7,
  }));
};

const openingRow = async (folder: string): Promise<Row> => {
  const { log, office } = await logIn(folder);
  const { people, looks } = office;
  const record = recorder({ log, clock, ids, hmac, people });
  await join_(record);
  await rateOf(record, persons, placement);
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const ledger = await openLedger({
    log,
    proofs: noProofs('', 'niet bewezen'),
    tables: projector.tables,
    reached: projector.reached,
    rehearsal: async () => ({ log: openMemoryLog(), people: rehearsedPeople(people) }),
    clock,
    ids,
    hmac,
    people,
    looks,
    readOnly: () => undefined,
  });
  const opening = { purpose: 'audit' as const, reader: actor, may: () => true };
  const times: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const started = performance.now();
    const answer = await ledger.ask({ question: 'placements', opening });
    JSON.stringify(answer);
    times.push(performance.now() - started);
  }
  await projector.close();
  office.close();
  await log.close();
  return latency(`opening a list of ${persons} persons, noted in the log of looking`, times, 100);
};

export const benchPeople = async (folder: string): Promise<readonly Row[]> => [
  ...(await sealingRows(join(folder, 'sealing'))),
  await openingRow(join(folder, 'opening')),
];
