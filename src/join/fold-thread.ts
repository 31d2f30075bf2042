/**
 * Folding an export in a thread of its own, beside the one that reads and proves it. A small one
 * is folded where it is: a thread takes a while to start.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { entriesIn } from '../proof/bundle.ts';
import { originOf } from '../proof/checkpoint.ts';
import { ProofError, UnreadError } from '../proof/proof-error.ts';
import type { EntryPage } from '../proof/verify.ts';
import { type Compared, folding } from './folding.ts';

export interface PageFolding {
  /** Takes in pages of entries, in order. @throws ProofError for what no ledger records */
  take(page: EntryPage): void | Promise<void>;
  /** Resolves when all pages are in. @throws ProofError */
  settled(): Promise<void>;
  /** @throws ProofError when the export does not say what its answers are */
  compare(manifest: Record<string, unknown>): Promise<Compared>;
  close(): Promise<void>;
}

/** Events from which a thread of its own is worth its start. */
const many = 20_000;

/** Begins when the first page tells how many there are. @param threadFrom so many events */
export const openFolding = (threadFrom = many): PageFolding => {
  let begun: PageFolding | undefined;
  const begin = (size: number): PageFolding =>
    (begun ??= size < threadFrom ? foldingHere() : foldingApart());
  return {
    take: (page) => begin(page.size).take(page),
    settled: async () => begun?.settled(),
    compare: async (manifest) => begin(0).compare(manifest),
    close: async () => begun?.close(),
  };
};

const foldingHere = (): PageFolding => {
  const fold = folding(originOf);
  return {
    take: ({ entries, from }) => fold.take(entries, from),
    settled: async () => undefined,
    compare: async (manifest) => fold.compare(manifest),
    close: async () => undefined,
  };
};

interface Page {
  readonly bundle: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly from: number;
}

/** What the thread is asked, one after the other; it answers each. */
type Asked = { readonly pages: readonly Page[] } | { readonly manifest: Record<string, unknown> };
type Answered =
  | { readonly compared: Compared | undefined }
  | { readonly found: string }
  | { readonly unexpected: string };

/** Tells a thread from any other that runs this file. */
const role = 'ledger-fold';
const megabyte = 1024 * 1024;
/** Bytes that are handed over together: each time the one waits for the other a little. */
const together = megabyte;
/** Bytes that wait for the thread at most, besides those that are handed over. */
const mostWaiting = 8 * megabyte;
/** What is parsed is soon done with: with more room for it, less of it is looked at. */
const youngMegabytes = 64;

/** That a thread ends, for want of memory or otherwise, is of this machine: no flaw was found. */
const unfolded = (why: unknown): UnreadError =>
  new UnreadError(
    why instanceof Error && 'code' in why && why.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'er was te weinig geheugen om de gebeurtenissen na te rekenen'
      : `de gebeurtenissen konden niet worden nagerekend (${why instanceof Error ? why.message : String(why)})`,
    { cause: why },
  );

const foldingApart = (): PageFolding => {
  const thread = new Worker(new URL(import.meta.url), {
    workerData: role,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const sizes: number[] = [];
  let waiting = 0;
  let failed: Error | undefined;
  let last: Compared | undefined;
  let wake: () => void = () => undefined;
  thread.on('message', (answer: Answered) => {
    waiting -= sizes.shift() ?? 0;
    if ('compared' in answer) last = answer.compared;
    else failed ??= 'found' in answer ? new ProofError(answer.found) : new Error(answer.unexpected);
    wake();
  });
  thread.on('error', (error: unknown) => {
    failed ??= unfolded(error);
    wake();
  });
  thread.on('exit', () => {
    failed ??= unfolded('de thread is geëindigd');
    wake();
  });
  /** Until no more than so many bytes wait. */
  const until = async (most: number): Promise<void> => {
    while (failed === undefined && sizes.length > 0 && waiting > most)
      await new Promise<void>((resolve) => (wake = resolve));
    if (failed !== undefined) throw failed;
  };
  const ask = (asked: Asked, size: number): void => {
    sizes.push(size);
    waiting += size;
    const moved = 'pages' in asked ? asked.pages.map(({ bundle }) => bundle.buffer) : [];
    thread.postMessage(asked, moved);
  };
  let pages: Page[] = [];
  let gathered = 0;
  const handOver = (): void => {
    if (pages.length > 0) ask({ pages }, gathered);
    [pages, gathered] = [[], 0];
  };
  return {
    take: async ({ bundle, entries, from }) => {
      // A copy, which is handed over whole.
      pages.push({ bundle: new Uint8Array(bundle), width: entries.length, from });
      gathered += bundle.length;
      if (gathered < together) return;
      handOver();
      await until(mostWaiting);
    },
    settled: () => {
      handOver();
      return until(0);
    },
    compare: async (manifest) => {
      handOver();
      ask({ manifest }, 1);
      await until(0);
      if (last === undefined) throw new Error('the thread that folds has not answered');
      return last;
    },
    close: async () => {
      await thread.terminate();
    },
  };
};

const answering = (): ((asked: Asked) => Answered) => {
  const fold = folding(originOf);
  return (asked) => {
    try {
      if ('manifest' in asked) return { compared: fold.compare(asked.manifest) };
      for (const { bundle, width, from } of asked.pages) fold.take(entriesIn(bundle, width), from);
      return { compared: undefined };
    } catch (error) {
      return error instanceof ProofError ? { found: error.message } : { unexpected: String(error) };
    }
  };
};

if (!isMainThread && workerData === role) {
  const answer = answering();
  parentPort!.on('message', (asked: Asked) => parentPort!.postMessage(answer(asked)));
}
