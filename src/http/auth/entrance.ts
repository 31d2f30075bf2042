/** What the faces are given to know who comes in. */
import type { Caller, IdentityProvider, LinkRequest, Tokens } from '../../ledger/access/index.ts';
import type { Clock } from '../../ledger/ports.ts';

export interface Entrance {
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** Who holds this bearer token; undefined: nobody. */
  readonly bearer: (token: string) => Promise<Caller | undefined>;
  /** Who follows a link that was made on the machine itself. */
  readonly linked: (request: LinkRequest) => Caller;
  /** Address by which browsers reach the service; absent: where it listens. */
  readonly url: string | undefined;
  /** A proxy in front speaks TLS, and tells from which address a request came. */
  readonly proxied: boolean;
  /** Requests a minute from one address; ten times that with a token. 0: without limit. */
  readonly perMinute: number;
  readonly provider: IdentityProvider | undefined;
  /** Where a weakness can be reported. */
  readonly securityContact: string;
}

/** Browsers reach the service over TLS only. */
export const isSecure = ({ url, proxied }: Entrance): boolean =>
  proxied || url?.startsWith('https:') === true;
