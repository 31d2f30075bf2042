/** Keys that are lost for good: given up by who counted them, and after that the ledger goes on. */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import type { Office } from '../../src/privacy/office.ts';
import { temporaryFolder } from '../support/folders.ts';
import { testLedger } from '../support/ledger.ts';
import { byHand } from '../support/log-files.ts';
import { giveUp, keysIn } from '../support/lost-keys.ts';
import { officeIn } from '../support/office.ts';
import { anna, bram, looking, referral, step } from '../support/people.ts';
import { id } from '../support/scenario.ts';

const carla = id('carla');
const dirk = id('dirk');

const ledgerWith = (log: EventLog, { people, looks }: Office) =>
  testLedger(log, undefined, { people, looks });

const refer = (name: string, personId: string) => referral({ referralId: id(name), personId });

/** What is done with the ledger while its office is open. */
const during = async <T>(
  folder: string,
  log: EventLog,
  act: (made: Awaited<ReturnType<typeof ledgerWith>>, office: Office) => Promise<T>,
): Promise<T> => {
  const office = await officeIn(folder, log);
  try {
    return await act(await ledgerWith(log, office), office);
  } finally {
    office.close();
  }
};

/** Of each referral what is shown to who looks. */
const looked = (folder: string, log: EventLog) =>
  during(folder, log, async ({ ledger }) => {
    const { items } = await ledger.ask({ question: 'referrals', opening: looking() });
    return items.map(({ erased, keyUnknown, details }) =>
      erased === true ? 'erased' : keyUnknown === true ? 'unknown' : details && 'open',
    );
  });

/** Every answer to who does not look, every event, and the tree over them. */
const shown = (folder: string, log: EventLog) =>
  during(folder, log, async ({ ledger, prover }) => {
    const answers: unknown[] = [];
    for (const { question } of projections) answers.push((await ledger.ask({ question })).items);
    return {
      answers,
      tree: prover.proofs.latest().note.split('\n').slice(0, 3),
      events: (await log.read('all')).map(({ text }) => text),
    };
  });

/**
 * Anna's key is in the older copy of the keys. Since then Bram and Carla were referred, and who
 * else is told; then the office was closed.
 */
const sinceTheCopy = async (
  more: (made: Awaited<ReturnType<typeof ledgerWith>>) => Promise<unknown> = async () => undefined,
) => {
  const [folder, log] = [temporaryFolder(), openMemoryLog()];
  const keys = keysIn(folder);
  await testLedger(log);
  await during(folder, log, async ({ take }) => {
    const validFrom = { latest: '2017-01-01' };
    await take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
    await take('record-referral', refer('anna-1', anna));
  });
  copyFileSync(keys, `${keys}.older`);
  await during(folder, log, async (made) => {
    await made.take('record-referral', refer('bram-1', bram));
    await made.take('record-referral', refer('carla-1', carla));
    await more(made);
  });
  copyFileSync(keys, `${keys}.whole`);
  return {
    folder,
    log,
    keys,
    putBack: (which: 'older' | 'whole') => copyFileSync(`${keys}.${which}`, keys),
    lose: () => rmSync(keys),
  };
};

const recordsNew = (folder: string, log: EventLog, personId = dirk) =>
  during(folder, log, ({ take }) => take('record-referral', refer(`new-${personId}`, personId)));

const unavailable = { problem: { code: 'unavailable' } };

