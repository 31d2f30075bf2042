/** Postings one by one, in pages by sequence. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Account } from '../../events/postings.ts';
import { MunicipalityCode } from '../../events/values.ts';
import { BalanceId, PostedLine, YearText } from './items/index.ts';
import { giving } from './auth/access.ts';
import type { AtLedger } from './parts.ts';
import { readQuery } from './query.ts';
import { momentIn } from './reads.ts';
import { asked, AsOf, cursor, Limit, usualPerPage } from './schemas.ts';

const { validAt, knownAt } = asked;

const querystring = z.strictObject({
  municipality: MunicipalityCode.optional().meta({
    description: 'Alleen van deze gemeente, onder haar eigen naam',
  }),
  year: YearText.optional().meta({ description: 'Alleen in dit boekjaar' }),
  account: Account.optional().meta({ description: 'Alleen op deze rekening' }),
  balance: BalanceId.optional().meta({
    description: 'Alleen wat in dit saldo is opgeteld, ook wat van voorgangers kwam',
    example: 'gm0828-2025',
  }),
  limit: Limit,
  after: cursor(/^\d{1,15}\.\d{1,3}$/),
  validAt,
  knownAt,
});

export const registerPostings = (app: FastifyInstance, at: AtLedger): void => {
  const response = {
    200: z.object({ asOf: AsOf, items: z.array(PostedLine), next: z.string().optional() }),
  };
  const schema = {
    summary: 'Boekingen op volgnummer, elk met haar gebeurtenis',
    tags: ['balances'],
    querystring,
    response,
  };
  app.get('/v1/postings', { schema, ...giving('postings') }, async (request) => {
    const { year, limit, municipality, account, balance, after, ...moment } = readQuery(
      request.url,
      querystring,
    );
    return at(request).postings(
      {
        ...momentIn(moment),
        year: year === undefined ? undefined : Number(year),
        municipality,
        account,
        balance,
        after,
      },
      Number(limit ?? usualPerPage),
    );
  });
};
