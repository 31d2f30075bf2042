/**
 * Tokens of programs, in a file of the office: SHA-256 of each, never the token itself. A token
 * is 256 random bits, so its plain hash tells nothing and is quick to check.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Caller, givenRoles, type Tokens, type TokenShown } from '../ledger/access/index.ts';
import { dateIn } from '../ledger/moments.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import { writeDurably } from './durable.ts';
import { StartError } from './settings.ts';

const Stored = z.array(
  z.strictObject({
    tokenId: z.string(),
    /** SHA-256 of the secret half, in hex. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    role: z.enum(givenRoles),
    municipality: z.string().optional(),
    types: z.array(z.string()).optional(),
    note: z.string().optional(),
    expires: z.iso.date(),
    createdAt: z.string(),
    revokedAt: z.string().optional(),
  }),
);
type StoredToken = z.infer<typeof Stored>[number];

interface TokenParts {
  readonly file: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
}

/** As text: a digest in bytes has memory of its own, which is dear for every request. */
const hashed = (secret: string): string => hash('sha256', secret, 'hex');

const shown = ({ hash: _hash, ...token }: StoredToken): TokenShown => token;

/** @throws StartError when the file is there and cannot be read */
const readTokens = (file: string): readonly StoredToken[] => {
  if (!existsSync(file)) return [];
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartError(`De tokens ${file} zijn niet te lezen; zet ze terug uit de reservekopie.`);
  }
};

/** The day in Amsterdam; days begin with an hour, so it is looked up once in each. */
const todayOn = (clock: Clock): (() => string) => {
  let [hour, day] = ['', ''];
  return () => {
    const now = clock.now();
    if (now.slice(0, 13) !== hour) [hour, day] = [now.slice(0, 13), dateIn(now)];
    return day;
  };
};

/** A token as it is asked for: its hash to compare with, and who holds it, under an opaque id. */
interface KnownToken {
  readonly token: StoredToken;
  readonly hash: Buffer;
  readonly caller: Caller;
}

const known = (token: StoredToken, hmac: Hmac): KnownToken => {
  const { tokenId, role, municipality, types } = token;
  return {
    token,
    hash: Buffer.from(token.hash),
    caller: {
      id: hmac(`actor\ntoken\n${tokenId}`).slice(0, 32),
      access: { roles: [role], municipalities: [], ...(types === undefined ? {} : { types }) },
      municipality,
    },
  };
};

/** Compared with when no token has the id, so that this takes no less time. */
const nobody = Buffer.from(hashed(''));

export const tokensIn = ({ file, clock, ids, hmac }: TokenParts): Tokens => {
  let byId = new Map<string, KnownToken>();
  const know = (all: readonly StoredToken[]): void => {
    byId = new Map(
      all.map((token) => {
        const before = byId.get(token.tokenId);
        return [token.tokenId, before?.token === token ? before : known(token, hmac)];
      }),
    );
  };
  know(readTokens(file));
  const tokens = (): readonly StoredToken[] => [...byId.values()].map(({ token }) => token);
  const keep = (changed: readonly StoredToken[]): void => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeDurably(file, JSON.stringify(changed));
    know(changed);
  };
  const today = todayOn(clock);
  const isValid = ({ expires, revokedAt }: StoredToken): boolean =>
    revokedAt === undefined && today() <= expires;
  return {
    create: (request) => {
      const secret = randomBytes(32).toString('base64url');
      const made: StoredToken = {
        ...Stored.element.omit({ tokenId: true, hash: true, createdAt: true }).parse(request),
        tokenId: ids.ulid(),
        hash: hashed(secret),
        createdAt: clock.now(),
      };
      keep([...tokens(), made]);
      return { ...shown(made), token: `plt_${made.tokenId}_${secret}` };
    },
    list: () => tokens().map(shown),
    revoke: (tokenId) => {
      const found = byId.get(tokenId)?.token;
      if (found === undefined || found.revokedAt !== undefined) return found && shown(found);
      const revoked = { ...found, revokedAt: clock.now() };
      keep(tokens().map((token) => (token === found ? revoked : token)));
      return shown(revoked);
    },
    holder: (text) => {
      const [, tokenId = '', secret = ''] = /^plt_([0-9A-Z]{26})_([\w-]{43})$/.exec(text) ?? [];
      const found = byId.get(tokenId);
      const isHeld = timingSafeEqual(found?.hash ?? nobody, Buffer.from(hashed(secret)));
      return isHeld && found !== undefined && isValid(found.token) ? found.caller : undefined;
    },
    callerNamed: (id) => {
      const found = [...byId.values()].find(({ caller }) => caller.id === id);
      return found !== undefined && isValid(found.token) ? found.caller : undefined;
    },
  };
};
