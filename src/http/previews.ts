/** What commands would change; nothing is recorded. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EventId, LocalDate } from '../../events/values.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { Question } from '../ledger/ledger.ts';
import { mostPreviewed } from '../ledger/preview.ts';
import { flawsOf } from '../ledger/record.ts';
import { actorOf } from './asker.ts';
import { circumstances, roughDate, routes } from './commands.ts';
import { Of, questionIn } from './of.ts';
import type { AtLedger } from './parts.ts';
import { invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { AsOf, change, namedDecisions, ReportedEvent } from './schemas.ts';

const names = routes.map(({ name }) => name) as [string, ...string[]];

const Commands = z
  .array(
    z.strictObject({
      command: z
        .enum(names, {
          error: ({ input }) => (input === undefined ? 'ontbreekt' : 'deze opdracht bestaat niet'),
        })
        .meta({ description: 'Naam van de opdracht, zoals `x-command` bij de schrijfacties' }),
      body: z.record(z.string(), z.unknown()).meta({
        description: 'De velden van de opdracht, ook die anders in het adres staan',
      }),
      ...circumstances,
    }),
  )
  .min(1, { error: 'verwacht minstens één opdracht' })
  .max(mostPreviewed, { error: `hoogstens ${mostPreviewed} opdrachten in één keer` })
  .meta({ description: 'Op volgorde; een latere mag op een eerdere rusten' });

const Body = z.strictObject({
  commands: Commands,
  of: Of.optional().meta({
    description: 'De vraag waarvan het verschil wordt getoond; anders alle vragen',
  }),
  validAt: LocalDate.optional().meta({ description: 'Peildatum; anders vandaag' }),
});

const PreviewId = z
  .string()
  .regex(/^preview:[1-9]\d*$/)
  .meta({ description: 'Een gebeurtenis die er niet is', example: 'preview:1' });

const PreviewedChange = z.looseObject({
  ...change,
  causedBy: z.array(z.union([PreviewId, EventId])),
});

const Preview = z.object({
  asOf: AsOf.meta({ description: 'Het moment waarmee is vergeleken' }),
  of: z.string().optional(),
  items: z.array(PreviewedChange).meta({ description: 'Wat er zou verschillen' }),
  also: z.array(PreviewedChange).meta({
    description:
      'Bevindingen en criteria (quasi-inbesteden) die zouden verschillen, wat er ook is gevraagd',
  }),
  events: z
    .array(ReportedEvent.omit({ sequence: true, recordedAt: true }).extend({ eventId: PreviewId }))
    .meta({ description: 'De gebeurtenissen die zouden worden vastgelegd, op volgorde' }),
  ...namedDecisions,
});

const noQuery = z.strictObject({});

export const registerPreviews = (app: FastifyInstance, at: AtLedger): void => {
  const schema = {
    operationId: 'preview',
    summary: 'Wat opdrachten zouden veranderen; er wordt niets vastgelegd',
    description:
      'Een opdracht die zou worden geweigerd, geeft hetzelfde antwoord als bij het vastleggen, met in `errors` welke het is.',
    tags: ['questions'],
    body: Body,
    response: { 200: Preview },
  };
  app.post('/v1/previews', { schema }, async (request) => {
    readQuery(request.url, noQuery);
    const read = Body.safeParse(request.body);
    if (!read.success) throw invalidInput(flawsOf(read.error));
    const { commands, of, validAt } = read.data;
    const told = await at().preview({
      commands: commands.map((one) => ({ ...one, validFrom: roughDate(one.validFrom) })),
      actor: actorOf(request),
      question: of === undefined ? undefined : questionAt(of),
      validAt,
    });
    return { ...(of === undefined ? {} : { of }), ...told };
  });
};

/** As in an address, but what is wrong is told of the field. @throws ProblemError `invalid` */
const questionAt = (of: string): Question => {
  try {
    return questionIn(of);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const flaws = error.problem.errors ?? [];
    throw invalidInput([{ pointer: '/of', detail: flaws.map((f) => f.detail).join('; ') }]);
  }
};
