/** What only the log in a file can do, or suffer. */
import { afterEach, describe, expect, test } from 'vitest';
import { canonicalText, tagsVersion } from '../../events/index.ts';
import { InvalidEntryError, LogUnavailableError } from '../../src/ledger/event-log.ts';
import { type Child, startChild } from '../support/children.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { byHand, madeLog, newFile, open } from '../support/log-files.ts';

const ofOss = [{ tags: ['municipality:gm0828'] }];

const children: Child[] = [];
const holder = (file: string): Child => {
  const child = startChild('./holder.ts', file);
  children.push(child);
  return child;
};
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

describe('opened again', () => {
  test('has the same bytes, head and index, and goes on', async () => {
    const file = newFile();
    const entries = [ledgerOpened(), memberJoined(), memberJoined()];
    const log = open({ file });
    await log.append(entries);
    const head = log.head();
    await log.close();
    const again = open({ file });
    expect(again.head()).toEqual(head);
    expect((await again.read('all')).map((e) => e.text)).toEqual(entries.map(canonicalText));
    expect((await again.read(ofOss)).map((e) => e.sequence)).toEqual([1, 2]);
    await expect(again.append([entries[1]!])).rejects.toThrow(InvalidEntryError);
    const early = memberJoined({ recordedAt: '2025-01-01T00:00:00.000Z' });
    expect(await again.append([early])).toEqual({ outcome: 'clock' });
    expect(await again.append([memberJoined()])).toMatchObject({ first: 3 });
  });

  test('is a database with a write-ahead log', async () => {
    const file = await madeLog(1);
    expect(byHand(file, (db) => db.prepare('PRAGMA journal_mode').get())).toEqual({
      journal_mode: 'wal',
    });
  });

  test('makes the tag index anew when tags have changed since', async () => {
    const file = await madeLog(4);
    const spoilt = (version: string): void =>
      byHand(file, (db) => {
        db.exec("DELETE FROM tags; INSERT INTO tags VALUES ('municipality:gm0001', 1)");
        db.prepare("UPDATE meta SET value = ? WHERE name = 'tagsVersion'").run(version);
      });
    spoilt(String(tagsVersion));
    const trusting = open({ file });
    expect(await trusting.read(ofOss)).toEqual([]);
    await trusting.close();
    for (const version of [String(tagsVersion - 1), String(tagsVersion + 1), 'being made']) {
      spoilt(version);
      expect(() => open({ file, readOnly: true })).toThrow(LogUnavailableError);
      const log = open({ file });
      expect((await log.read(ofOss)).map((e) => e.sequence)).toEqual([1, 2, 3]);
      expect(await log.read([{ tags: ['municipality:gm0001'] }])).toEqual([]);
      await log.close();
    }
  });
});

describe('one process writes', () => {
  test('a second is refused and told who; a killed one leaves no trace', async () => {
    const file = await madeLog(3);
    const first = holder(file);
    await first.said('holds 2');
    expect(() => open({ file })).toThrow(LogUnavailableError);
    expect(() => open({ file })).toThrow(new RegExp(`pid ${first.pid}\\b`));
    await first.kill();
    const log = open({ file });
    expect(await log.append([memberJoined()])).toMatchObject({ first: 3 });
  });

  test('also within one process; closing gives way', async () => {
    const file = await madeLog(1);
    const log = open({ file });
    expect(() => open({ file })).toThrow(LogUnavailableError);
    expect(await log.append([memberJoined()])).toMatchObject({ first: 1 });
    await log.close();
    expect(open({ file }).head().sequence).toBe(1);
  });

  test('others read beside it, and follow', async () => {
    const file = await madeLog(2);
    const writer = open({ file });
    const reader = open({ file, readOnly: true });
    await expect(reader.append([memberJoined()])).rejects.toThrow(LogUnavailableError);
    const abort = new AbortController();
    const seen: number[] = [];
    for await (const followed of reader.follow(0, abort.signal)) {
      if (followed.kind === 'event') seen.push(followed.event.sequence);
      else if (followed.head === 1) await writer.append([memberJoined(), memberJoined()]);
      else abort.abort();
    }
    expect(seen).toEqual([1, 2, 3]);
    expect(reader.head()).toEqual(writer.head());
    expect(await reader.read(ofOss)).toHaveLength(3);
  });

  test('a reader makes no file', () => {
    expect(() => open({ file: newFile(), readOnly: true })).toThrow(LogUnavailableError);
  });
});

describe('commits', () => {
  test('are shared by appends that come together', async () => {
    const log = open({ file: newFile() });
    await log.append([ledgerOpened()]);
    expect(log.commits()).toBe(1);
    await Promise.all(Array.from({ length: 100 }, () => log.append([memberJoined()])));
    expect(log.head().sequence).toBe(100);
    expect(log.commits()).toBe(2);
    for (let i = 0; i < 3; i += 1) await log.append([memberJoined()]);
    expect(log.commits()).toBe(5);
    await log.append([memberJoined()], { failIfEventsMatch: 'all' });
    expect(log.commits()).toBe(5);
  });
});
