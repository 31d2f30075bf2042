/**
 * What was written last, kept in memory: whoever writes is asked at once what came since, and
 * proofs and read tables take in the same events again.
 */
import type { QueryItem, Sequence, StoredEvent } from '../ledger/event-log.ts';
import { type Admitted, matchesItem, type Range } from './admission.ts';
import { storedEvent } from './store.ts';

/** Events kept at most, and bytes of their text. */
const mostEvents = 2_048;
const mostBytes = 8 * 1024 * 1024;

interface Kept {
  readonly type: string;
  readonly tags: ReadonlySet<string>;
  readonly bytes: number;
  readonly text: string;
  /** Parsed when it is first read. */
  readonly event: () => StoredEvent;
}

export const recentEvents = () => {
  /** Sequence of the first that is kept. */
  let first: Sequence = Infinity;
  let kept: Kept[] = [];
  let bytes = 0;

  const holds = (from: Sequence): boolean => from >= first;
  const forget = (): void => {
    [first, kept, bytes] = [Infinity, [], 0];
  };
  /** The older half goes at once, so that it is rarely done. */
  const shrink = (): void => {
    const gone = kept.splice(0, Math.ceil(kept.length / 2));
    first += gone.length;
    bytes -= gone.reduce((sum, one) => sum + one.bytes, 0);
  };

  return {
    add: (sequence: Sequence, { type, tags, text, bytes: size }: Admitted): void => {
      if (kept.length === 0) first = sequence;
      let parsed: StoredEvent | undefined;
      const event = () => (parsed ??= storedEvent(sequence, text));
      kept.push({ type, tags: new Set(tags), bytes: size, text, event });
      bytes += size;
      while (kept.length > mostEvents || (bytes > mostBytes && kept.length > 1)) shrink();
    },
    /** What came after this sequence did not come after all. */
    rewind: (to: Sequence): void => {
      if (!holds(to)) {
        forget();
        return;
      }
      const gone = kept.splice(to - first + 1);
      bytes -= gone.reduce((sum, one) => sum + one.bytes, 0);
    },
    forget,
    /** Whether an event from this sequence on fits an item; undefined when not all are kept. */
    matches: (items: readonly QueryItem[], from: Sequence): boolean | undefined =>
      holds(from)
        ? kept
            .slice(from - first)
            .some(({ type, tags }) => items.some((item) => matchesItem(item, type, tags)))
        : undefined,
    /** As it was first written; undefined when it is not kept. */
    textAt: (sequence: Sequence): string | undefined => kept[sequence - first]?.text,
    /** All events of a range; undefined when not all are kept. */
    events: ({ from, to, limit, backward }: Range): readonly StoredEvent[] | undefined => {
      if (!holds(from) || to - first >= kept.length) return undefined;
      const all = kept.slice(from - first, to - first + 1);
      if (backward) all.reverse();
      return all.slice(0, limit).map(({ event }) => event());
    },
  };
};
