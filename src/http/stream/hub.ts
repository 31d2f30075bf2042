/**
 * Sends events as they come to all readers that have caught up. The log is followed once, and an
 * event is made into text once.
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Followed,
  LogClosedError,
  type Sequence,
  type StoredEvent,
} from '../../ledger/event-log.ts';
import type { StreamBounds } from './bounds.ts';
import { groupsOf, type Member, type Piece, type Sight } from './groups.ts';
import { caughtUpText, eventText } from './texts.ts';

/** Events sent together at most. */
const mostTogether = 100;

export interface Hub {
  /** Sequence up to which the hub has come; a reader that is not as far cannot join. */
  position(): Sequence;
  /** Resolves when the reader has left: it was too slow, or its connection is gone. */
  join(sight: Sight, member: Member): Promise<void>;
  /** Tells readers how far the log is, where nothing in it was for them. */
  mark(): void;
}

interface Run {
  readonly stop: AbortController;
  position: Sequence;
}

interface HubParts {
  readonly follow: (after: Sequence, signal: AbortSignal) => AsyncIterable<Followed>;
  readonly bounds: StreamBounds;
  readonly report: ((error: unknown) => void) | undefined;
}

export const hubOver = ({ follow, bounds, report }: HubParts): Hub => {
  let running: Run | undefined;
  const groups = groupsOf(bounds.waiting, () => {
    running?.stop.abort();
    running = undefined;
  });

  const send = sending(groups);

  const run = async (now: Run): Promise<void> => {
    const { signal } = now.stop;
    let events: StoredEvent[] = [];
    for await (const next of follow(now.position, signal)) {
      if (next.kind === 'event') events.push(next.event);
      if (next.kind === 'event' && events.length < mostTogether) continue;
      if (events.length === 0) continue;
      // Before anybody else has a turn: who joins from now on has all of these.
      now.position = events.at(-1)!.sequence;
      await send(events, next.kind === 'caught-up');
      events = [];
      await wait(bounds.gather, undefined, { signal }).catch(() => undefined);
    }
  };

  /** The log has ended under its readers. */
  const end = (now: Run): void => {
    if (running !== now) return;
    running = undefined;
    for (const { members } of groups.all())
      for (const { outlet } of [...members.keys()]) outlet.end();
  };
  /** Not all readers may have what came last: each catches up by itself, and comes back. */
  const startOver = async (now: Run, error: unknown): Promise<void> => {
    report?.(error);
    const { signal } = now.stop;
    await wait(bounds.startOver, undefined, { signal }).catch(() => undefined);
    if (running !== now) return;
    running = undefined;
    groups.leaveAll();
  };

  const start = (position: Sequence): Run => {
    const now: Run = { stop: new AbortController(), position };
    void run(now).then(
      () => end(now),
      (error: unknown) => {
        if (error instanceof LogClosedError) end(now);
        else void startOver(now, error);
      },
    );
    return now;
  };

  return {
    position: () => running?.position ?? -1,
    join: (sight, member) =>
      new Promise((resolve) => {
        groups.join(sight, member, resolve);
        running ??= start(member.position);
      }),
    mark: groups.mark,
  };
};

/** Sends events to whoever may see them, each made into text once. */
const sending =
  (groups: ReturnType<typeof groupsOf>) =>
  async (events: readonly StoredEvent[], isHead: boolean): Promise<void> => {
    const last = events.at(-1)!.sequence;
    const mark = isHead ? caughtUpText(last) : '';
    const made = new Map<Sequence, Piece>();
    const pieceOf = (event: StoredEvent): Piece => {
      const { sequence } = event;
      const piece = made.get(sequence) ?? { sequence, text: eventText(event) };
      made.set(sequence, piece);
      return piece;
    };
    for (const group of groups.all()) {
      const visible = await group.sight.of(events);
      groups.deliver(group, visible.map(pieceOf), last, mark);
    }
  };
