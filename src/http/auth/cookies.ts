/** The cookies that the pages set: for the browser only, for this host only. */
import type { FastifyReply, FastifyRequest } from 'fastify';

type CookieName = 'session' | 'sign-in';

/** Over TLS the prefix makes the browser itself hold it to this host. */
const nameOf = (name: CookieName, isSecure: boolean): string =>
  `${isSecure ? '__Host-' : ''}ledger-${name}`;

/** A cookie that stands there twice was put there by somebody else: then there is none. */
export const cookieIn = (
  { headers }: FastifyRequest,
  name: CookieName,
  isSecure: boolean,
): string | undefined => {
  const start = `${nameOf(name, isSecure)}=`;
  const found = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length));
  return found.length === 1 && /^[\w-]{43}$/.test(found[0]!) ? found[0] : undefined;
};

/** @param seconds how long the browser keeps it; 0 takes it away */
export const setCookie = (
  reply: FastifyReply,
  name: CookieName,
  value: string,
  { isSecure, seconds }: { readonly isSecure: boolean; readonly seconds: number },
): void => {
  const parts = [
    `${nameOf(name, isSecure)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${seconds}`,
    ...(isSecure ? ['Secure'] : []),
  ];
  const before = reply.getHeader('set-cookie');
  const others = before === undefined ? [] : [before].flat().map(String);
  reply.header('set-cookie', [...others, parts.join('; ')]);
};
