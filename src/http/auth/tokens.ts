/** Tokens of programs: made, listed, revoked. Only for who manages access. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { entryTypes } from '../../../events/index.ts';
import { LocalDate, MunicipalityCode, Ulid } from '../../../events/values.ts';
import { givenRoles } from '../../ledger/access/index.ts';
import { flawsOf } from '../../ledger/record.ts';
import { dateIn } from '../../ledger/moments.ts';
import { HttpProblem, invalidInput } from '../problems.ts';
import { readQuery } from '../query.ts';
import { giving } from './access.ts';
import type { Entrance } from './entrance.ts';

const Body = z
  .strictObject({
    role: z.enum(givenRoles, { error: `verwacht een van: ${givenRoles.join(', ')}` }),
    municipality: MunicipalityCode.optional(),
    types: z
      .array(z.enum(entryTypes as readonly [string, ...string[]]))
      .min(1)
      .optional(),
    note: z.string().min(1).max(200).optional(),
    expires: LocalDate,
  })
  .refine(({ role, municipality }) => (role === 'municipality') === (municipality !== undefined), {
    error: 'hoort bij de rol municipality, en daar alleen',
    path: ['municipality'],
  })
  .refine(({ role, types }) => types === undefined || role === 'service', {
    error: 'hoort alleen bij de rol service',
    path: ['types'],
  });

const noQuery = z.strictObject({});
const hidden = { schema: { hide: true }, ...giving('tokens', 'manage') };

export const registerTokens = (app: FastifyInstance, { tokens, clock }: Entrance): void => {
  app.post('/v1/tokens', hidden, async (request, reply) => {
    readQuery(request.url, noQuery);
    const read = Body.safeParse(request.body);
    if (!read.success) throw invalidInput(flawsOf(read.error));
    if (read.data.expires < dateIn(clock.now()))
      throw invalidInput([{ pointer: '/expires', detail: 'ligt in het verleden' }]);
    reply.code(201);
    return tokens.create(read.data);
  });
  app.get('/v1/tokens', hidden, async (request) => {
    readQuery(request.url, noQuery);
    return { items: tokens.list() };
  });
  const params = z.object({ tokenId: Ulid });
  app.post(
    '/v1/tokens/:tokenId/_revoke',
    { ...hidden, schema: { hide: true, params } },
    async (request) => {
      readQuery(request.url, noQuery);
      const { tokenId } = request.params as z.infer<typeof params>;
      const revoked = tokens.revoke(tokenId);
      if (revoked !== undefined) return revoked;
      throw new HttpProblem('not-found', `Token ${tokenId} bestaat niet.`);
    },
  );
};
