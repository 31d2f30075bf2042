/** Reading the query of an address strictly: every parameter once, known, and well formed. */
import { type z } from 'zod';
import type { Flaw } from '../ledger/errors.ts';
import { invalidInput } from './problems.ts';

/** Longest value of a parameter; more is never meant. */
const maxValue = 2_000;

const decode = (text: string, part: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidInput([{ pointer: part, detail: 'bevat een ongeldige procentcodering' }]);
  }
};

/** @throws ProblemError `invalid` for a repeated parameter or a wrong encoding */
export const parseQuery = (query: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals), 'de vraag').slice(0, 100);
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1), name);
    if (found.has(name)) throw invalidInput([{ pointer: name, detail: 'staat er meer dan eens' }]);
    if (value.length > maxValue)
      throw invalidInput([{ pointer: name, detail: `is langer dan ${maxValue} tekens` }]);
    found.set(name, value);
  }
  return found;
};

/** The part of an address after its first question mark. */
export const queryOf = (url: string): string => {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
};

/**
 * The parameters that a route knows, from its address.
 * @throws ProblemError `invalid`, naming what is allowed
 */
export const readQuery = <Shape extends z.ZodRawShape>(
  url: string,
  schema: z.ZodObject<Shape>,
): z.infer<z.ZodObject<Shape>> => {
  const given = parseQuery(queryOf(url));
  const allowed = Object.keys(schema.shape);
  const flaws: Flaw[] = [...given.keys()]
    .filter((name) => !allowed.includes(name))
    .map((pointer) => ({ pointer, detail: `onbekende parameter; ${allows(allowed)}` }));
  if (flaws.length > 0) throw invalidInput(flaws);
  const read = schema.safeParse(Object.fromEntries(given));
  if (!read.success) throw invalidInput(flawsIn(read.error));
  return read.data;
};

const allows = (names: readonly string[]): string =>
  names.length === 0 ? 'hier zijn geen parameters' : `toegestaan: ${names.join(', ')}`;

/** What is wrong with parameters, each under its own name. */
export const flawsIn = (error: z.ZodError): readonly Flaw[] =>
  error.issues.map((issue) => ({ pointer: issue.path.join('.'), detail: issue.message }));
