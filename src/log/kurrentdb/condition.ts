/** How it stands with the stream: what health tells of it, and by what writing is refused. */
import type { Sequence } from '../../ledger/event-log.ts';

/** Something that whoever keeps the service should know. */
export interface Notice {
  readonly kind: 'waiting' | 'silent' | 'answers' | 'spoilt' | 'other-writer' | 'client';
  readonly detail: string;
}

export interface Condition {
  /** Milliseconds since when calls fail; 0 when the last one was answered. */
  silentFor(): number;
  /** Why the stream is not, or no longer, this ledger's: then nothing is written any more. */
  trouble(): string | undefined;
  /** The last event that the server was seen to have; undefined before the first look. */
  streamHead(): Sequence | undefined;
  answered(head: Sequence): void;
  failed(error: unknown): void;
  spoilt(error: Error): void;
}

export const watchCondition = (report: (notice: Notice) => void): Condition => {
  let since: number | undefined;
  let trouble: string | undefined;
  let head: Sequence | undefined;
  return {
    silentFor: () => (since === undefined ? 0 : performance.now() - since),
    trouble: () => trouble,
    streamHead: () => head,
    answered: (at) => {
      head = Math.max(at, head ?? -1);
      if (since !== undefined) report({ kind: 'answers', detail: `event ${at}` });
      since = undefined;
    },
    failed: (error) => {
      const detail = error instanceof Error ? error.message : String(error);
      if (since === undefined) report({ kind: 'silent', detail });
      since ??= performance.now();
    },
    spoilt: (error) => {
      if (trouble === undefined) report({ kind: 'spoilt', detail: error.message });
      trouble ??= error.message;
    },
  };
};
