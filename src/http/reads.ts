/** Lists and single things, at a peildatum and as known at a sequence. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tag } from '../../events/index.ts';
import { Slug, TagText, Ulid } from '../../events/values.ts';
import { basispakket } from '../../projections/index.ts';
import { resourceOfPath } from '../ledger/access/index.ts';
import type { LedgerFor, Moment } from '../ledger/ledger.ts';
import { giving } from './auth/access.ts';
import { etagOf } from './headers.ts';
import { Package, PackagePart } from './items/index.ts';
import { openingIn } from './opening.ts';
import type { AtLedger } from './parts.ts';
import { HttpProblem } from './problems.ts';
import { readQuery } from './query.ts';
import { type Resource, resources } from './resources/index.ts';
import {
  asked,
  AsOf,
  cursor,
  Limit,
  mostPerPage,
  namedDecisions,
  openedAsked,
  usualPerPage,
} from './schemas.ts';

type Given = Readonly<Record<string, string | undefined>>;

const listOf = (item: z.ZodType) =>
  z.object({ asOf: AsOf, items: z.array(item), next: z.string().optional(), ...namedDecisions });
const singleOf = <Shape extends z.ZodRawShape>(item: z.ZodObject<Shape>) =>
  z.looseObject({ asOf: AsOf, ...item.shape });

/** The filters that were given, beside what a list always holds. */
export const filtersIn = (resource: Resource, given: Given): Readonly<Record<string, string>> => ({
  ...resource.only,
  ...Object.fromEntries(
    Object.keys(resource.filters).flatMap((name) => {
      const value = given[name];
      return value === undefined ? [] : [[resource.within?.[name] ?? name, value] as const];
    }),
  ),
});

export const momentIn = ({ validAt, knownAt }: Given): Moment => ({
  validAt,
  // A plus sign in an address reads as a space; an instant has no spaces.
  knownAt: knownAt?.replace(' ', '+'),
});

/** ETag of a thing as known at a sequence; none for things that no event carries a tag of. */
const setEtag = async (
  reply: FastifyReply,
  ledger: LedgerFor,
  thing: string,
  knownAt: number,
): Promise<void> => {
  if (!TagText.safeParse(thing).success) return;
  reply.header('etag', etagOf(await ledger.version(thing, knownAt)));
};

export const registerReads = (app: FastifyInstance, at: AtLedger): void => {
  for (const resource of resources) {
    registerList(app, at, resource);
    registerOne(app, at, resource);
  }
  registerPackage(app, at);
  registerPackagePart(app, at);
};

const askedOf = ({ personal }: Resource) =>
  personal === true ? { ...asked, ...openedAsked } : asked;

const paged = {
  limit: Limit.meta({
    description: `Dan komt de lijst op volgorde van id, in bladzijden van 1 – ${mostPerPage}; zonder limit in één keer`,
    example: '100',
  }),
  after: cursor(/^.{1,200}$/).meta({
    description: '`next` van de vorige bladzijde; vraag die met dezelfde `knownAt`',
  }),
};

const pagedOf = ({ whole }: Resource) => (whole === true ? {} : paged);

const registerList = (app: FastifyInstance, at: AtLedger, resource: Resource): void => {
  const { path, list, filters, item } = resource;
  const querystring = z.strictObject({
    ...askedOf(resource),
    ...pagedOf(resource),
    ...filters,
  });
  app.get(
    `/v1/${path}`,
    {
      schema: { summary: list, tags: [path], querystring, response: { 200: listOf(item) } },
      ...giving(resourceOfPath(path)),
    },
    async (request) => {
      const given: Given = readQuery(request.url, querystring);
      const ledger = at(request);
      const question = {
        question: path,
        ...momentIn(given),
        where: filtersIn(resource, given),
        withBasis: given.with === 'basis',
        opening: openingIn(request, ledger.access, given),
      };
      const { limit, after } = given;
      if (limit === undefined && after === undefined) return ledger.ask(question);
      return ledger.askPage(question, after, Number(limit ?? usualPerPage));
    },
  );
};

