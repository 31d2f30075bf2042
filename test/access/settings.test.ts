/** Settings of who may come in: what is not safe, unknown or half does not start. */
import { describe, expect, it } from 'vitest';
import { readSettings, StartError } from '../../src/host/settings.ts';

const provider = { LEDGER_OIDC_ISSUER: 'https://id.example', LEDGER_OIDC_CLIENT_ID: 'ledger' };

const access = (environment: Record<string, string>) => readSettings(environment).access;

describe('beyond this machine', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'ledger.example', '127.0.0.1.example'])(
    '%s is refused, unless TLS is in front or an identity provider is set',
    (HOST) => {
      expect(() => access({ HOST })).toThrow(StartError);
      expect(access({ HOST, LEDGER_TLS: 'proxy' }).proxied).toBe(true);
      expect(access({ HOST, ...provider }).provider?.issuer).toBe('https://id.example');
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1', ''])('%s is this machine', (HOST) => {
    expect(access({ HOST })).toMatchObject({ proxied: false, perMinute: 3000 });
  });
});

it.each([
  { LEDGER_TLS: 'yes' },
  { LEDGER_URL: 'ledger.example' },
  { LEDGER_URL: 'http://ledger.example' },
  { LEDGER_URL: 'https://ledger.example/pad' },
  { LEDGER_REQUESTS_PER_MINUTE: '-1' },
  { LEDGER_REQUESTS_PER_MINUTE: 'veel' },
  { LEDGER_SECURITY_CONTACT: 'bel ons' },
  { LEDGER_OIDC_ISSUER: 'https://id.example' },
  { LEDGER_OIDC_CLIENT_ID: 'ledger' },
  { LEDGER_OIDC_AUDIENCE: 'ledger' },
  { ...provider, LEDGER_OIDC_ISSUER: 'http://id.example' },
  { ...provider, LEDGER_OIDC_ISSUER: 'https://a:b@id.example' },
])('%j stops the start with one line', (environment) => {
  expect(() => access(environment as Record<string, string>)).toThrow(/^[^\n]+$/);
});

it('a provider needs no secret, and has usual names for the rest', () => {
  const set = access({ ...provider, LEDGER_OIDC_CLIENT_SECRET: 'geheim' }).provider;
  expect(set).toMatchObject({ clientSecret: 'geheim', audience: 'ledger', rolesClaim: 'roles' });
  expect(access(provider).provider?.clientSecret).toBeUndefined();
});
