/** Reads `of`: the path and query of another read, without `/v1/`. */
import { z } from 'zod';
import { basispakket } from '../../projections/index.ts';
import type { Question } from '../ledger/ledger.ts';
import { invalidInput } from './problems.ts';
import { flawsIn, parseQuery, queryOf } from './query.ts';
import { filtersIn } from './reads.ts';
import { type Resource, resourceAt, resources } from './resources/index.ts';

export const Of = z.string().min(1, { error: 'noem een vraag, zoals decisions' }).meta({
  description:
    'Een andere vraag: pad en vraagdeel zonder /v1/, zoals `package`, `decisions/01…` of `lump-sums?status=proposed` (in procentcodering)',
  example: 'package',
});

interface Asked {
  readonly path: string;
  /** Undefined for the package, of which there is one. */
  readonly resource: Resource | undefined;
  readonly thing?: string;
  readonly given: Readonly<Record<string, string>>;
}

const wrong = (detail: string) => invalidInput([{ pointer: 'of', detail }]);

/** @throws ProblemError `invalid`, naming what is allowed */
export const questionIn = (of: string): Question => {
  const { path, resource, thing, given } = parseOf(of);
  if (resource === undefined) return { question: path, thing: basispakket };
  if (thing !== undefined) return { question: path, thing };
  return { question: path, where: filtersIn(resource, given) };
};

const parseOf = (of: string): Asked => {
  const mark = of.indexOf('?');
  const [path = '', thing, ...more] = (mark < 0 ? of : of.slice(0, mark)).split('/').map(decoded);
  const resource = resourceAt(path);
  if (resource === undefined && path !== 'package') throw wrong(`onbekende vraag; ${known()}`);
  if (more.length > 0 || thing === '' || (thing !== undefined && resource === undefined))
    throw wrong('verwacht een vraag, zoals decisions, of een vraag en een id, zoals decisions/01…');
  const given = parseQuery(queryOf(of));
  if (given.has('validAt') || given.has('knownAt'))
    throw wrong('de twee tijden horen naast of, niet erin');
  const filters = z.strictObject(thing === undefined ? (resource?.filters ?? {}) : {});
  const allowed = Object.keys(filters.shape);
  const strange = [...given.keys()].filter((name) => !allowed.includes(name));
  if (strange.length > 0)
    throw wrong(
      `onbekende parameter ${strange.join(', ')}; ${allowed.length === 0 ? 'hier zijn geen filters' : `toegestaan: ${allowed.join(', ')}`}`,
    );
  const values = Object.fromEntries(given);
  const read = filters.safeParse(values);
  if (!read.success)
    throw wrong(
      flawsIn(read.error)
        .map((f) => `${f.pointer}: ${f.detail}`)
        .join('; '),
    );
  if (thing !== undefined && resource !== undefined) checkThing(resource, thing);
  return { path, resource, ...(thing === undefined ? {} : { thing }), given: values };
};

const checkThing = ({ param, paramSchema }: Resource, thing: string): void => {
  const read = paramSchema.safeParse(thing);
  if (!read.success) throw wrong(`${param}: ${read.error.issues[0]?.message ?? 'ongeldig'}`);
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw wrong('bevat een ongeldige procentcodering');
  }
};

const known = () => `wel: ${[...resources.map((r) => r.path), 'package'].join(', ')}`;
