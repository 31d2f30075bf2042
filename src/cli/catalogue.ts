/** What can be recorded, as the ledger's own OpenAPI document tells it. */
import { asked, usage } from './failure.ts';
import type { Call } from './ports.ts';
import { isFields } from './values.ts';

type Schema = Readonly<Record<string, unknown>>;

export interface Recordable {
  readonly name: string;
  readonly summary: string;
  /** Under `/v1`: `/decisions/{decisionId}/_adopt`. */
  readonly path: string;
  readonly matches: boolean;
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

interface Operation {
  readonly 'x-command'?: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

interface Document {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Catalogue {
  readonly all: readonly Recordable[];
  /** @throws CliFailure for a name that is not known */
  readonly named: (name: string) => Recordable;
  /** A schema without reference. */
  readonly resolved: (schema: Schema) => Schema;
}

export const readCatalogue = async (call: Call): Promise<Catalogue> => {
  const document = (await asked(call, 'GET', '/v1/openapi.json')).body as Document;
  const all = Object.entries(document.paths).flatMap(([path, { post }]) =>
    post?.['x-command'] === undefined ? [] : [recordable(post['x-command'], path, post)],
  );
  return {
    all,
    named: (name) => {
      const found = all.find((one) => one.name === name);
      if (found !== undefined) return found;
      throw usage(`Onbekende opdracht ${name}. Zie: ledger commands`);
    },
    resolved: (schema) => {
      const reference = schema.$ref;
      if (typeof reference !== 'string') return schema;
      return document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
    },
  };
};

const recordable = (name: string, path: string, operation: Operation): Recordable => {
  const schema = operation.requestBody?.content['application/json']?.schema ?? {};
  return {
    name,
    summary: operation.summary ?? '',
    path,
    matches: (operation.parameters ?? []).some((p) => p.name === 'If-Match'),
    fields: (isFields(schema.properties) ? schema.properties : {}) as Record<string, Schema>,
    required: Array.isArray(schema.required) ? schema.required.map(String) : [],
  };
};

/**
 * A value as it was typed, made what its field asks for. What does not fit is sent as it is: the
 * ledger says what is wrong with it.
 */
export const typedValue = (
  catalogue: Catalogue,
  given: Schema | undefined,
  text: string,
): unknown => {
  if (/^[[{]/.test(text)) return parsed(text);
  const schema = catalogue.resolved(given ?? {});
  if (schema.type === 'integer' || schema.type === 'number')
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (schema.type === 'array') {
    const items = isFields(schema.items) ? schema.items : {};
    return text === '' ? [] : text.split(',').map((part) => typedValue(catalogue, items, part));
  }
  const isRough = isFields(schema.properties) && 'latest' in schema.properties;
  return isRough ? { earliest: text, latest: text } : text;
};

/** @throws CliFailure */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw usage(`Dit is geen geldige JSON: ${text.slice(0, 60)}`);
  }
};
