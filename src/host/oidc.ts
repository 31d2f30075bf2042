/**
 * An identity provider (OpenID Connect): who holds its tokens, and signing in at it by code with
 * PKCE. What it says somebody is comes from claims; ids are HMACs of issuer and subject.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { MunicipalityCode } from '../../events/values.ts';
import {
  type Caller,
  givenRoles,
  type IdentityProvider,
  type PendingSignIn,
} from '../ledger/access/index.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { Hmac } from '../ledger/ports.ts';
import type { ProviderSettings } from './access-settings.ts';

/** Signatures by a key pair only: never `none`, never a secret that both sides know. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];
/** Seconds that clocks may differ. */
const clockTolerance = 30;
/** Milliseconds that the provider gets. */
const patience = 5_000;

const Discovered = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
const TokenAnswer = z.object({ id_token: z.string() });

const unreachable = (): ProblemError =>
  new ProblemError({ code: 'unavailable', detail: 'De inlogdienst is nu niet bereikbaar.' });

const fetchJson = async (url: string, init: RequestInit = {}): Promise<unknown> => {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(url, { ...init, redirect: 'error', signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    throw unreachable();
  }
};

interface ProviderParts {
  readonly settings: ProviderSettings;
  readonly hmac: Hmac;
  /** Milliseconds before keys that are not known are asked for again. */
  readonly cooldown?: number;
}

/** Finds the provider when it is first needed, and again when that failed. */
const discoverer = ({ settings: { issuer }, cooldown = 10_000 }: ProviderParts) => {
  const discover = async () => {
    const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = Discovered.safeParse(await fetchJson(at));
    if (!found.success || found.data.issuer !== issuer) throw unreachable();
    const keys = createRemoteJWKSet(new URL(found.data.jwks_uri), {
      cooldownDuration: cooldown,
      timeoutDuration: patience,
    });
    return { ...found.data, keys };
  };
  let known: ReturnType<typeof discover> | undefined;
  return async () => {
    known ??= discover();
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
};

export const identityProvider = (parts: ProviderParts): IdentityProvider => {
  const { settings } = parts;
  const discovered = discoverer(parts);

  /** The claims of a token; undefined: it is not one of theirs, not for us, or over. */
  const claimsOf = async (token: string, audience: string): Promise<JWTPayload | undefined> => {
    const { keys, issuer } = await discovered();
    const requiredClaims = ['sub', 'exp'];
    try {
      const options = { issuer, audience, algorithms, clockTolerance, requiredClaims };
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
        throw unreachable();
      return undefined;
    }
  };

  return {
    bearer: async (token) => {
      const claims = await claimsOf(token, settings.audience);
      return claims && callerOf(parts, claims);
    },

    begin: async (redirect) => {
      const { authorization_endpoint } = await discovered();
      const pending = { state: random(), nonce: random(), verifier: random() };
      const url = new URL(authorization_endpoint);
      const challenge = createHash('sha256').update(pending.verifier).digest('base64url');
      const asked = {
        response_type: 'code',
        client_id: settings.clientId,
        redirect_uri: redirect,
        scope: 'openid',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, pending };
    },

    finish: async (code, redirect, pending) => {
      const { token_endpoint } = await discovered();
      const answer = await fetchJson(
        token_endpoint,
        tokenRequest(settings, code, redirect, pending),
      );
      const read = TokenAnswer.safeParse(answer);
      if (!read.success) return undefined;
      const claims = await claimsOf(read.data.id_token, settings.clientId);
      return claims?.nonce === pending.nonce ? callerOf(parts, claims) : undefined;
    },
  };
};

const random = (): string => randomBytes(32).toString('base64url');

const tokenRequest = (
  { clientId, clientSecret }: ProviderSettings,
  code: string,
  redirect: string,
  { verifier }: PendingSignIn,
): RequestInit => {
  const body = { grant_type: 'authorization_code', code, redirect_uri: redirect };
  const form = new URLSearchParams({ ...body, client_id: clientId, code_verifier: verifier });
  const basic = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret ?? '')}`;
  const headers =
    clientSecret === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  return { method: 'POST', body: form, headers };
};

/** Who a claim says somebody is; roles that are not known here count for nothing. */
const callerOf = ({ settings, hmac }: ProviderParts, claims: JWTPayload): Caller => {
  const said = textsIn(claimAt(claims, settings.rolesClaim));
  const municipality = MunicipalityCode.safeParse(claimAt(claims, settings.municipalityClaim)).data;
  const roles = givenRoles.filter(
    (role) => said.includes(role) && (role !== 'municipality' || municipality !== undefined),
  );
  return {
    id: hmac(`actor\n${settings.issuer}\n${claims.sub ?? ''}`).slice(0, 32),
    access: { roles: roles.length === 0 ? ['public'] : roles, municipalities: [] },
    ...(roles.includes('municipality') ? { municipality } : {}),
  };
};

/** A claim by its name, or by a path of names with dots. */
const claimAt = (claims: JWTPayload, path: string): unknown =>
  claims[path] ??
  path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      claims,
    );

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value.map(String) : [];
