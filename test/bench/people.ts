/** What sealing costs an append, and how long opening a long list takes. */
import { join } from 'node:path';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { People, PersonKey } from '../../src/ledger/ports.ts';
import { ulidAt } from './generate.ts';
import { latency, type Row } from './report.ts';
import { compared, hmac, ids, rateOf, servedLedger } from './served.ts';

const persons = 1_000;
const actor = { id: 'bench', office: 'registrar' };

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

type Asked = (n: number) => { readonly command: string; readonly body: object };

const joining = {
  command: 'join-member',
  body: { municipality: 'gm0828', name: 'Oss' },
  validFrom: { latest: '2017-01-01' },
};

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

const recordingIn =
  ({ record }: Ledger, asked: Asked) =>
  (n: number) =>
    record({ ...asked(n), key: ids.ulid(), actor } as Parameters<typeof record>[0]);

const sealingRows = async (folder: string): Promise<readonly Row[]> => {
  const plain = await servedLedger(join(folder, 'plain'), () => unsealed);
  const sealed = await servedLedger(join(folder, 'sealed'));
  for (const { ledger } of [plain, sealed]) await recordingIn(ledger, () => joining)(0);
  const rowOf = async (what: string, asked: Asked): Promise<Row> => {
    const { rate, ratio } = await compared(
      recordingIn(sealed.ledger, asked),
      recordingIn(plain.ledger, asked),
    );
    return {
      what: `appends about ${what}, sealed, against the same unsealed`,
      figure: `${ratio.toFixed(2)} ×, ${Math.round(rate)}/s`,
      target: '≥ 0.7 ×',
      met: ratio >= 0.7,
    };
  };
  const rows = [await rowOf('new persons', referral), await rowOf('known persons', placement)];
  for (const { close } of [plain, sealed]) await close();
  return rows;
};

const openingRow = async (folder: string): Promise<Row> => {
  const { ledger, close } = await servedLedger(folder);
  await recordingIn(ledger, () => joining)(0);
  await rateOf(0, persons, recordingIn(ledger, placement));
  const opening = { purpose: 'audit' as const, reader: actor, may: () => true };
  const times: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const started = performance.now();
    const answer = await ledger.ask({ question: 'placements', opening });
    JSON.stringify(answer);
    times.push(performance.now() - started);
  }
  await close();
  return latency(`opening a list of ${persons} persons, noted in the log of looking`, times, 100);
};

export const benchPeople = async (folder: string): Promise<readonly Row[]> => [
  ...(await sealingRows(join(folder, 'sealing'))),
  await openingRow(join(folder, 'opening')),
];