describe('given keys put back from an older copy', () => {
  test('when as many are given up as are lacking, then new persons can be recorded', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    putBack('older');
    await expect(recordsNew(folder, log)).rejects.toMatchObject(unavailable);
    const { accepted } = await giveUp(folder, log, 2);
    expect(accepted).toMatchObject({ lost: [expect.any(String), expect.any(String)], erased: [] });
    await recordsNew(folder, log);
    expect(await looked(folder, log)).toEqual(['open', 'unknown', 'unknown', 'open']);
  });

  test('then it is told how many since when, at each start, and nothing is lacking', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    putBack('older');
    const { accepted } = await giveUp(folder, log, 2);
    for (let start = 0; start < 2; start += 1)
      await during(folder, log, async (_, { missing, losses }) => {
        expect(missing).toEqual([]);
        expect(losses).toEqual([{ acceptedAt: accepted!.acceptedAt, keys: 2 }]);
      });
  });

  test('then what is shown, counted and proven is as it was', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    putBack('older');
    const before = await shown(folder, log);
    await giveUp(folder, log, 2);
    expect(before.tree).toHaveLength(3);
    expect(await shown(folder, log)).toEqual(before);
  });

  test.each([1, 3])(
    'when %d are given up and 2 are lacking, then nothing changes',
    async (count) => {
      const { folder, log, putBack } = await sinceTheCopy();
      putBack('older');
      expect(await giveUp(folder, log, count)).toEqual({ lacking: 2 });
      await expect(recordsNew(folder, log)).rejects.toMatchObject(unavailable);
      await during(folder, log, async (_, { losses }) => expect(losses).toEqual([]));
    },
  );

  test('when more get lost afterwards, then these are counted alone', async () => {
    const { folder, log, keys, putBack } = await sinceTheCopy();
    putBack('older');
    await giveUp(folder, log, 2);
    copyFileSync(keys, `${keys}.older`);
    await recordsNew(folder, log);
    putBack('older');
    await expect(recordsNew(folder, log, id('else'))).rejects.toMatchObject(unavailable);
    await giveUp(folder, log, 1);
    await during(folder, log, async (_, { losses }) =>
      expect(losses.map(({ keys: count }) => count)).toEqual([2, 1]),
    );
  });

  test('a person of a lost key who is recorded again is another one to the ledger', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    const reference = () => during(folder, log, async ({ ledger }) => ledger.personOf(bram));
    const before = await reference();
    putBack('older');
    await giveUp(folder, log, 2);
    expect(await reference()).toBeUndefined();
    const about = { referralId: id('bram-1'), personId: bram };
    await expect(
      during(folder, log, ({ take }) =>
        take('record-referral-step', { ...step('referral', 'chosen'), ...about }),
      ),
    ).rejects.toMatchObject({ problem: { code: 'refused' } });
    await recordsNew(folder, log, bram);
    expect(await reference()).not.toEqual(before);
    expect(await looked(folder, log)).toEqual(['open', 'unknown', 'unknown', 'open']);
  });
});

describe('given a file of keys that is gone', () => {
  test('when all are given up, then the ledger starts and new persons are recorded', async () => {
    const { folder, log, lose } = await sinceTheCopy();
    lose();
    await expect(officeIn(folder, log)).rejects.toMatchObject({ name: 'KeysLostError', count: 3 });
    expect((await giveUp(folder, log, 3)).accepted?.lost).toHaveLength(3);
    await recordsNew(folder, log);
    expect(await looked(folder, log)).toEqual(['unknown', 'unknown', 'unknown', 'open']);
  });

  test('when the number is wrong, then there is no file, and no start', async () => {
    const { folder, log, keys, lose } = await sinceTheCopy();
    lose();
    expect(await giveUp(folder, log, 2)).toEqual({ lacking: 3 });
    expect(existsSync(keys)).toBe(false);
    await expect(officeIn(folder, log)).rejects.toThrow('not there');
  });

  test('and the wrapping key with it, when all are given up, then there is a new one', async () => {
    const { folder, log, lose } = await sinceTheCopy();
    lose();
    rmSync(join(folder, 'office', 'wrapping-key'));
    await giveUp(folder, log, 3);
    await recordsNew(folder, log);
    expect(await looked(folder, log)).toEqual(['unknown', 'unknown', 'unknown', 'open']);
  });
});

