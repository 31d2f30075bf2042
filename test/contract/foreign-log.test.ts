/** Files that are not this ledger's log: refused, told why, and left as they were. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ForeignLogError, InvalidEntryError } from '../../src/ledger/event-log.ts';
import { openSqliteLog, type SqliteLogOptions } from '../../src/log/sqlite.ts';
import { ledgerId, ledgerOpened } from '../support/entries.ts';
import { byHand, madeLog, newFile, open } from '../support/log-files.ts';

const another = 'ffeeddccbbaa99887766554433221100';

describe('not this log', () => {
  const refuses = (options: SqliteLogOptions, ...words: readonly string[]): void => {
    let error: unknown;
    try {
      open(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ForeignLogError);
    for (const word of words) expect((error as Error).message).toContain(word);
    // The lock is free again: the same refusal, not "held by another process".
    expect(() => openSqliteLog(options)).toThrow(ForeignLogError);
  };

  test('a database of something else, left as it was', () => {
    const file = newFile();
    byHand(file, (db) => db.exec('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)'));
    const before = readFileSync(file);
    refuses({ file }, file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a database with the mark of another application', () => {
    const file = newFile();
    byHand(file, (db) => db.exec('PRAGMA application_id = 7'));
    refuses({ file });
  });

  test('a text file, short or long, left as it was', () => {
    for (const text of ['x', 'not a database\n'.repeat(1000)]) {
      const file = newFile();
      writeFileSync(file, text);
      refuses({ file });
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  test('tables of a later version', async () => {
    const file = await madeLog(1);
    byHand(file, (db) => db.exec('PRAGMA user_version = 99'));
    refuses({ file }, '99');
  });

  test('another ledger: both are named', async () => {
    const file = await madeLog(2);
    refuses({ file, ledgerId: another }, ledgerId, another);
    const log = open({ file, ledgerId });
    expect(log.head().sequence).toBe(1);
  });

  test('another ledger, while there is no event yet', async () => {
    const file = newFile();
    const log = open({ file, ledgerId: another });
    await expect(log.append([ledgerOpened()])).rejects.toThrow(InvalidEntryError);
    await log.close();
    refuses({ file, ledgerId }, ledgerId, another);
    const right = open({ file, ledgerId: another });
    const outcome = await right.append([ledgerOpened({ data: { ledgerId: another } })]);
    expect(outcome).toMatchObject({ first: 0 });
  });

  test.each([0, 2, 3])('a gap at %i', async (sequence) => {
    const file = await madeLog(5);
    byHand(file, (db) => db.prepare('DELETE FROM events WHERE sequence = ?').run(sequence));
    refuses({ file }, 'gap');
  });

  test('a beginning that is not LedgerOpened', async () => {
    const file = await madeLog(3);
    byHand(file, (db) =>
      db.exec('DELETE FROM events WHERE sequence = 0; UPDATE events SET sequence = sequence - 1'),
    );
    refuses({ file }, 'MemberJoined');
  });

  test('a type that this program does not know', async () => {
    const file = await madeLog(2);
    byHand(file, (db) =>
      db.exec(`UPDATE events SET text = replace(text, 'MemberJoined', 'MemberMoved')
        WHERE sequence = 1; DELETE FROM meta WHERE name = 'tagsVersion'`),
    );
    refuses({ file }, 'event 1', 'MemberMoved');
  });
});
