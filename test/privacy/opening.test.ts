/** What is sealed is opened for who may, who says what for; and that somebody looked is noted. */
import { beforeEach, describe, expect, test } from 'vitest';
import { LookLogError } from '../../src/ledger/ports.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import { openLookLog } from '../../src/privacy/looks.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { anna, bram, farOff, looking, ready, referral, step } from '../support/people.ts';
import { id } from '../support/scenario.ts';

const long = { latest: '2017-01-01' };
const referrals = { question: 'referrals' };

/** Anna of Oss with a step, Bram of Meierijstad. */
const withTwo = async (made: TestLedger): Promise<TestLedger> => {
  await made.take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom: long });
  await made.take('join-member', { municipality: 'gm1948', name: 'M.' }, { validFrom: long });
  await made.take('record-referral', referral());
  await made.take('record-referral-step', step('referral', 'chosen'));
  const bramId = { referralId: id('second'), personId: bram };
  await made.take(
    'record-referral',
    referral({ ...bramId, municipality: 'gm1948', details: farOff }),
  );
  return made;
};

const personOf = ({ ledger }: TestLedger, personId: string): string => {
  const found = ledger.personOf(personId);
  if (found === undefined || found === 'erased') throw new Error('nobody');
  return found.person;
};

let made: TestLedger;
beforeEach(async () => {
  made = await withTwo(await testLedger());
});

describe('who may look', () => {
  test('sees items and their steps opened', async () => {
    const { items } = await made.ledger.ask({ ...referrals, opening: looking() });
    expect(items).toMatchObject([
      { sealed: false, details: ready, steps: [{ sealed: false, details: { kind: 'chosen' } }] },
      { sealed: false, details: farOff },
    ]);
  });

  test('sees only persons of the municipality that he or she may see', async () => {
    const opening = looking({ may: (municipality) => municipality === 'gm0828' });
    const { items } = await made.ledger.ask({ ...referrals, opening });
    expect(items).toMatchObject([{ sealed: false, steps: [{ sealed: false }] }, { sealed: true }]);
    expect(items[1]).not.toHaveProperty('details');
    expect(made.ledger.looks(personOf(made, bram), 9)).toEqual([]);
  });

  test('sees one thing, an explanation and a difference opened too', async () => {
    const asked = { ...referrals, opening: looking() };
    const one = await made.ledger.askOne({ ...asked, thing: id('second') });
    expect(one.item).toMatchObject({ sealed: false, details: farOff });
    const why = await made.ledger.explain({ ...asked, thing: id('second') });
    expect(why).toMatchObject({
      items: [{ details: farOff }],
      foldedAgain: { same: true, items: [{ details: farOff }] },
    });
    const differences = await made.ledger.differences(asked, { knownAt: '2' }, {});
    expect(JSON.stringify(differences.items)).toContain('"kind":"chosen"');
  });

  test('sees the same items in the same order as who may not', async () => {
    const sealed = await made.ledger.ask(referrals);
    const opened = await made.ledger.ask({ ...referrals, opening: looking() });
    expect(opened.items.map((i) => i.referralId)).toEqual(sealed.items.map((i) => i.referralId));
  });
});

describe('that somebody looked', () => {
  test('is noted once for each person, with purpose, reader and trace', async () => {
    const trace = { traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) };
    await made.ledger.ask({ ...referrals, opening: looking({ trace }) });
    for (const person of [personOf(made, anna), personOf(made, bram)])
      expect(made.ledger.looks(person, 9)).toMatchObject([
        {
          person,
          ...trace,
          action: 'open referrals',
          purpose: 'audit',
          reader: { id: 'looker', office: 'registrar', municipality: 'gm0828' },
        },
      ]);
    const spans = [anna, bram].flatMap((who) => made.ledger.looks(personOf(made, who), 9));
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(2);
  });

  test('comes before anything is opened, and is not noted where nothing is', async () => {
    await made.ledger.ask(referrals);
    await made.ledger.ask({ ...referrals, where: { municipality: 'gm9999' }, opening: looking() });
    await made.ledger.ask({ question: 'members', opening: looking() });
    expect(made.ledger.looks(personOf(made, anna), 9)).toEqual([]);
  });

  test('cannot be noted: then nothing is opened', async () => {
    const looks = {
      note: () => {
        throw new LookLogError('disk full');
      },
      of: () => [],
    };
    const { ledger } = await withTwo(await testLedger(openMemoryLog(), undefined, { looks }));
    const asked = ledger.ask({ ...referrals, opening: looking() });
    await expect(asked).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    expect((await ledger.ask(referrals)).items).toHaveLength(2);
  });

  test('is told with the last one first, and no more than asked for', () => {
    const looks = openLookLog(':memory:', () => '2026-01-01T00:00:00.000Z');
    const person = 'c'.repeat(32);
    const look = { ...looking(), startedAt: '2026-01-01T00:00:00.000Z', persons: [person] };
    for (const action of ['one', 'two', 'three']) looks.note({ ...look, action });
    expect(looks.of(person, 2).map(({ action }) => action)).toEqual(['three', 'two']);
  });
});

test('a key that the office lacks is unknown, not erased', async () => {
  const log = openMemoryLog();
  await withTwo(await testLedger(log));
  const { ledger } = await testLedger(log, openKeyStore(':memory:'));
  const { items } = await ledger.ask({ ...referrals, opening: looking() });
  expect(items).toMatchObject([
    { sealed: true, keyUnknown: true, steps: [{ keyUnknown: true }] },
    { keyUnknown: true },
  ]);
  expect(JSON.stringify(items)).not.toContain('erased');
});
