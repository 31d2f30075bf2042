/** A person is forgotten: nothing opens any more, everything else stays as it was. */
import { describe, expect, test, vi } from 'vitest';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { KeysHeldError, type Purging } from '../../src/ledger/ports.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { type KeyStore, openKeyStore } from '../../src/privacy/key-store.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { anna, bram, farOff, looking, placement, referral, step } from '../support/people.ts';
import { id } from '../support/scenario.ts';

const validFrom = { latest: '2017-01-01' };

/** Anna was referred and placed, Bram was referred. */
const withTwo = async (made: TestLedger): Promise<TestLedger> => {
  await made.take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
  await made.take('record-referral', referral());
  await made.take('record-referral-step', step('referral', 'chosen'));
  await made.take('record-placement', placement());
  await made.take(
    'record-referral',
    referral({ referralId: id('second'), personId: bram, details: farOff }),
  );
  return made;
};

const forget = ({ take }: TestLedger, personId = anna) => take('erase-person', { personId });

/** Every answer that shows persons, without the marks that say what is gone. */
const answers = async ({ ledger }: TestLedger, knownAt?: string): Promise<unknown> => {
  const told = [];
  for (const question of ['referrals', 'placements', 'circumstances', 'placement-counts'])
    told.push((await ledger.ask({ question, validAt: '2026-06-01', knownAt })).items);
  return JSON.parse(
    JSON.stringify(told)
      .replaceAll('"erased":true', '"erased":false')
      .replaceAll(',"erased":false', ''),
  ) as unknown;
};

/** Anna, while she is not forgotten. */
const known = ({ ledger }: TestLedger) => ledger.personOf(anna) as { readonly person: string };

const gone = { problem: { refusal: { code: 'erased' } } };

describe('after a person is forgotten', () => {
  test('what was sealed reads as erased, whoever asks, at every moment', async () => {
    const made = await withTwo(await testLedger());
    const before = String(made.log.head().sequence);
    await forget(made);
    for (const knownAt of [undefined, before])
      for (const opening of [undefined, looking()]) {
        const { items } = await made.ledger.ask({ question: 'referrals', knownAt, opening });
        expect(items[0]).toMatchObject({ erased: true, steps: [{ erased: true }] });
        expect(items[0]).not.toHaveProperty('details');
        expect(items[1]).not.toHaveProperty('erased');
      }
    const { items } = await made.ledger.ask({ question: 'referrals', opening: looking() });
    expect(items[1]).toMatchObject({ sealed: false, details: farOff });
  });

  test('lists, counts and their order are as they were', async () => {
    const made = await withTwo(await testLedger());
    const before = await answers(made);
    const knownAt = String(made.log.head().sequence);
    await forget(made);
    expect(await answers(made)).toEqual(before);
    expect(await answers(made, knownAt)).toEqual(before);
  });

  test('nothing more is recorded of this person, nor is a key made', async () => {
    const store = openKeyStore(':memory:');
    const made = await withTwo(await testLedger(openMemoryLog(), store));
    await forget(made);
    const head = made.log.head().sequence;
    const added: string[] = [];
    const watched = await testLedger(made.log, {
      ...store,
      addAll: (keys) => {
        added.push(...keys.map(({ keyId }) => keyId));
        return store.addAll(keys);
      },
    });
    await expect(
      watched.take('record-referral-step', step('referral', 'chosen')),
    ).rejects.toMatchObject(gone);
    await expect(
      watched.take('record-referral', referral({ referralId: id('new') })),
    ).rejects.toMatchObject(gone);
    await expect(forget(watched)).rejects.toMatchObject(gone);
    expect(added).toEqual([]);
    expect(made.log.head().sequence).toBe(head);
  });

  test('it stands in the log: asked for, done, and who confirmed; not who it is', async () => {
    const confirmed: string[] = [];
    const purged: Purging[] = [
      { name: 'mirror', purge: async (person) => void confirmed.push(person) },
    ];
    const made = await withTwo(await testLedger(openMemoryLog(), undefined, { purged }));
    const { person } = known(made);
    await forget(made);
    const { items } = await made.ledger.ask({ question: 'erasures' });
    expect(items).toMatchObject([
      { status: 'erased', person, confirmedBy: ['read-tables', 'mirror'] },
    ]);
    expect(confirmed).toEqual([person]);
    const text = (await made.log.read('all')).map((e) => e.text).join('\n');
    expect(text).not.toContain(anna);
    await expect(
      made.take('reverse-fact', { event: items[0]!.eventId, reason: 'vergissing' }),
    ).rejects.toMatchObject({ problem: { refusal: { code: 'contradiction' } } });
  });

  test('explanations of what was recorded still fold to the same', async () => {
    const made = await withTwo(await testLedger());
    await forget(made);
    for (const question of ['referrals', 'placements', 'erasures'])
      expect(await made.ledger.explain({ question })).toMatchObject({
        foldedAgain: { same: true },
      });
  });

  test('who looked before is still told', async () => {
    const made = await withTwo(await testLedger());
    await made.ledger.ask({ question: 'referrals', opening: looking() });
    const { person } = known(made);
    await forget(made);
    await made.ledger.ask({ question: 'referrals', opening: looking() });
    expect(made.ledger.looks(person, 9)).toHaveLength(1);
    expect(made.ledger.personOf(anna)).toBe('erased');
  });
});

