/** What access needs of the office: tokens, and who an identity provider says somebody is. */
import type { Caller } from './caller.ts';
import type { Role } from './table.ts';

/** Roles that can be given to somebody; the others come of how one asks. */
export const givenRoles = [
  'auditor',
  'municipality',
  'stuurgroep',
  'registrar',
  'ibn',
  'service',
  'administrator',
] as const satisfies readonly Role[];
type GivenRole = (typeof givenRoles)[number];

/** For whom a link is made that signs somebody in. */
export interface LinkRequest {
  readonly role: GivenRole;
  /** Of a municipality only. */
  readonly municipality?: string | undefined;
  /** Who it is, in a word that is kept nowhere: whoever is told apart by it acts under one id. */
  readonly as?: string | undefined;
}

interface TokenRequest {
  readonly role: GivenRole;
  /** Of a municipality only. */
  readonly municipality?: string | undefined;
  /** Of a service: the types of events it may see; absent: all that its role may. */
  readonly types?: readonly string[] | undefined;
  /** What it is for; no names of people. */
  readonly note?: string | undefined;
  /** Last day on which it is valid, in Amsterdam. */
  readonly expires: string;
}

export interface TokenShown extends TokenRequest {
  readonly tokenId: string;
  readonly createdAt: string;
  readonly revokedAt?: string | undefined;
}

export interface Tokens {
  /** The text is given once, and kept nowhere. Durable when it returns. */
  create(request: TokenRequest): TokenShown & { readonly token: string };
  /** Those that were revoked or have expired as well. */
  list(): readonly TokenShown[];
  /** From now on it is nobody's; undefined: there is no such token. Durable when it returns. */
  revoke(tokenId: string): TokenShown | undefined;
  /** Who holds this text; undefined: nobody, or no longer. */
  holder(text: string): Caller | undefined;
  /** Who acts under this id, as long as the token is valid. */
  callerNamed(id: string): Caller | undefined;
}

/** What is kept while somebody signs in elsewhere. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** @throws ProblemError `unavailable` when it cannot be reached */
export interface IdentityProvider {
  /** Who holds one of its tokens; undefined: it is not valid here. */
  bearer(token: string): Promise<Caller | undefined>;
  /** @param redirect where the browser comes back @returns where it goes */
  begin(redirect: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** Who came back with this code; undefined: nobody that can be trusted. */
  finish(code: string, redirect: string, pending: PendingSignIn): Promise<Caller | undefined>;
}
