/**
 * Streams as a KurrentDB keeps them, in memory: revisions, what counts as a repetition, metadata,
 * truncation. What was seen of a real server (23.10) is done likewise, also where it is odd.
 */
import { EventEmitter } from 'node:events';

export interface Kept {
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  /** Milliseconds. */
  readonly created: number;
}
export type Proposed = Omit<Kept, 'revision' | 'created'>;

/** The revision that a writer expects: a number, −1 for none yet. */
export type Expected = number | 'any' | 'stream-exists';

export type Appended =
  | { readonly success: true; readonly revision: number }
  | { readonly success: false; readonly current: number };

export interface Streams {
  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended;
  /** Undefined when there never was such a stream. */
  read(stream: string): readonly Kept[] | undefined;
  head(stream: string): number;
  /** Resolves when something was written, or when the signal aborts. */
  change(signal: AbortSignal): Promise<void>;
  /** Takes events away, as scavenging or a restored copy would; revisions stay. */
  cut(stream: string, keep: (event: Kept) => boolean): void;
  deleted: Set<string>;
}

export const memoryStreams = (): Streams => {
  const all = new Map<string, Kept[]>();
  const heads = new Map<string, number>();
  const changes = new EventEmitter().setMaxListeners(0);
  const headOf = (stream: string): number => heads.get(stream) ?? -1;

  const append = (stream: string, expected: Expected, events: readonly Proposed[]): Appended => {
    const current = headOf(stream);
    const kept = all.get(stream) ?? [];
    if (expected === 'stream-exists' && current < 0) return { success: false, current };
    const after = typeof expected === 'number' ? expected : current;
    if (after > current) return { success: false, current };
    if (after < current) {
      // A repetition: the same ids on the same revisions; the data is not looked at.
      const there = kept.filter(({ revision }) => revision > after);
      return events.every(({ id }, i) => there[i]?.id === id)
        ? { success: true, revision: after + events.length }
        : { success: false, current };
    }
    if (events.length === 0) return { success: true, revision: current };
    events.forEach((event, i) =>
      kept.push({ ...event, revision: current + 1 + i, created: Date.now() }),
    );
    all.set(stream, kept);
    heads.set(stream, current + events.length);
    changes.emit('change');
    return { success: true, revision: current + events.length };
  };

  return {
    append,
    read: (stream) => all.get(stream),
    head: headOf,
    change: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          changes.off('change', done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        changes.on('change', done);
        signal.addEventListener('abort', done);
        if (signal.aborted) done();
      }),
    cut: (stream, keep) => {
      const kept = (all.get(stream) ?? []).filter(keep);
      all.set(stream, kept);
      heads.set(stream, kept.at(-1)?.revision ?? -1);
    },
    deleted: new Set(),
  };
};
