/** Money over HTTP: balances that pass on a merger, their basis, and postings page by page. */
import { beforeAll, describe, expect, it } from 'vitest';
import { id } from '../support/scenario.ts';
import { expectProblem, testApp, type TestApp } from './support.ts';

let t: TestApp;
const predecessor = 'gm0856';
const successor = 'gm1991';

const invoice = (number: number) => ({
  invoiceId: id(`i${number}`),
  number: String(number),
  municipality: predecessor,
  amountCents: '100',
  validFrom: '2021-10-01',
});

beforeAll(async () => {
  t = await testApp();
  const more = { validFrom: { earliest: '2017-01-01', latest: '2017-01-01' } };
  await t.take('join-member', { municipality: predecessor, name: 'Uden' }, more);
  for (const n of [1, 2, 3]) {
    const reply = await t.post('/v1/pluspakket-invoices', invoice(n));
    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.headers.location).toBe(`/v1/pluspakket-invoices/${id(`i${n}`)}`);
  }
  await t.take(
    'merge-municipalities',
    { successor, name: 'Maashorst', predecessors: [predecessor] },
    { validFrom: { earliest: '2022-01-01', latest: '2022-01-01' } },
  );
  // Told late: what the predecessor paid before the merger.
  const paid = { municipality: predecessor, amountCents: '40', validFrom: '2021-12-01' };
  expect((await t.post('/v1/payments', paid)).statusCode).toBe(201);
});

const balance = async (code: string, moment: string) =>
  (await t.get(`/v1/balances/${code}-2021?${moment}`)).json<Record<string, unknown>>();

describe('balances', () => {
  it('are of the predecessor before the merger, and of the successor from then on', async () => {
    expect(await balance(predecessor, 'validAt=2021-12-31')).toMatchObject({
      owedCents: '260',
      postings: 8,
    });
    expect((await t.get(`/v1/balances/${successor}-2021?validAt=2021-12-31`)).statusCode).toBe(404);
    expect(await balance(predecessor, 'validAt=2022-01-01')).toMatchObject({
      accounts: [],
      owedCents: '0',
      passedTo: { municipality: successor, since: '2022-01-01', owedCents: '260' },
    });
    expect(await balance(successor, 'validAt=2022-01-01')).toMatchObject({
      owedCents: '260',
      openingCents: '0',
      postings: 8,
      passedFrom: [{ municipality: predecessor, owedCents: '260', postings: 8 }],
    });
  });

  it('as known before the late payment, without it', async () => {
    const head = t.ledger.head().sequence;
    const before = `validAt=2022-01-01&knownAt=${head - 1}`;
    expect(await balance(successor, before)).toMatchObject({ owedCents: '300', postings: 6 });
  });

  it('can be filtered, explained and compared', async () => {
    const of = encodeURIComponent(`balances?municipality=${successor}`);
    const explained = await t.get(`/v1/explanations?of=${of}&validAt=2022-01-01`);
    expect(explained.json()).toMatchObject({ foldedAgain: { same: true } });
    const { events: behind } = explained.json<{ events: readonly { type: string }[] }>();
    expect(behind.map((e) => e.type)).toEqual([
      'MemberJoined',
      ...['PluspakketInvoiced', 'PluspakketInvoiced', 'PluspakketInvoiced'],
      'MunicipalitiesMerged',
      'PaymentMade',
    ]);
    const head = t.ledger.head().sequence;
    const points = `from=2022-01-01@${head - 1}&to=2022-01-01@${head}`;
    const { items, events } = (await t.get(`/v1/differences?of=${of}&${points}`)).json<{
      readonly items: readonly object[];
      readonly events: readonly { readonly type: string }[];
    }>();
    expect(items).toHaveLength(1);
    expect(events.map((e) => e.type)).toEqual(['PaymentMade']);
  });

  it('name the events they rest on; of more than a hundred, the read that lists them', async () => {
    const few = await balance(predecessor, 'validAt=2021-12-31');
    expect(few.basis).toHaveLength(4);
    const reply = await t.get('/v1/balances?validAt=2021-12-31&with=basis&municipality=gm0856');
    expect(reply.json().items[0].basis).toEqual(few.basis);
    const made = await testApp();
    await made.take('join-member', { municipality: predecessor, name: 'Uden' });
    const validFrom = { earliest: '2026-01-01', latest: '2026-01-01' };
    for (let n = 0; n <= 100; n += 1)
      await made.take(
        'make-payment',
        { paymentId: id(`p${1000 + n}`), municipality: predecessor, amountCents: '1' },
        { validFrom },
      );
    const { basisOf } = (await made.get('/v1/balances/gm0856-2026')).json();
    expect(basisOf).toMatchObject({ from: 2, upTo: 102, count: 101 });
    const listed = (await made.get(`/v1/${String(basisOf.query)}&limit=1000`)).json<{
      readonly items: readonly { readonly eventId: string }[];
    }>();
    expect(new Set(listed.items.map((p) => p.eventId)).size).toBe(101);
  });
});

describe('postings', () => {
  interface Page {
    readonly items: readonly { readonly sequence: number; readonly account: string }[];
    readonly next?: string;
  }

  it('come in pages by sequence, each with its event', async () => {
    const all = (await t.get('/v1/postings?validAt=2021-12-31')).json<Page>().items;
    expect(all).toHaveLength(8);
    expect(all[0]).toMatchObject({
      type: 'PluspakketInvoiced',
      municipality: predecessor,
      year: 2021,
      account: 'pluspakket',
      side: 'debit',
      amountCents: '100',
      validFrom: { latest: '2021-10-01' },
    });
    const paged = [];
    let after = '';
    for (;;) {
      const page = (await t.get(`/v1/postings?validAt=2021-12-31&limit=3${after}`)).json<Page>();
      paged.push(...page.items);
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(paged).toEqual(all);
  });

  it('are filtered under the name they were posted', async () => {
    const count = async (query: string) =>
      (await t.get(`/v1/postings?validAt=2022-06-01&${query}`)).json<Page>().items.length;
    expect(await count(`municipality=${predecessor}`)).toBe(8);
    expect(await count(`municipality=${successor}`)).toBe(0);
    expect(await count(`balance=${successor}-2021`)).toBe(8);
    expect(await count(`balance=${successor}-2020`)).toBe(0);
    expect(await count('account=bank')).toBe(1);
    expect(await count('year=2022')).toBe(0);
  });

  it.each(['account=cash', 'year=21', 'after=x', 'limit=0', 'balance=gm1', 'with=basis'])(
    '?%s is 400',
    async (query) => {
      expectProblem(await t.get(`/v1/postings?${query}`), 400, 'invalid');
    },
  );
});

describe('what is refused writes nothing', () => {
  it.each([
    ['/v1/payments', { municipality: 'gm9999', amountCents: '1' }, 409, 'not-a-member'],
    ['/v1/payments', { municipality: predecessor, amountCents: '-1' }, 400, 'invalid'],
    ['/v1/payments', { amountCents: '1' }, 400, 'invalid'],
    ['/v1/booking-years', { year: 2999 }, 409, 'contradiction'],
    ['/v1/corrections', { reason: 'x', postings: [] }, 409, 'nothing-to-do'],
  ])('%s', async (path, body, status, code) => {
    const head = t.ledger.head().sequence;
    expectProblem(await t.post(path, body), status, code);
    expect(t.ledger.head().sequence).toBe(head);
    expect(t.reported).toEqual([]);
  });
});
