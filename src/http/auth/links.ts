/** Links that let somebody in once, within the hour; made on the machine itself. */
import type { Caller } from '../../ledger/access/index.ts';
import type { Clock } from '../../ledger/ports.ts';
import { hashOf, secret } from './sessions.ts';

const lasts = 60 * 60_000;
/** Links that were made and not followed yet. */
const mostOpen = 100;

interface SignInLinks {
  /** A new code for this one; those made before it for the same no longer count. */
  make(caller: Caller): string;
  /** Who comes in by this code, which is then used up; undefined: nobody. */
  use(code: string): Caller | undefined;
  /** Those of one caller, or all, no longer count. */
  withdraw(callerId?: string): void;
}

export const signInLinksOn = (clock: Clock): SignInLinks => {
  /** By the hash of the code: what differs between hashes tells nothing of it. */
  const open = new Map<string, { readonly caller: Caller; readonly since: number }>();
  const withdraw = (callerId?: string): void => {
    for (const [hash, { caller }] of open)
      if (callerId === undefined || caller.id === callerId) open.delete(hash);
  };
  return {
    withdraw,
    make: (caller) => {
      withdraw(caller.id);
      const [oldest] = open.keys();
      if (open.size >= mostOpen && oldest !== undefined) open.delete(oldest);
      const code = secret();
      open.set(hashOf(code), { caller, since: Date.parse(clock.now()) });
      return code;
    },
    use: (code) => {
      const found = open.get(hashOf(code));
      if (found === undefined) return undefined;
      // Nor does it last longer when the clock was set back.
      if (Math.abs(Date.parse(clock.now()) - found.since) > lasts) return undefined;
      open.delete(hashOf(code));
      return found.caller;
    },
  };
};
