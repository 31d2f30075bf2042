/** Readers that have caught up, by what they see: who see the same get the same bytes. */
import type { Sequence, StoredEvent } from '../../ledger/event-log.ts';
import type { Outlet } from './outlet.ts';
import { caughtUpText } from './texts.ts';

/** What some readers see. */
export interface Sight {
  /** The same for readers that see the same. */
  readonly key: string;
  /** Those of these events, as rights are now. */
  readonly of: (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]>;
}

export interface Member {
  /** All up to here was sent, or is not for this reader. */
  position: Sequence;
  readonly outlet: Outlet;
}

/** An event as it is sent. */
export interface Piece {
  readonly sequence: Sequence;
  readonly text: string;
}

interface Group {
  readonly sight: Sight;
  /** With what is called when they leave. */
  readonly members: Map<Member, () => void>;
  /** The head, while they have not been told. */
  unmarked?: Sequence | undefined;
}

interface Groups {
  all(): readonly Group[];
  /** @param left called when it has left: too slow, or gone */
  join(sight: Sight, member: Member, left: () => void): void;
  /** @param mark says that `last` is the head; empty: it is not */
  deliver(group: Group, pieces: readonly Piece[], last: Sequence, mark: string): void;
  /** All leave, to catch up again. */
  leaveAll(): void;
  /** Tells readers how far the log is, where nothing in it was for them. */
  mark(): void;
}

/** @param most bytes that may wait for a reader @param onEmpty called when the last has left */
export const groupsOf = (most: number, onEmpty: () => void): Groups => {
  const groups = new Map<string, Group>();

  const leave = (group: Group, member: Member): void => {
    const left = group.members.get(member);
    if (left === undefined) return;
    group.members.delete(member);
    if (group.members.size === 0) groups.delete(group.sight.key);
    if (groups.size === 0) onEmpty();
    left();
  };
  const give = (group: Group, member: Member, chunk: Uint8Array): void => {
    member.outlet.write(chunk);
    if (member.outlet.waiting() > most) leave(group, member);
  };

  return {
    all: () => [...groups.values()],
    join: (sight, member, left) => {
      const group = groups.get(sight.key) ?? { sight, members: new Map() };
      groups.set(sight.key, group);
      const forget = member.outlet.onGone(() => leave(group, member));
      group.members.set(member, () => {
        forget();
        left();
      });
    },
    deliver: (group, pieces, last, mark) => {
      const whole = bytesOf(pieces, mark);
      for (const member of [...group.members.keys()]) {
        if (member.position >= last) continue;
        // Who has come on its own beyond the first of these gets the rest.
        const rest = pieces.filter(({ sequence }) => sequence > member.position);
        member.position = last;
        if (pieces.length === 0) continue;
        give(group, member, rest.length === pieces.length ? whole : bytesOf(rest, mark));
      }
      if (mark !== '') group.unmarked = pieces.length === 0 ? last : undefined;
    },
    leaveAll: () => {
      for (const group of [...groups.values()])
        for (const member of [...group.members.keys()]) leave(group, member);
    },
    mark: () => {
      for (const group of [...groups.values()]) {
        const { unmarked } = group;
        group.unmarked = undefined;
        if (unmarked === undefined) continue;
        const chunk = Buffer.from(caughtUpText(unmarked));
        for (const member of [...group.members.keys()])
          if (member.position === unmarked) give(group, member, chunk);
      }
    },
  };
};

const bytesOf = (pieces: readonly Piece[], mark: string): Uint8Array =>
  Buffer.from(pieces.map(({ text }) => text).join('') + mark);
