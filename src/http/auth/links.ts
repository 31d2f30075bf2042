/** Links that let somebody on the machine in as administrator, once, within the hour. */
import type { Clock } from '../../ledger/ports.ts';
import { hashOf, secret } from './sessions.ts';

const lasts = 60 * 60_000;

interface SignInLinks {
  /** A new code; those before it no longer count. */
  make(): string;
  /** Whether it is the code; then it is used up. */
  use(code: string): boolean;
}

export const signInLinksOn = (clock: Clock): SignInLinks => {
  let open: { readonly hash: string; readonly until: number } | undefined;
  return {
    make: () => {
      const code = secret();
      open = { hash: hashOf(code), until: Date.parse(clock.now()) + lasts };
      return code;
    },
    use: (code) => {
      // Hashes are compared: what differs between them tells nothing of the code.
      const isIt = open !== undefined && hashOf(code) === open.hash;
      if (!isIt || Date.parse(clock.now()) > open!.until) return false;
      open = undefined;
      return true;
    },
  };
};
