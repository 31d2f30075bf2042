/** Folding in a thread of its own gives what folding here gives, and never good by itself. */
import { describe, expect, test } from 'vitest';
import { openFolding, type PageFolding } from '../../src/join/fold-thread.ts';
import type { Compared } from '../../src/join/folding.ts';
import { bundleOf } from '../../src/proof/bundle.ts';
import { noProgress } from '../../src/proof/claims.ts';
import { ProofError, UnreadError } from '../../src/proof/proof-error.ts';
import { tarSource } from '../../src/proof/tar.ts';
import { type EntryPage, verifyFiles } from '../../src/proof/verify.ts';
import { exported } from '../support/exports.ts';
import { historyLedger } from '../support/ledger.ts';

const nobody = { keys: [], witnesses: [], receipts: [], accepted: () => undefined };

const ways = [
  ['here', Infinity],
  ['in a thread', 0],
] as const;

const comparedBy = async (archive: Buffer, fold: PageFolding): Promise<Compared> => {
  const source = tarSource(
    (async function* () {
      yield archive;
    })(),
  );
  try {
    return await fold.compare(await verifyFiles(source, nobody, noProgress(), fold.take));
  } finally {
    await fold.close();
  }
};

const pageOf = (from: number, ...texts: readonly string[]): EntryPage => {
  const entries = texts.map((text) => Buffer.from(text));
  return { entries, bundle: bundleOf(entries), from, size: from + texts.length };
};

test('both ways compare the real history alike', async () => {
  const archive = await exported(await historyLedger());
  const [here, apart] = await Promise.all(
    ways.map(([, threadFrom]) => comparedBy(archive, openFolding(threadFrom))),
  );
  expect(here!.same).toBeGreaterThan(300);
  expect(here!.different).toEqual([]);
  expect(apart).toEqual(here);
});

describe.each(ways)('folding %s', (_, threadFrom) => {
  test('says which event is none, and goes on saying it', async () => {
    const fold = openFolding(threadFrom);
    const failed = expect.objectContaining({ message: 'gebeurtenis 7 is geen JSON' });
    const taken = async () => {
      await fold.take(pageOf(7, 'x'));
      await fold.settled();
    };
    await expect(taken()).rejects.toEqual(failed);
    await expect(taken()).rejects.toBeInstanceOf(ProofError);
    await fold.close();
  });

  test('compares nothing with a manifest that tells no answers', async () => {
    const fold = openFolding(threadFrom);
    await expect(fold.compare({})).rejects.toThrow('noemt zijn antwoorden niet');
    await fold.close();
  });
});

test('a thread that has ended is an error, not an answer', async () => {
  const fold = openFolding(0);
  await fold.take(pageOf(0, '{}'));
  await fold.close();
  await expect(fold.settled()).rejects.toThrow('is geëindigd');
  await expect(fold.compare({})).rejects.toBeInstanceOf(UnreadError);
});
