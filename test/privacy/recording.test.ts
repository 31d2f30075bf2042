/** Recording about a person: sealed before it is stored, known again, and opened for who asks. */
import { describe, expect, test } from 'vitest';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import { newKey, opened, type TestLedger, testLedger } from '../support/ledger.ts';
import { anna, bram, farOff, looking, referral, step } from '../support/people.ts';
import { id } from '../support/scenario.ts';

const planted = { ...farOff, estimatedLoonwaardePercent: '37.1948' };

const withMember = async (made: TestLedger): Promise<TestLedger> => {
  const body = { municipality: 'gm0828', name: 'Oss' };
  await made.take('join-member', body, { validFrom: { latest: '2017-01-01' } });
  return made;
};

const asked = (key: string, body: Record<string, unknown>) => ({
  command: 'record-referral',
  body,
  key,
  actor: { id: 'test', office: 'registrar' },
});

const textOf = async (log: EventLog): Promise<string> =>
  (await log.read('all')).map(({ text }) => text).join('\n');

describe('an event about a person', () => {
  test('holds neither the person nor the value, in log or in answers, until it is opened', async () => {
    const { ledger, log, take } = await withMember(await testLedger());
    await take('record-referral', referral({ details: planted }));
    const question = { question: 'referrals', withBasis: true };
    const told = JSON.stringify([
      await textOf(log),
      await ledger.ask(question),
      await ledger.askOne({ question: 'referrals', thing: id('referral') }),
      await ledger.explain(question),
      await ledger.differences(question, { knownAt: '-1' }, {}),
      await ledger.timeline({}, 100),
    ]);
    expect(told).not.toMatch(/37\.1948|supply-led|voortraject/);
    expect(told).not.toContain(anna);
    const { items } = await ledger.ask({ ...question, opening: looking() });
    expect(items).toMatchObject([{ sealed: false, details: planted, remarks: [] }]);
  });

  test('has two sealed fields under its own key, alike in shape for whatever is in them', async () => {
    const { log, take } = await withMember(await testLedger());
    await take('record-referral', referral({ details: planted }));
    await take('record-referral-step', step('referral', 'chosen'));
    await take('record-referral', referral({ referralId: id('second'), personId: bram }));
    const sealed = (await log.read('all')).flatMap(({ entry }) => entry.sealed ?? []);
    expect(sealed.map(({ field }) => field)).toEqual([
      'details',
      'remarks',
      'details',
      'remarks',
      'details',
      'remarks',
    ]);
    expect(new Set(sealed.map(({ sealed: text }) => text.length)).size).toBe(1);
    expect(new Set(sealed.map(({ nonce }) => nonce)).size).toBe(6);
    expect(new Set(sealed.map(({ key }) => key)).size).toBe(2);
  });

  test('the decider sees what was sealed before: a step after a decline is refused', async () => {
    const { take } = await withMember(await testLedger());
    await take('record-referral', referral({ details: planted }));
    await take('record-referral-step', step('referral', 'declined'));
    await expect(take('record-referral-step', step('referral', 'chosen'))).rejects.toMatchObject({
      problem: { refusal: { code: 'contradiction' } },
    });
  });

  test('what is wrong with it is told without repeating it', async () => {
    const { take } = await withMember(await testLedger());
    const wrong = [
      referral({ details: { ...planted, estimatedLoonwaardePercent: '137.1948' } }),
      referral({ details: { ...planted, 'Anna Jansen': true } }),
      { ...referral(), 'Anna Jansen': true },
      referral({ details: { ...planted, route: 'Anna Jansen' } }),
      referral({ personId: 'Anna Jansen' }),
    ];
    for (const body of wrong) {
      const error: unknown = await take('record-referral', body).catch((e: unknown) => e);
      expect(error).toMatchObject({ problem: { code: 'invalid' } });
      expect(`${JSON.stringify(error)}${String(error)}`).not.toMatch(/37\.1948|Jansen/);
    }
  });
});

