/**
 * Sessions of people, in memory: a restart signs everybody out. The cookie holds 256 random bits;
 * kept is only their hash, which is also what it is looked up by, so no comparison tells anything.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../ledger/access/index.ts';
import type { Clock } from '../../ledger/ports.ts';

/** Milliseconds without a request, and in all, after which a session ends. */
const longestIdle = 30 * 60_000;
const longest = 8 * 60 * 60_000;
/** Sessions at once; the oldest gives way. */
const most = 10_000;

export interface Session {
  readonly caller: Caller;
  /** What a form or a request must bring along, to show that it comes from our own pages. */
  readonly csrf: string;
}

interface Kept extends Session {
  readonly agent: string;
  readonly since: number;
  seen: number;
}

export interface Sessions {
  /** @param agent the browser it is bound to @returns the text for the cookie */
  begin(caller: Caller, agent: string): string;
  /** @param isUse whether it stays alive by this */
  find(text: string, agent: string, isUse?: boolean): Session | undefined;
  end(text: string): void;
  /** Ends those of one caller, or all; tells how many. */
  endAll(callerId?: string): number;
}

export const secret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');

/** Whether two texts are the same, in a time that does not tell where they differ. */
export const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));

export const sessionsOn = (clock: Clock): Sessions => {
  const sessions = new Map<string, Kept>();
  const now = (): number => Date.parse(clock.now());
  // A clock that was set back must not lengthen them.
  const isOver = ({ since, seen }: Kept): boolean =>
    Math.abs(now() - seen) > longestIdle || now() - since > longest;
  return {
    begin: (caller, agent) => {
      const [oldest] = sessions.keys();
      if (sessions.size >= most && oldest !== undefined) sessions.delete(oldest);
      const text = secret();
      const at = now();
      sessions.set(hashOf(text), { caller, csrf: secret(), agent, since: at, seen: at });
      return text;
    },
    find: (text, agent, isUse = true) => {
      const found = sessions.get(hashOf(text));
      if (found === undefined || found.agent !== agent) return undefined;
      if (isOver(found)) {
        sessions.delete(hashOf(text));
        return undefined;
      }
      if (isUse) found.seen = now();
      return found;
    },
    end: (text) => void sessions.delete(hashOf(text)),
    endAll: (callerId) => {
      const ended = [...sessions].filter(
        ([, { caller }]) => callerId === undefined || caller.id === callerId,
      );
      for (const [hash] of ended) sessions.delete(hash);
      return ended.length;
    },
  };
};
