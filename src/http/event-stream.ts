/** The ledger's events as a stream of server-sent events: from a place on, and then as they come. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LogClosedError, type Sequence, type StoredEvent } from '../ledger/event-log.ts';
import type { FeedFilter } from '../ledger/feed.ts';
import { resourceOfEventType } from '../ledger/access/index.ts';
import { giving } from './auth/access.ts';
import type { WhoNow } from './auth/callers.ts';
import { feedFilters, filterIn } from './events.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { AfterSequence } from './schemas.ts';
import { usualBounds } from './stream/bounds.ts';
import type { Member, Sight } from './stream/groups.ts';
import { type Hub, hubOver } from './stream/hub.ts';
import { openStreams } from './stream/open-streams.ts';
import { type Outlet, outletOn } from './stream/outlet.ts';
import { caughtUpText, eventStreamMedia, eventText, greeting } from './stream/texts.ts';

/** Events looked at, and characters sent, before a reader that catches up has taken those before. */
const page = 100;
const mostAtOnce = 64 * 1024;
/** Milliseconds that a mirror gets to come as far as a reader has been elsewhere. */
const mostBehind = 2_000;

const querystring = z.strictObject({ after: AfterSequence, ...feedFilters });

const LastEventId = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .optional()
  .meta({
    description: 'De laatste `id` die u hebt; de stroom gaat daarna verder',
    example: '311',
  });

const schema = {
  summary: 'De gebeurtenissen van het grootboek, als stroom: wat er is, en dan wat er komt',
  description: `Server-sent events. \`id\` is het volgnummer, \`event\` het type, \`data\` het CloudEvent.
Is alles gestuurd wat er is, dan volgt \`event: caught-up\` met het hoogste volgnummer als \`id\`; zo
gaat wie filtert verder voorbij wat niet voor hem was. Zonder \`Last-Event-ID\` en \`after\` begint de
stroom bij het begin. Na ${usualBounds.quiet / 1000} s zonder bericht komt er een regel commentaar. Wie ${usualBounds.stuck / 1000} s niets aanneemt,
wordt afgesloten, en kan verder vanaf zijn laatste \`id\`. Tegelijk kunnen er ${usualBounds.perCaller} stromen per token zijn,
${usualBounds.perAddress} per adres zonder aanmelding, en ${usualBounds.total} in totaal.`,
  tags: ['events'],
  querystring,
  headers: z.looseObject({ 'Last-Event-ID': LastEventId }),
  response: {
    200: {
      description: 'De stroom; zij eindigt niet vanzelf',
      content: { [eventStreamMedia]: { schema: z.string() } },
    },
  },
};

export const registerEventStream = (
  app: FastifyInstance,
  parts: AppParts,
  at: AtLedger,
  whoNow: WhoNow,
): void => {
  const bounds = { ...usualBounds, ...parts.streamBounds };
  const hub = hubOver({
    // Readers have joined, so there is a ledger.
    follow: (after, signal) => parts.ledger()!.log.follow(after, signal),
    bounds,
    report: parts.report,
  });
  const open = openStreams(bounds, hub.mark);
  // Streams do not end by themselves; closing waits for what has not ended.
  app.addHook('preClose', async () => open.endAll());
  // Whose token was revoked, or who was signed out, is sent nothing more once that is answered.
  app.addHook('onSend', async (request) => {
    if (mayEndSomebody(request)) await open.recheck();
  });

  app.get('/v1/event-stream', { schema, ...giving('event-stream') }, async (request, reply) => {
    const given = readQuery(request.url, querystring);
    const filter = filterIn(given);
    const asked = placeIn(given.after, request.headers['last-event-id']);
    await checkNotBeyond(asked, at(request).feed.head, parts);
    if (request.method === 'HEAD') return reply.type(eventStreamMedia).send();
    const free = open.take(request);
    const outlet = begin(request, reply);
    outlet.onGone(free);
    open.keep(outlet, stillThere(request, whoNow));
    const member = { position: asked.after, outlet };
    const sight = () => sightOf(request, filter, at);
    void serve({ filter, ledger: () => at(request), sight, hub, member }).catch(
      (error: unknown) => {
        if (!(error instanceof LogClosedError)) parts.report?.(error);
        outlet.end();
      },
    );
    return reply;
  });
};

const mayEndSomebody = ({ method, routeOptions: { config, url } }: FastifyRequest): boolean =>
  method === 'POST' && (config.access?.action === 'manage' || url === '/afmelden');

interface Place {
  readonly after: Sequence;
  /** The parameter or header that says so. */
  readonly pointer: string;
}