describe('given nothing that is lacking', () => {
  test.each(['whole', 'new'])(
    'when keys are given up of a %s office, then nothing is done',
    async (which) => {
      const whole = await sinceTheCopy();
      const empty = { folder: temporaryFolder(), log: openMemoryLog() };
      const { folder, log } = which === 'whole' ? whole : empty;
      expect(await giveUp(folder, log, 1)).toEqual({ lacking: 0 });
      expect(existsSync(keysIn(folder))).toBe(which === 'whole');
    },
  );
});

describe('given persons who were erased after the copy', () => {
  const erasedSince = () =>
    sinceTheCopy(async ({ take }) => {
      await take('erase-person', { personId: anna });
      await take('erase-person', { personId: bram });
    });

  test('when keys are given up, then they stay erased, and are not counted as lost', async () => {
    const { folder, log, putBack } = await erasedSince();
    putBack('older');
    const { accepted } = await giveUp(folder, log, 2);
    expect([accepted!.lost.length, accepted!.erased.length]).toEqual([1, 1]);
    expect(await looked(folder, log)).toEqual(['erased', 'erased', 'unknown']);
    await during(folder, log, async ({ ledger }, { people, losses }) => {
      expect(people.openersOf(accepted!.erased).get(accepted!.erased[0]!)).toBe('erased');
      expect(people.openersOf(accepted!.lost).get(accepted!.lost[0]!)).toBe('unknown');
      expect(losses).toMatchObject([{ keys: 1 }]);
      expect((await ledger.ask({ question: 'erasures' })).items).toMatchObject([
        { status: 'erased' },
        { status: 'erased' },
      ]);
    });
  });

  test('when only marks are lacking, then nobody new is recorded until that is accepted', async () => {
    const { folder, log, keys } = await erasedSince();
    // As of a copy that has everybody but Bram, whose key and marks it lacks.
    byHand(keys, (db) => {
      const { reference } = db.prepare('SELECT reference FROM keys').get() as { reference: string };
      db.prepare('DELETE FROM erased_persons WHERE reference <> ?').run(reference);
      db.exec(`DELETE FROM erased_keys; DELETE FROM meta WHERE name = 'checked-up-to'`);
    });
    await expect(recordsNew(folder, log)).rejects.toMatchObject(unavailable);
    await expect(recordsNew(folder, log)).rejects.toMatchObject(unavailable);
    const { accepted } = await giveUp(folder, log, 2);
    expect([accepted!.lost.length, accepted!.erased.length]).toEqual([0, 2]);
    await recordsNew(folder, log);
    expect(await looked(folder, log)).toEqual(['erased', 'erased', 'open', 'open']);
  });

  test('and whose file is gone, when all are given up, then they stay erased', async () => {
    const { folder, log, lose } = await erasedSince();
    lose();
    const { accepted } = await giveUp(folder, log, 3);
    expect([accepted!.lost.length, accepted!.erased.length]).toEqual([1, 2]);
    expect(await looked(folder, log)).toEqual(['erased', 'erased', 'unknown']);
  });

  test('whose erasure was asked for and not done, then it is finished, and they are erased', async () => {
    const { folder, log, lose } = await sinceTheCopy();
    await during(folder, log, async (_, { people, looks }) => {
      const destroy = (): never => {
        throw new Error('cut off');
      };
      const cut = { people: { ...people, destroy }, looks, report: () => undefined };
      await (await testLedger(log, undefined, cut)).take('erase-person', { personId: carla });
    });
    expect(await log.read([{ types: ['PersonErased'] }])).toEqual([]);
    lose();
    expect((await giveUp(folder, log, 3)).accepted?.erased).toHaveLength(1);
    await during(folder, log, ({ ledger }) => ledger.forget());
    expect(await log.read([{ types: ['PersonErased'] }])).toHaveLength(1);
    expect(await looked(folder, log)).toEqual(['unknown', 'unknown', 'erased']);
  });

  test('they can be recorded again: by their id nobody knows them any more', async () => {
    const { folder, log, putBack } = await erasedSince();
    putBack('older');
    await giveUp(folder, log, 2);
    await recordsNew(folder, log, bram);
    expect(await looked(folder, log)).toEqual(['erased', 'erased', 'unknown', 'open']);
    // Her key was in the copy, so her mark could be made again.
    await expect(recordsNew(folder, log, anna)).rejects.toMatchObject({
      problem: { refusal: { code: 'erased' } },
    });
  });
});

