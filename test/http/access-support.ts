/** A ledger with a row of every kind, and a way to ask it as anybody. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { monotonicFactory } from 'ulid';
import { tokensIn } from '../../src/host/tokens.ts';
import { type AppParts, buildApp, localAddress } from '../../src/http/app.ts';
import type { WebhookStore } from '../../src/webhooks/store.ts';
import type { Role } from '../../src/ledger/access/index.ts';
import type { Entrance } from '../../src/http/auth/entrance.ts';
import type { StreamBounds } from '../../src/http/stream/bounds.ts';
import { newKey, type TestLedger } from '../support/ledger.ts';
import { webhooksInMemory } from '../support/webhooks.ts';

const ulid = monotonicFactory();
const hmac = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');

export interface Guarded {
  readonly app: Awaited<ReturnType<typeof buildApp>>;
  readonly entrance: Entrance;
  /** Of webhooks. */
  readonly store: WebhookStore;
  /** Moves the clock of tokens, sessions and limits on by milliseconds. */
  readonly later: (milliseconds: number) => void;
  /** Headers of a token of this role; of the public none. */
  readonly as: (role: Role, municipality?: string) => Record<string, string>;
  /** Asks from the network as this role; as `local`, from the machine itself. */
  readonly ask: (
    role: Role,
    options: InjectOptions,
    municipality?: string,
  ) => Promise<LightMyRequestResponse>;
  readonly reported: unknown[];
  readonly close: () => Promise<void>;
}

/** A stream does not end: of it, what there is up to where it has caught up. */
const askOnce = async (
  app: Guarded['app'],
  options: InjectOptions,
): Promise<LightMyRequestResponse> => {
  const isStream = (options.url as string).startsWith('/v1/event-stream');
  if (!isStream || (options.method ?? 'GET') !== 'GET') return app.inject(options);
  const response = await app.inject({ ...options, payloadAsStream: true });
  let body = '';
  for await (const chunk of response.stream()) {
    body += String(chunk);
    if (body.includes('event: caught-up')) break;
  }
  response.raw.res.destroy();
  return { ...response, statusCode: response.statusCode, headers: response.headers, body };
};

/** What is not as it is when nothing is set. */
export const guarded = async (
  made: TestLedger,
  settings: Partial<Entrance> = {},
  streamBounds: Partial<StreamBounds> = {},
  beside?: AppParts['beside'],
): Promise<Guarded> => {
  const folder = mkdtempSync(join(tmpdir(), 'access-'));
  let now = Date.parse('2026-01-01T12:00:00.000Z');
  const clock = { now: () => new Date(now).toISOString() };
  const ids = { eventId: () => '', ulid: () => ulid() };
  const tokens = tokensIn({ file: join(folder, 'tokens.json'), clock, ids, hmac });
  const entrance: Entrance = {
    clock,
    tokens,
    bearer: async (token) => tokens.holder(token),
    linked: ({ role, municipality, as = '' }) => ({
      id: hmac(`${role} ${municipality ?? ''} ${as}`).slice(0, 32),
      access: { roles: [role], municipalities: [] },
      municipality,
    }),
    url: 'http://127.0.0.1:8470',
    proxied: false,
    perMinute: 0,
    provider: undefined,
    securityContact: 'mailto:beheer@example.org',
    ...settings,
  };
  const reported: unknown[] = [];
  const { webhooks, store } = webhooksInMemory({ ...made, clock, tokens });
  const app = await buildApp({
    ledger: () => made.ledger,
    version: '1.2.3',
    entrance,
    streamBounds,
    report: (error) => reported.push(error),
    rebuild: async () => ({ events: 1, seconds: 0.1 }),
    importFiles: async () => ({ recorded: 0, known: 0 }),
    webhooks,
    ...(beside === undefined ? {} : { beside }),
  });
  const kept = new Map<string, Record<string, string>>();
  const as: Guarded['as'] = (role, municipality = 'gm0828') => {
    if (role === 'public' || role === 'local') return {};
    const name = `${role} ${role === 'municipality' ? municipality : ''}`;
    const of = role === 'municipality' ? { municipality } : {};
    const headers = kept.get(name) ?? {
      authorization: `Bearer ${tokens.create({ role, expires: '2999-12-31', ...of }).token}`,
    };
    kept.set(name, headers);
    return headers;
  };
  return {
    app,
    entrance,
    store,
    later: (milliseconds) => void (now += milliseconds),
    as,
    ask: (role, { headers = {}, ...options }, municipality) =>
      askOnce(app, {
        ...options,
        remoteAddress: role === 'local' ? localAddress : '192.0.2.1',
        headers: { 'idempotency-key': newKey(), ...as(role, municipality), ...headers },
      }),
    reported,
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
};
