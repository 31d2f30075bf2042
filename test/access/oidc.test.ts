/** An identity provider that is real: its tokens, its keys, and signing in at it. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityProvider } from '../../src/host/oidc.ts';
import type { IdentityProvider } from '../../src/ledger/access/index.ts';

const hmac = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');
const audience = 'ledger-api';

let server: Server;
let issuer = '';
let provider: IdentityProvider;
let keys: JWK[] = [];

const keyPair = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
};
type Pair = Awaited<ReturnType<typeof keyPair>>;
let first: Pair;

beforeAll(async () => {
  first = await keyPair('first');
  keys = [first.jwk];
  server = createServer((request, response) => {
    const answer =
      request.url === '/jwks'
        ? { keys }
        : {
            issuer,
            authorization_endpoint: `${issuer}/auth`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
          };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = {
    issuer,
    clientId: 'ledger',
    clientSecret: undefined,
    audience,
    rolesClaim: 'realm_access.roles',
    municipalityClaim: 'municipality',
  };
  provider = identityProvider({ settings, hmac, cooldown: 0 });
});
afterAll(() => server.close());

interface Told {
  readonly pair?: Pair;
  readonly roles?: unknown;
  readonly aud?: string;
  readonly iss?: string;
  readonly expires?: number;
  readonly starts?: number;
  readonly more?: Record<string, unknown>;
}

const now = (): number => Math.floor(Date.now() / 1000);

const token = ({ pair = first, roles = ['registrar'], ...told }: Told = {}): Promise<string> =>
  new SignJWT({ realm_access: { roles }, ...told.more })
    .setProtectedHeader({ alg: 'RS256', kid: pair.kid })
    .setSubject('j.jansen@example.org')
    .setIssuer(told.iss ?? issuer)
    .setAudience(told.aud ?? audience)
    .setIssuedAt()
    .setNotBefore(told.starts ?? now())
    .setExpirationTime(told.expires ?? now() + 60)
    .sign(pair.privateKey);

const hmacSigned = (secret: string): Promise<string> =>
  new SignJWT({ realm_access: { roles: ['registrar'] } })
    .setProtectedHeader({ alg: 'HS256', kid: 'first' })
    .setSubject('x')
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(now() + 60)
    .sign(new TextEncoder().encode(secret));

describe('a token', () => {
  it('tells roles, and an id that stays and holds no name', async () => {
    const holder = await provider.bearer(await token());
    expect(holder).toMatchObject({ access: { roles: ['registrar'] } });
    expect(holder?.id).toMatch(/^[0-9a-f]{32}$/);
    expect((await provider.bearer(await token()))?.id).toBe(holder?.id);
  });

  it('gives no role that is not to be given, and a municipality only with its code', async () => {
    const roles = ['local', 'public', 'koning', 'municipality', 'auditor'];
    const without = await provider.bearer(await token({ roles }));
    expect(without?.access.roles).toEqual(['auditor']);
    const more = { municipality: 'gm0828' };
    const whole = await provider.bearer(await token({ roles, more }));
    expect(whole).toMatchObject({ municipality: 'gm0828' });
    expect(whole?.access.roles).toEqual(['auditor', 'municipality']);
    const none = await provider.bearer(await token({ roles: { registrar: true } }));
    expect(none?.access.roles).toEqual(['public']);
  });

  it('may be half a minute early or late, and no more', async () => {
    expect(await provider.bearer(await token({ expires: now() - 20 }))).toBeDefined();
    expect(await provider.bearer(await token({ expires: now() - 60 }))).toBeUndefined();
    expect(await provider.bearer(await token({ starts: now() + 20 }))).toBeDefined();
    expect(await provider.bearer(await token({ starts: now() + 60 }))).toBeUndefined();
  });

  it('for another audience, from another issuer, unsigned or signed otherwise is nobody’s', async () => {
    const stranger = { ...(await keyPair('first')), kid: 'first' };
    const unsecured = new UnsecuredJWT({ realm_access: { roles: ['registrar'] } })
      .setSubject('x')
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(now() + 60)
      .encode();
    const [head, , signature] = (await token()).split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'x', iss: issuer, aud: audience })).toString(
      'base64url',
    );
    for (const [what, wrong] of [
      ['audience', await token({ aud: 'other' })],
      ['issuer', await token({ iss: 'https://other.example' })],
      ['key swapped', await token({ pair: stranger })],
      ['alg none', unsecured],
      ['public key as secret', await hmacSigned(JSON.stringify(first.jwk))],
      ['claims changed', `${head}.${claims}.${signature}`],
      ['no token', 'x.y.z'],
      ['empty', ''],
    ] as const)
      expect(await provider.bearer(wrong), what).toBeUndefined();
  });

  it('of a key that is new is known; of one that is gone no longer', async () => {
    const second = await keyPair('second');
    const early = await token({ pair: second });
    expect(await provider.bearer(early)).toBeUndefined();
    keys = [second.jwk];
    expect(await provider.bearer(early)).toBeDefined();
    expect(await provider.bearer(await token())).toBeUndefined();
    keys = [first.jwk];
    expect(await provider.bearer(await token())).toBeDefined();
  });
});

describe('a provider', () => {
  it('that does not answer is not a refusal: it can be tried again', async () => {
    const settings = {
      issuer: 'http://127.0.0.1:9',
      clientId: 'ledger',
      clientSecret: undefined,
      audience,
      rolesClaim: 'roles',
      municipalityClaim: 'municipality',
    };
    const away = identityProvider({ settings, hmac });
    await expect(away.bearer(await token())).rejects.toMatchObject({
      problem: { code: 'unavailable' },
    });
  });
});
