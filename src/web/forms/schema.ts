/** What a form asks for, read from the schema of its command: one schema for every face. */
import { z } from 'zod';
import type { Command } from '../../ledger/ledger.ts';

type Kind =
  | 'text'
  | 'slug'
  | 'municipality'
  | 'new-municipality'
  | 'long-text'
  | 'date'
  | 'rough-date'
  | 'euros'
  | 'decimal'
  | 'number'
  | 'yes-no'
  | 'choice'
  | 'lines'
  | 'rows'
  | 'amounts-table';

export interface Field {
  /** Name in the body; parts of a nested object with a point between them. */
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
  /** Of a list that must be there, but may hold nothing. */
  readonly mayBeEmpty?: boolean;
  /** Of one of several kinds of thing: those that have it. */
  readonly only?: readonly string[];
  /** The names that it may be chosen from. */
  readonly options?: readonly string[];
  /** Of lines: what each of them is. */
  readonly item?: Field;
  /** Of rows: what stands in each. */
  readonly columns?: readonly Field[];
}

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly only?: readonly string[];
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** Longer texts get more room. */
const shortText = 200;

const named: Readonly<Record<string, Kind>> = {
  LocalDate: 'date',
  RoughDate: 'rough-date',
  Cents: 'euros',
  PostedCents: 'euros',
  Decimal: 'decimal',
  Slug: 'slug',
  MunicipalityCode: 'municipality',
};

/** Municipalities that a command brings in: they need not be known yet. */
const newcomers: Readonly<Record<string, string>> = {
  'join-member': 'municipality',
  'merge-municipalities': 'successor',
};

const kindOf = (shape: Shape, name: string | undefined): Kind => {
  const known = named[name ?? ''];
  if (known !== undefined) return known;
  if (shape.enum !== undefined) return 'choice';
  if (shape.type === 'boolean') return 'yes-no';
  if (shape.type === 'integer' || shape.type === 'number') return 'number';
  return (shape.maxLength ?? 0) > shortText ? 'long-text' : 'text';
};

/**
 * Kinds of one thing, each with fields of its own, as one form: which kind it is, and the fields of
 * all of them. What belongs to another kind than the one chosen, the schema refuses.
 */
const allOf = (kinds: readonly Shape[]): Shape => {
  const named = kinds.map(({ properties = {} }) => properties);
  const fields = Object.assign({}, ...named) as Readonly<Record<string, Shape>>;
  const chosen = Object.keys(fields).filter((name) =>
    named.every((properties) => properties[name]?.const !== undefined),
  );
  const choices = chosen.map((name): readonly [string, Shape] => [
    name,
    { enum: named.map((properties) => properties[name]!.const!) },
  ]);
  const kept = Object.entries(fields).map(([name, shape]) => {
    const only = named
      .filter((properties) => name in properties)
      .flatMap((properties) => chosen.flatMap((by) => properties[by]?.const ?? []));
    return [name, only.length < kinds.length ? { ...shape, only } : shape] as const;
  });
  return {
    properties: { ...Object.fromEntries(kept), ...Object.fromEntries(choices) },
    required: chosen,
  };
};

/** Fields of a command in the order of its schema; the id of what it creates is not asked. */
export const fieldsOf = ({ name: of, body, creates }: Command<never>): readonly Field[] => {
  const whole = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Shape;
  const found = (shape: Shape): readonly [Shape, string | undefined] => {
    const name = shape.$ref?.split('/').at(-1);
    return name === undefined ? [shape, undefined] : [whole.$defs?.[name] ?? {}, name];
  };
  const within = (shape: Shape, prefix: string, needed: boolean): readonly Field[] =>
    Object.entries(shape.properties ?? {}).flatMap(([key, property]) => {
      const required = needed && (shape.required ?? []).includes(key);
      return fieldOf(property, `${prefix}${key}`, required);
    });
  const fieldOf = (property: Shape, name: string, required: boolean): readonly Field[] => {
    const [shape, type] = found(property);
    if (shape.oneOf !== undefined) return within(allOf(shape.oneOf), `${name}.`, required);
    if (shape.type === 'array') return [listOf(shape, name, required)];
    if (shape.type === 'object' && type !== 'RoughDate') return within(shape, `${name}.`, required);
    const kind = newcomers[of] === name ? 'new-municipality' : kindOf(shape, type);
    const only = property.only === undefined ? {} : { only: property.only };
    return [
      {
        name,
        kind,
        required,
        ...only,
        ...(shape.enum === undefined ? {} : { options: shape.enum }),
      },
    ];
  };
  const listOf = (shape: Shape, name: string, required: boolean): Field => {
    const [item] = found(shape.items ?? {});
    const mayBeEmpty = (shape.minItems ?? 0) === 0;
    if (item.type !== 'object')
      return {
        name,
        kind: 'lines',
        required,
        mayBeEmpty,
        item: fieldOf(shape.items ?? {}, name, true)[0]!,
      };
    if (name === 'years' && item.properties?.['shares'] !== undefined)
      return { name, kind: 'amounts-table', required, mayBeEmpty };
    return { name, kind: 'rows', required, mayBeEmpty, columns: within(item, '', true) };
  };
  return within(whole, '', true).filter(({ name }) => name !== creates);
};