const registerOne = (app: FastifyInstance, at: AtLedger, resource: Resource): void => {
  const { path, one, param, paramSchema, item, tagKind } = resource;
  const querystring = z.strictObject(askedOf(resource));
  const params = z.object({ [param]: paramSchema });
  app.get(
    `/v1/${path}/:${param}`,
    {
      schema: {
        summary: one,
        tags: [path],
        params,
        querystring,
        response: { 200: singleOf(item) },
      },
      ...giving(resourceOfPath(path)),
    },
    async (request, reply) => {
      const given: Given = readQuery(request.url, querystring);
      const thing = (request.params as Given)[param]!;
      const ledger = at(request);
      const opening = openingIn(request, ledger.access, given);
      const found = await ledger.askOne({ question: path, thing, opening, ...momentIn(given) });
      if (tagKind !== undefined)
        await setEtag(reply, ledger, tag(tagKind, thing), found.asOf.knownAt);
      return { asOf: found.asOf, ...found.item, decisions: found.decisions };
    },
  );
};

const noPackage = {
  decisionIds: [],
  tasks: [],
  notUsed: [],
  plusServices: [],
  moved: [],
  agreements: [],
  basis: [],
};

const packageAt = async (ledger: LedgerFor, moment: Moment) => {
  const question = { question: 'package', thing: basispakket, withBasis: true, ...moment };
  const { asOf, items, decisions } = await ledger.ask(question);
  return { asOf, item: items[0] ?? noPackage, decisions };
};

/** The package of a day; also by its id, as writes name it. */
const registerPackage = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject(asked);
  const response = { 200: singleOf(Package) };
  const read = async (request: FastifyRequest, reply: FastifyReply) => {
    const given: Given = readQuery(request.url, querystring);
    const ledger = at(request);
    const { asOf, item, decisions } = await packageAt(ledger, momentIn(given));
    const { packageId } = item as { readonly packageId?: string };
    const wanted = (request.params as Given).packageId;
    if (wanted !== undefined && wanted !== packageId)
      throw new HttpProblem('not-found', `${wanted} is op deze dag niet het basispakket.`);
    if (packageId !== undefined)
      await setEtag(reply, ledger, tag('package', packageId), asOf.knownAt);
    return { asOf, ...item, decisions };
  };
  const shared = { tags: ['package'], querystring, response };
  const summary = 'Het basispakket op een peildatum';
  app.get('/v1/package', { schema: { summary, ...shared }, ...giving('package') }, read);
  const params = z.object({ packageId: Ulid });
  app.get(
    '/v1/package/:packageId',
    {
      schema: { summary: `${summary}, als het dit is`, params, ...shared },
      ...giving('package'),
    },
    read,
  );
};

interface Parts {
  readonly tasks: readonly { readonly task: string; readonly title: string }[];
  readonly notUsed: readonly { readonly task: string; readonly municipality: string }[];
  readonly basis?: readonly string[];
}

/** One part of the package: mostly so that leaving it unused has something to match. */
const registerPackagePart = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject(asked);
  const schema = {
    summary: 'Een deel van het basispakket en wie het niet gebruikt',
    tags: ['package'],
    params: z.object({ task: Slug }),
    querystring,
    response: { 200: singleOf(PackagePart) },
  };
  app.get(
    '/v1/package-parts/:task',
    { schema, ...giving('package-parts') },
    async (request, reply) => {
      const given: Given = readQuery(request.url, querystring);
      const { task } = request.params as { readonly task: string };
      const ledger = at(request);
      const { asOf, item } = await packageAt(ledger, momentIn(given));
      const { tasks, notUsed, basis } = item as unknown as Parts;
      const found = tasks.find((t) => t.task === task);
      await setEtag(reply, ledger, tag('task', task), asOf.knownAt);
      const notUsedBy = notUsed.filter((n) => n.task === task).map((n) => n.municipality);
      return { asOf, task, title: found?.title, inPackage: found !== undefined, notUsedBy, basis };
    },
  );
};