describe('given a better copy that turns up after all', () => {
  test('when it is put back, then what it can open opens, given up or not', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    putBack('older');
    await giveUp(folder, log, 2);
    putBack('whole');
    expect(await looked(folder, log)).toEqual(['open', 'open', 'open']);
    await during(folder, log, async (_, { missing, losses }) =>
      expect([missing, losses]).toEqual([[], []]),
    );
  });

  test('and new persons were recorded meanwhile, then their keys are lacking', async () => {
    const { folder, log, putBack } = await sinceTheCopy();
    putBack('older');
    await giveUp(folder, log, 2);
    await recordsNew(folder, log);
    putBack('whole');
    await during(folder, log, async (_, { missing }) => expect(missing).toHaveLength(1));
    expect(await looked(folder, log)).toEqual(['open', 'open', 'open', 'unknown']);
  });

  test('when its keys are put beside the note that they were given up, then they open', async () => {
    const { folder, log, keys, putBack } = await sinceTheCopy();
    putBack('older');
    await giveUp(folder, log, 2);
    byHand(keys, (db) => {
      db.exec(`ATTACH '${keys}.whole' AS better`);
      db.exec('INSERT OR IGNORE INTO keys SELECT * FROM better.keys');
    });
    expect(await looked(folder, log)).toEqual(['open', 'open', 'open']);
    await during(folder, log, async (_, { losses }) => expect(losses).toEqual([]));
  });

  test('when it is of before somebody was erased, then nobody comes back', async () => {
    const { folder, log, keys, putBack } = await sinceTheCopy();
    await during(folder, log, ({ take }) => take('erase-person', { personId: bram }));
    putBack('older');
    await giveUp(folder, log, 2);
    renameSync(`${keys}.whole`, keys);
    expect(await looked(folder, log)).toEqual(['open', 'erased', 'open']);
    await expect(recordsNew(folder, log, bram)).rejects.toMatchObject({
      problem: { refusal: { code: 'erased' } },
    });
  });
});

test('cut off while it is noted, all keys are given up or none', async () => {
  const { folder, log, keys, putBack } = await sinceTheCopy();
  putBack('older');
  openKeyStore(keys).close();
  byHand(keys, (db) =>
    db.exec(`CREATE TRIGGER half BEFORE INSERT ON lost_keys
      WHEN (SELECT count(*) FROM lost_keys) = 1 BEGIN SELECT RAISE(ABORT, 'disk full'); END`),
  );
  await expect(giveUp(folder, log, 2)).rejects.toThrow('disk full');
  byHand(keys, (db) => {
    for (const table of ['losses', 'lost_keys'])
      expect(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
    db.exec('DROP TRIGGER half');
  });
  await expect(recordsNew(folder, log)).rejects.toMatchObject(unavailable);
  expect((await giveUp(folder, log, 2)).accepted?.lost).toHaveLength(2);
});

test('what is noted names no person, and says why', async () => {
  const { folder, log, keys, putBack } = await sinceTheCopy();
  putBack('older');
  await giveUp(folder, log, 2);
  expect(readFileSync(keys).includes(bram)).toBe(false);
  byHand(keys, (db) =>
    expect(db.prepare('SELECT accepted_at, reason FROM losses').all()).toEqual([
      { accepted_at: expect.stringMatching(/^2026-.*Z$/) as string, reason: 'schijf stuk' },
    ]),
  );
});
