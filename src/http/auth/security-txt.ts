/** Where a weakness can be reported (RFC 9116). */
import type { FastifyInstance } from 'fastify';
import { giving } from './access.ts';
import type { Entrance } from './entrance.ts';

/** Milliseconds that it may be relied on. */
const lasts = 180 * 24 * 60 * 60_000;

export const registerSecurityTxt = (
  app: FastifyInstance,
  { clock, securityContact }: Entrance,
): void => {
  const route = { schema: { hide: true }, ...giving('service') };
  app.get('/.well-known/security.txt', route, async (_request, reply) => {
    const expires = new Date(Date.parse(clock.now()) + lasts).toISOString();
    return reply
      .type('text/plain; charset=utf-8')
      .serializer(String)
      .send(`Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: nl, en\n`);
  });
};
