/** Values that fit a schema, mostly: bodies that get past the first checks. */
import fc from 'fast-check';
import { z } from 'zod';

interface Shape {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly format?: string;
}

const words = [
  'Een besluit',
  'x',
  'gm0828',
  'R2',
  'wsw',
  '2021-07-01',
  'decision:01jz',
  '\u{1f600}',
];
const days = [
  '2021-06-30',
  '2021-07-01',
  '2022-01-01',
  '2023-01-01',
  '2025-01-01',
  '1900-01-01',
  '2999-12-31',
];

interface Around {
  readonly known: readonly string[];
  readonly defs: Readonly<Record<string, Shape>>;
}

const fitting = (given: Shape, known: Around): fc.Arbitrary<unknown> => {
  const shape = given.$ref === undefined ? given : known.defs[given.$ref.split('/').at(-1)!]!;
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map((one) => fitting(one, known)));
  switch (shape.type) {
    case 'object':
      return objectOf(shape, known);
    case 'array':
      return fc.array(fitting(shape.items ?? {}, known), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 3, 3),
      });
    case 'integer':
      return fc.integer({
        min: Math.max(shape.minimum ?? 0, -1),
        max: Math.min(shape.maximum ?? 3_000, 3_000),
      });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text(shape, known);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
};

const text = ({ pattern, format }: Shape, { known }: Around): fc.Arbitrary<string> => {
  if (format === 'date') return fc.constantFrom(...days);
  if (pattern === undefined) return fc.constantFrom(...words);
  const expression = new RegExp(pattern);
  const found = known.filter((value) => expression.test(value));
  // Of decimals, whose pattern looks ahead, a few are enough.
  const made = pattern.includes('(?=')
    ? fc.constantFrom('0', '3', '42.2', '-1.25', '100000000000000')
    : fc.stringMatching(expression);
  return found.length === 0 ? made : fc.oneof(made, fc.constantFrom(...found));
};

const objectOf = (
  { properties = {}, required = [] }: Shape,
  known: Around,
): fc.Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, s]) => [name, fitting(s, known)])),
    { requiredKeys: [...required] },
  );

/** @param known ids and names that are in the ledger, so that some commands find what they name */
export const fittingBody = (schema: z.ZodType, known: readonly string[]): fc.Arbitrary<unknown> => {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return fitting(shape, { known, defs: shape.$defs ?? {} });
};
