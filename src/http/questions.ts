/** Questions about questions: what changed between two points, and what an answer rests on. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EventId, LocalDate } from '../../events/values.ts';
import type { Moment } from '../ledger/ledger.ts';
import { giving } from './auth/access.ts';
import { Of, questionIn } from './of.ts';
import { openingIn } from './opening.ts';
import type { AtLedger } from './parts.ts';
import { invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { momentIn } from './reads.ts';
import {
  About,
  asked,
  AsOf,
  basis,
  change,
  cursor,
  Limit,
  namedDecisions,
  openedAsked,
  ReportedEvent,
  usualPerPage,
} from './schemas.ts';

const Point = z.string().min(1, { error: 'verwacht een punt, zoals 2021-06-30@12' }).meta({
  description:
    'Een punt: `2021-06-30` (peildatum), `2021-06-30@12` (peildatum en bekend op) of `@12` (alleen bekend op)',
  example: '2021-06-30@12',
});

const hiddenEvents = {
  hiddenEvents: z
    .int()
    .optional()
    .meta({ description: 'Hoeveel gebeurtenissen u hier niet mag zien' }),
};

const CausedChange = z.looseObject({
  ...change,
  causedBy: z.array(EventId).meta({ description: 'De gebeurtenissen die dit veroorzaakten' }),
});

/** @param text `validAt`, `validAt@knownAt` or `@knownAt` */
const pointIn = (text: string): Moment => {
  const mark = text.indexOf('@');
  if (mark < 0) return momentIn({ validAt: text });
  const validAt = text.slice(0, mark);
  return momentIn({
    ...(validAt === '' ? {} : { validAt }),
    knownAt: text.slice(mark + 1),
  });
};

export const registerQuestions = (app: FastifyInstance, at: AtLedger): void => {
  registerDifferences(app, at);
  registerExplanations(app, at);
  registerTimeline(app, at);
};

const registerDifferences = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({ of: Of, from: Point, to: Point, ...openedAsked });
  const response = {
    200: z.object({
      of: z.string(),
      from: AsOf,
      to: AsOf,
      items: z.array(CausedChange),
      events: z.array(ReportedEvent).meta({ description: 'De oorzaken, op volgorde' }),
      ...hiddenEvents,
      ...namedDecisions,
    }),
  };
  const schema = {
    summary: 'Wat er verschilt tussen twee punten, en waardoor',
    tags: ['questions'],
    querystring,
    response,
  };
  app.get('/v1/differences', { schema, ...giving('differences') }, async (request) => {
    const { of, from, to, ...given } = readQuery(request.url, querystring);
    const ledger = at(request);
    const question = { ...questionIn(of), opening: openingIn(request, ledger.access, given) };
    return { of, ...(await ledger.differences(question, pointIn(from), pointIn(to))) };
  });
};

const Explanation = z.looseObject({
  asOf: AsOf,
  of: z.string(),
  items: z.array(z.looseObject({})),
  events: z.array(ReportedEvent).meta({ description: 'Waarop het rust, op volgorde' }),
  ...hiddenEvents,
  rules: z.array(z.looseObject({ rule: z.string(), title: z.string(), eventId: EventId })),
  foldedAgain: z
    .object({ items: z.array(z.looseObject({})), same: z.boolean() })
    .meta({ description: 'Hetzelfde antwoord, opnieuw gemaakt uit alleen deze gebeurtenissen' }),
  ...namedDecisions,
  ...basis,
});

const registerExplanations = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({ of: Of, ...asked, ...openedAsked });
  const schema = {
    summary: 'Waarop een antwoord rust: regels, besluiten en gebeurtenissen',
    tags: ['questions'],
    querystring,
    response: { 200: Explanation },
  };
  app.get('/v1/explanations', { schema, ...giving('explanations') }, async (request) => {
    const { of, ...given } = readQuery(request.url, querystring);
    const ledger = at(request);
    const opening = openingIn(request, ledger.access, given);
    return { of, ...(await ledger.explain({ ...questionIn(of), ...momentIn(given), opening })) };
  });
};

const Day = LocalDate.optional();

const registerTimeline = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({
    from: Day.meta({ description: 'Vanaf deze dag (peildatum)' }),
    until: Day.meta({ description: 'Tot deze dag' }),
    about: About,
    limit: Limit,
    after: cursor(/^\d{4}-\d{2}-\d{2}\.\d{16}$/),
    ...asked,
  });
  const schema = {
    summary: 'Alles wat gebeurde, op datum',
    tags: ['questions'],
    querystring,
    response: {
      200: z.object({ asOf: AsOf, items: z.array(ReportedEvent), next: z.string().optional() }),
    },
  };
  app.get('/v1/timeline', { schema, ...giving('timeline') }, async (request) => {
    const given = readQuery(request.url, querystring);
    const { from, until, about, after, limit } = given;
    if (from !== undefined && until !== undefined && until < from)
      throw invalidInput([{ pointer: 'until', detail: 'ligt voor from' }]);
    return at(request).timeline(
      {
        ...momentIn(given),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
        ...(about === undefined ? {} : { about }),
        ...(after === undefined ? {} : { after }),
      },
      Number(limit ?? usualPerPage),
    );
  });
};