describe('who cannot be forgotten', () => {
  test.each([
    ['of whom nothing is recorded', 'not-found', {}],
    ['on another day', 'contradiction', { validFrom: { latest: '2030-01-01' } }],
    [
      'by a source',
      'contradiction',
      { mode: 'register', evidence: [{ source: 'S0', basis: 'stated' }] },
    ],
  ])('%s', async (_why, code, more) => {
    const made = await testLedger();
    if (code === 'contradiction') await withTwo(made);
    const head = made.log.head().sequence;
    await expect(made.take('erase-person', { personId: anna }, more)).rejects.toMatchObject({
      problem: { refusal: { code } },
    });
    expect(made.log.head().sequence).toBe(head);
    expect(made.ledger.personOf(anna)).not.toBe('erased');
  });
});

test('a preview of it destroys nothing', async () => {
  const made = await withTwo(await testLedger());
  const commands = [{ command: 'erase-person', body: { personId: anna } }];
  const told = await made.ledger.preview({ commands, actor: { id: 'a', office: 'registrar' } });
  expect(told.items).toMatchObject([
    { question: 'erasures', change: 'added' },
    { question: 'retention', change: 'changed', after: { status: 'erased' } },
  ]);
  expect(made.ledger.personOf(anna)).not.toBe('erased');
  await forget(made);
});

test('a command that is under way when its person is forgotten is not recorded', async () => {
  const made = await withTwo(await testLedger());
  const steps = Array.from({ length: 8 }, () =>
    made
      .take(
        'record-referral-step',
        step('referral', 'loonwaarde-estimated', { loonwaardePercent: '50' }),
      )
      .then(
        () => 'recorded',
        () => 'refused',
      ),
  );
  const [, ...outcomes] = await Promise.all([forget(made), ...steps]);
  const { log } = made;
  const events = await log.read('all');
  const asked = events.find((e) => e.entry.type === 'PersonErasureRequested')!.sequence;
  const later = events.filter((e) => e.sequence > asked && e.entry.sealed !== undefined);
  expect(later).toEqual([]);
  const recorded = events.filter((e) => e.entry.type === 'ReferralStepRecorded').length - 1;
  expect(outcomes.filter((o) => o === 'recorded')).toHaveLength(recorded);
});

/** What fails the first time, and where. */
const breaking = (at: string) => {
  let broken = false;
  return (where: string): void => {
    if (where !== at || broken) return;
    broken = true;
    throw new Error(`cut off at ${where}`);
  };
};

