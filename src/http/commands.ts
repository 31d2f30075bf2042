/** What the routes need to know of a command: where it is sent to, and what its body holds. */
import { z } from 'zod';
import { Evidence } from '../../events/entry.ts';
import { LocalDate, onDay, RoughDate } from '../../events/values.ts';
import { type Resource, resourceOfPath } from '../ledger/access/index.ts';
import { type Command, commands } from '../ledger/ledger.ts';
import { invalidInput } from './problems.ts';
import { resourceAt } from './resources/index.ts';

export interface Route {
  readonly name: string;
  readonly summary: string;
  /** As the framework writes it: `/v1/decisions/:decisionId/_adopt`. */
  readonly url: string;
  readonly params: readonly string[];
  /** A step in the life of a thing, not a new thing. */
  readonly isAction: boolean;
  /** `If-Match` is required: there is a thing to match. */
  readonly matches: boolean;
  readonly command: Command<never>;
  readonly body: z.ZodObject;
  readonly tag: string;
  /** What one must be allowed to record. */
  readonly resource: Resource;
}

const parameter = /\{([^}]+)\}/g;

/** What every command may have beside its own fields. */
export const circumstances = {
  mode: z.enum(['take', 'register']).optional().meta({
    description:
      'take (gewoonlijk): een stap hier en nu; register: vastleggen wat een bron zegt (vraagt evidence)',
  }),
  validFrom: z.union([LocalDate, RoughDate]).optional().meta({
    description: 'Vanaf wanneer het geldt; een dag mag als tekst. Anders vandaag.',
  }),
  evidence: z.array(Evidence).min(1).max(20).optional(),
};

export const routes: readonly Route[] = commands.map((command) => {
  const params = [...command.path.matchAll(parameter)].map(([, name = '']) => name);
  return {
    name: command.name,
    summary: command.summary,
    url: `/v1/${command.path.replace(parameter, ':$1')}`,
    params,
    isAction: command.path.includes('/_'),
    matches: command.thing !== undefined,
    command,
    body: bodyOf(command, params),
    tag: command.path.split('/')[0] ?? '',
    resource: resourceOfPath(command.path),
  };
});

/** The body as the document tells it: fields of the command, and what every write may have. */
function bodyOf(command: Command<never>, params: readonly string[]): z.ZodObject {
  const schema: z.ZodType = command.body;
  if (!(schema instanceof z.ZodObject)) throw new Error(`${command.name} has no object as body`);
  const shape: Record<string, z.ZodType> = { ...(schema.shape as Record<string, z.ZodType>) };
  for (const name of [...params, command.creates ?? ''])
    if (shape[name] !== undefined) shape[name] = shape[name].optional();
  return z.strictObject({
    ...shape,
    ...circumstances,
  });
}

/**
 * Fields of the command from path and body, which must not contradict each other.
 * @throws ProblemError `invalid`
 */
export const fieldsOf = (
  fields: Readonly<Record<string, unknown>>,
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> => {
  const flaws = Object.entries(params)
    .filter(([name, value]) => fields[name] !== undefined && fields[name] !== value)
    .map(([name]) => ({ pointer: `/${name}`, detail: 'is anders dan in het adres' }));
  if (flaws.length > 0) throw invalidInput(flaws);
  return { ...fields, ...params };
};

/** A day as text stands for that very day. @throws ProblemError `invalid` */
export const roughDate = (given: unknown): unknown => {
  if (typeof given !== 'string') return given;
  const day = LocalDate.safeParse(given);
  if (day.success) return onDay(day.data);
  throw invalidInput([
    { pointer: '/validFrom', detail: day.error.issues[0]?.message ?? 'ongeldige datum' },
  ]);
};

/** Collections that are read elsewhere than where they are written. */
const readAt: Readonly<Record<string, string>> = {
  'lump-sum-expectations': 'lump-sums',
  'agreement-plans': 'agreements',
};

/**
 * Where a new thing can be read.
 * @param data of the event that made it
 */
export const locationOf = (
  { command }: Route,
  data: Readonly<Record<string, unknown>>,
  eventId: string,
): string | undefined => {
  const path = readAt[command.path] ?? command.path;
  if (path === 'package') return '/v1/package';
  const resource = resourceAt(path);
  if (resource === undefined) return undefined;
  const id = resource.param === 'eventId' ? eventId : data[resource.param];
  return typeof id === 'string' || typeof id === 'number'
    ? `/v1/${path}/${encodeURIComponent(id)}`
    : undefined;
};