describe('the same command', () => {
  test('sent twice gives the same events, once', async () => {
    const { ledger, log } = await withMember(await testLedger());
    const request = asked(newKey(), referral());
    const first = await ledger.record(request);
    const head = log.head().sequence;
    expect(await ledger.record(request)).toMatchObject({ events: first.events, repeated: true });
    expect(log.head().sequence).toBe(head);
  });

  test('with other details, or about another person, is another command', async () => {
    const { ledger } = await withMember(await testLedger());
    const key = newKey();
    await ledger.record(asked(key, referral()));
    for (const more of [{ details: planted }, { personId: bram }])
      await expect(ledger.record(asked(key, referral(more)))).rejects.toMatchObject({
        problem: { code: 'key-reused' },
      });
  });
});

describe('the key comes before the event', () => {
  test('a write that fails leaves a key and no event; the command then succeeds under it', async () => {
    const inner = openMemoryLog();
    await inner.append([opened()]);
    let failing = false;
    const log: EventLog = {
      ...inner,
      append: async (...given) => {
        if (failing) throw new Error('no power');
        return inner.append(...given);
      },
    };
    const added: string[] = [];
    const store = openKeyStore(':memory:');
    const made = await withMember(
      await testLedger(log, {
        ...store,
        addAll: (keys) => {
          added.push(...keys.map(({ keyId }) => keyId));
          return store.addAll(keys);
        },
      }),
    );
    const request = asked(newKey(), referral());
    failing = true;
    await expect(made.ledger.record(request)).rejects.toThrow('no power');
    failing = false;
    await made.ledger.record(request);
    expect(added).toHaveLength(1);
    const sealed = (await log.read('all')).flatMap(({ entry }) => entry.sealed ?? []);
    expect(new Set(sealed.map(({ key }) => key))).toEqual(new Set(added));
  });

  test('a key that cannot be kept leaves no event', async () => {
    const store = openKeyStore(':memory:');
    const broken = {
      ...store,
      addAll: () => {
        throw new Error('disk full');
      },
    };
    const { take, log } = await withMember(await testLedger(openMemoryLog(), broken));
    const head = log.head().sequence;
    await expect(take('record-referral', referral())).rejects.toThrow('disk full');
    expect(log.head().sequence).toBe(head);
  });

  test('a refused command makes no key', async () => {
    const store = openKeyStore(':memory:');
    let adds = 0;
    const counting = {
      ...store,
      addAll: (keys: Parameters<typeof store.addAll>[0]) => {
        adds += 1;
        return store.addAll(keys);
      },
    };
    const { take } = await withMember(await testLedger(openMemoryLog(), counting));
    const refused = referral({ municipality: 'gm9999' });
    await expect(take('record-referral', refused)).rejects.toMatchObject({ problem: {} });
    expect(adds).toBe(0);
  });

  test('commands about a new person at the same moment get one key', async () => {
    const { ledger, take } = await withMember(await testLedger());
    const names = ['a', 'b', 'c', 'd'].map(id);
    await Promise.all(names.map((referralId) => take('record-referral', referral({ referralId }))));
    const { items } = await ledger.ask({ question: 'referrals' });
    expect(items).toHaveLength(4);
    expect(new Set(items.map(({ person }) => person)).size).toBe(1);
  });

  test('keys of several new persons are waited for together', async () => {
    const store = openKeyStore(':memory:');
    const together: number[] = [];
    const counting = {
      ...store,
      addAll: (keys: Parameters<typeof store.addAll>[0]) => {
        together.push(keys.length);
        return store.addAll(keys);
      },
    };
    const { take } = await withMember(await testLedger(openMemoryLog(), counting));
    const names = ['a', 'b', 'c', 'd'].map(id);
    await Promise.all(
      names.map((name) => take('record-referral', referral({ referralId: name, personId: name }))),
    );
    expect(together).toEqual([4]);
  });
});
