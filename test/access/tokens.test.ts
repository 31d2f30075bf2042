/** Tokens: shown once, kept as hashes, nobody's after their day or when revoked. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokensIn } from '../../src/host/tokens.ts';

let folder = '';
let now = '2026-03-01T12:00:00.000Z';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokens-'));
  now = '2026-03-01T12:00:00.000Z';
});
afterEach(() => rmSync(folder, { recursive: true }));

const ulid = monotonicFactory();
const file = () => join(folder, 'office', 'tokens.json');
const open = () =>
  tokensIn({
    file: file(),
    clock: { now: () => now },
    ids: { eventId: () => '', ulid: () => ulid() },
    hmac: (text) => createHmac('sha256', 'test').update(text).digest('hex'),
  });

const registrar = { role: 'registrar', expires: '2026-12-31' } as const;

describe('a token', () => {
  it('is its holder’s, also after a restart', () => {
    const { token } = open().create(registrar);
    expect(open().holder(token)).toMatchObject({ access: { roles: ['registrar'] } });
  });

  it('tells for whom it acts, by an id that stays and tells nothing', () => {
    const tokens = open();
    const made = tokens.create({
      role: 'municipality',
      municipality: 'gm0828',
      expires: '2026-12-31',
    });
    const holder = tokens.holder(made.token);
    expect(holder).toMatchObject({
      municipality: 'gm0828',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(open().holder(made.token)?.id).toBe(holder?.id);
    expect(holder?.id).not.toContain(made.tokenId.toLowerCase());
  });

  it('is found by that id as long as it is valid, and by no other', () => {
    const tokens = open();
    const { token, tokenId } = tokens.create({ ...registrar, expires: '2026-06-30' });
    const { id = '' } = tokens.holder(token) ?? {};
    expect(tokens.callerNamed(id)).toEqual(tokens.holder(token));
    for (const other of ['', tokenId, 'local', 'public', `${id}0`])
      expect(tokens.callerNamed(other)).toBeUndefined();
    now = '2026-06-30T22:00:00.000Z';
    expect(tokens.callerNamed(id)).toBeUndefined();
    now = '2026-03-01T12:00:00.000Z';
    tokens.revoke(tokenId);
    expect(tokens.callerNamed(id)).toBeUndefined();
  });

  it('is kept nowhere', () => {
    const { token } = open().create(registrar);
    const secret = token.slice(-43);
    for (const name of readdirSync(join(folder, 'office')))
      expect(readFileSync(join(folder, 'office', name), 'utf8')).not.toContain(secret);
    expect(JSON.stringify(open().list())).not.toMatch(/hash|plt_/);
  });

  it('is valid up to and including its last day in Amsterdam', () => {
    const tokens = open();
    const { token } = tokens.create({ ...registrar, expires: '2026-06-30' });
    now = '2026-06-30T21:59:59.000Z';
    expect(tokens.holder(token)).toBeDefined();
    now = '2026-06-30T22:00:00.000Z';
    expect(tokens.holder(token)).toBeUndefined();
  });

  it('is nobody’s once it is revoked, at once and for good', () => {
    const tokens = open();
    const { token, tokenId } = tokens.create(registrar);
    const other = tokens.create(registrar);
    expect(tokens.revoke(tokenId)?.revokedAt).toBe(now);
    expect(tokens.holder(token)).toBeUndefined();
    expect(open().holder(token)).toBeUndefined();
    expect(tokens.holder(other.token)).toBeDefined();
    expect(tokens.revoke(ulid())).toBeUndefined();
  });

  it('is not held by who has something like it', () => {
    const tokens = open();
    const { token } = tokens.create(registrar);
    const other = tokens.create(registrar).token;
    const mixed = `${token.slice(0, -43)}${other.slice(-43)}`;
    const flipped = token.slice(0, -1) + (token.endsWith('A') ? 'E' : 'A');
    for (const text of ['', 'plt_', mixed, flipped, token.slice(0, -1), `${token}x`, ` ${token}`])
      expect(tokens.holder(text), text).toBeUndefined();
  });

  it('that cannot be read stops the start', () => {
    open().create(registrar);
    writeFileSync(file(), '{');
    expect(() => open()).toThrow('niet te lezen');
  });
});