test('what could not be done is tried again by itself, until it is', async () => {
  const keys = openKeyStore(':memory:');
  let held = 2;
  const store: KeyStore = {
    ...keys,
    destroy: (keyId) => {
      const wasThere = keys.destroy(keyId);
      held -= 1;
      if (held >= 0) throw new KeysHeldError();
      return wasThere;
    },
  };
  const reports: unknown[] = [];
  const report = (error: unknown): void => void reports.push(error);
  const made = await withTwo(await testLedger(undefined, store, { report, again: 1 }));
  await forget(made);
  const status = async () => (await made.ledger.ask({ question: 'erasures' })).items;
  expect(await status()).toMatchObject([{ status: 'requested' }]);
  await vi.waitFor(async () =>
    expect(await made.log.read([{ types: ['PersonErased'] }])).toHaveLength(1),
  );
  expect(reports).toHaveLength(2);
});

test('a log that could not be read once does not keep who is forgotten later', async () => {
  const inner = openMemoryLog();
  let fails = false;
  const log: EventLog = {
    ...inner,
    read: async (...given) => {
      if (fails && JSON.stringify(given[0]).includes('PersonErased')) throw new Error('no log');
      return inner.read(...given);
    },
  };
  const made = await withTwo(await testLedger(log));
  fails = true;
  await expect(made.ledger.forget()).rejects.toThrow('no log');
  fails = false;
  await forget(made);
  expect((await made.ledger.ask({ question: 'erasures' })).items).toMatchObject([
    { status: 'erased' },
  ]);
});

describe('cut off at any step, it is taken up again', () => {
  test.each(['destroy', 'first reader', 'last reader', 'done'])('%s', async (at) => {
    const fails = breaking(at);
    const [inner, keys] = [openMemoryLog(), openKeyStore(':memory:')];
    const reports: unknown[] = [];
    const store: KeyStore = {
      ...keys,
      destroy: (keyId) => {
        fails('destroy');
        return keys.destroy(keyId);
      },
    };
    const reader = (name: string): Purging => ({
      name,
      purge: async () => fails(`${name} reader`),
    });
    const log = {
      ...inner,
      append: async (...given: Parameters<typeof inner.append>) => {
        if (given[0][0]?.type === 'PersonErased') fails('done');
        return inner.append(...given);
      },
    };
    const purged = [reader('first'), reader('last')];
    const report = (error: unknown): void => void reports.push(error);
    const made = await withTwo(await testLedger(log, store, { purged, report }));
    await forget(made);
    expect(reports).toHaveLength(1);
    const erasures = { question: 'erasures' };
    expect((await made.ledger.ask(erasures)).items).toMatchObject([{ status: 'requested' }]);
    const open = await made.ledger.ask({ question: 'referrals', opening: looking() });
    expect(open.items[0]).toMatchObject({ erased: true });

    const again = await testLedger(log, store, { purged, report });
    await again.ledger.forget();
    expect((await again.ledger.ask(erasures)).items).toMatchObject([{ status: 'erased' }]);
    expect(again.ledger.personOf(anna)).toBe('erased');
    await again.ledger.forget();
    const done = await log.read([{ types: ['PersonErased'] }]);
    expect(done).toHaveLength(1);
  });

  test('a reader that never confirms keeps nobody’s key, nor anybody waiting', async () => {
    const [log, keys] = [openMemoryLog(), openKeyStore(':memory:')];
    const purged: Purging[] = [{ name: 'mirror', purge: () => new Promise(() => undefined) }];
    const reports: unknown[] = [];
    const report = (error: unknown): void => void reports.push(error);
    const more = { purged, report, patience: 20 };
    const made = await withTwo(await testLedger(log, keys, more));
    await forget(made);
    await made.take('erase-person', { personId: bram });
    expect([anna, bram].map(made.ledger.personOf)).toEqual(['erased', 'erased']);
    const { items } = await made.ledger.ask({ question: 'erasures' });
    expect(items).toMatchObject([{ status: 'requested' }, { status: 'requested' }]);
    expect(String(reports[0])).toContain('mirror');
  });
});