/** Where the stream begins. @throws ProblemError `invalid` */
const placeIn = (after: string | undefined, last: string | string[] | undefined): Place => {
  const pointer = 'Last-Event-ID';
  if (last === undefined) return { after: Number(after ?? -1), pointer: 'after' };
  if (!LastEventId.safeParse(last).success)
    throw invalidInput([{ pointer, detail: 'verwacht een volgnummer (vanaf 0)' }]);
  // Browsers come back to the same address, with how far they have come beside it.
  if (Number(last) < Number(after ?? -1))
    throw invalidInput([{ pointer, detail: `ligt vóór after (${after}); geef een van beide` }]);
  return { after: Number(last), pointer };
};

/** A mirror may be behind what a reader has seen elsewhere. @throws ProblemError, HttpProblem */
const checkNotBeyond = async (
  { after, pointer }: Place,
  head: () => Sequence,
  { logState }: AppParts,
): Promise<void> => {
  const until = performance.now() + mostBehind;
  while (after > head() && logState?.() !== undefined && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
  if (after <= head()) return;
  if (logState?.()?.reachable === false)
    throw new HttpProblem('unavailable', 'Dit proces heeft nog niet alle gebeurtenissen.');
  throw invalidInput([{ pointer, detail: `ligt na de laatste gebeurtenis (${head()})` }]);
};

/** From here on the answer is the stream's; it ends with its connection. */
const begin = (request: FastifyRequest, reply: FastifyReply): Outlet => {
  reply.hijack();
  const { raw } = reply;
  // Without chunks, what is sent to many is the same bytes, and is written in one go.
  raw.useChunkedEncodingByDefault = false;
  const headers = { 'content-type': eventStreamMedia, 'x-accel-buffering': 'no' };
  raw.writeHead(200, { ...reply.getHeaders(), ...headers } as Record<string, string>);
  const outlet = outletOn(raw, request.raw.socket);
  outlet.write(greeting);
  return outlet;
};

/** Whether who asked is still who it was, with the same rights. */
const stillThere = (request: FastifyRequest, whoNow: WhoNow) => {
  const text = ({ id, access, municipality }: FastifyRequest['caller']): string =>
    JSON.stringify([id, access, municipality]);
  const before = text(request.caller);
  return async (): Promise<boolean> => {
    const now = await whoNow(request);
    return now !== undefined && text(now) === before;
  };
};

/** A merger, or taking one back, changes whose is whose. */
const changesLines = ({ entry: { type } }: StoredEvent): boolean =>
  resourceOfEventType(type) === 'members' || type === 'FactReversed';

/** What a reader sees of events as they come. */
const sightOf = (request: FastifyRequest, filter: FeedFilter, at: AtLedger): Sight => {
  const { caller } = request;
  let ledger = at(request);
  const { municipalities } = ledger.access;
  return {
    key: JSON.stringify([filter, caller.access, caller.municipality, municipalities]),
    of: async (events) => {
      const last = events.at(-1)!.sequence;
      if (caller.municipality !== undefined && events.some(changesLines)) {
        await ledger.reached(last);
        ledger = at(request);
      }
      return ledger.feed.of(filter, events);
    },
  };
};

interface Stream {
  readonly filter: FeedFilter;
  /** As rights are now. */
  readonly ledger: () => ReturnType<AtLedger>;
  readonly sight: () => Sight;
  readonly hub: Hub;
  readonly member: Member;
}

/** Until the connection is over. A reader that falls behind catches up again. */
const serve = async (stream: Stream): Promise<void> => {
  const { sight, hub, member } = stream;
  while (!member.outlet.isOver()) {
    await catchUp(stream);
    if (!member.outlet.isOver()) await hub.join(sight(), member);
  }
};

/** Sends what the log holds as fast as the reader takes it, until it is as far as the others. */
const catchUp = async ({ filter, ledger, hub, member }: Stream): Promise<void> => {
  const { outlet } = member;
  const { feed, reached } = ledger();
  await outlet.room();
  do {
    const goal = feed.head();
    await reached(goal);
    while (member.position < goal) {
      // Others get their turn as well.
      await nextTurn();
      const found = await ledger().feed.page(filter, member.position, goal, page);
      let text = '';
      let to = found.to;
      for (const event of found.events) {
        text += eventText(event);
        if (text.length < mostAtOnce) continue;
        // What is left of the page is not held while the reader takes this.
        to = event.sequence;
        break;
      }
      member.position = to;
      if (text !== '') outlet.write(Buffer.from(text));
      await outlet.room();
      if (outlet.isOver()) return;
    }
    outlet.write(Buffer.from(caughtUpText(goal)));
  } while (member.position < hub.position());
};
