/** Commands that record. */
import type { Command } from 'commander';
import { type Catalogue, parsed, readCatalogue, type Recordable, typedValue } from './catalogue.ts';
import { asked, usage } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { tableOf } from './table.ts';
import { isFields } from './values.ts';

interface DoOptions {
  readonly file?: string;
  readonly json?: string | boolean;
  readonly register?: boolean;
  readonly validFrom?: string;
  readonly evidence?: readonly string[];
  readonly key?: string;
}

type Body = Readonly<Record<string, unknown>>;

const collected = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

export const addRecording = (program: Command, ports: CliPorts): void => {
  program
    .command('commands')
    .description('Toont wat u kunt vastleggen')
    .argument('[naam]', 'toont de velden van deze opdracht')
    .option('--json', 'antwoord als JSON')
    .action(async (name: string | undefined, { json }: { readonly json?: boolean }) => {
      const catalogue = await readCatalogue(ports.call);
      const shown = name === undefined ? catalogue.all : fieldsIn(catalogue, catalogue.named(name));
      const rows = shown as readonly Body[];
      ports.out(
        json === true ? JSON.stringify(shown, null, 2) : tableOf(rows.map(brief)).join('\n'),
      );
    });
  program
    .command('do')
    .description('Legt iets vast, zoals: do join-member municipality=gm0828 name=Oss')
    .argument('<opdracht>', 'zie: ledger commands')
    .argument('[velden...]', 'naam=waarde; lijsten met komma’s, of als JSON')
    .option('--file <bestand>', 'inhoud uit een JSON-bestand')
    .option('--json [inhoud]', 'inhoud als JSON; het antwoord is dan ook JSON')
    .option('--register', 'legt vast wat een bron zegt, in plaats van een stap hier en nu')
    .option('--valid-from <datum>', 'vanaf wanneer het geldt')
    .option('--evidence <bron>', '"S2, hoofdstuk 3", of als JSON; mag vaker', collected)
    .option('--key <sleutel>', 'Idempotency-Key: ULID of UUID')
    .action(async (name: string, words: readonly string[], options: DoOptions) => {
      await record(ports, name, words, options);
    });
};

/** What fits in a table of commands or of fields. */
const brief = ({ name, summary, required, description }: Body): Body => ({
  name,
  ...(typeof required === 'boolean' ? { verplicht: required } : {}),
  summary: summary ?? description ?? '',
});

const fieldsIn = (catalogue: Catalogue, { fields, required, path }: Recordable) =>
  Object.entries(fields).map(([name, schema]) => ({
    name,
    required: required.includes(name) || path.includes(`{${name}}`),
    description: schema.description ?? typeIn(catalogue.resolved(schema)),
  }));

const typeIn = (schema: Readonly<Record<string, unknown>>): string =>
  Array.isArray(schema.enum)
    ? schema.enum.join(' | ')
    : ([schema.description, schema.type].find((text) => typeof text === 'string') ?? '');

const record = async (
  ports: CliPorts,
  name: string,
  words: readonly string[],
  options: DoOptions,
): Promise<void> => {
  const catalogue = await readCatalogue(ports.call);
  const command = catalogue.named(name);
  const body = await bodyOf(ports, catalogue, command, words, options);
  const path = pathOf(command, body);
  const headers = {
    'idempotency-key': options.key ?? ports.newKey(),
    ...(command.matches ? { 'if-match': await etagOf(ports, path, options) } : {}),
  };
  const reply = await asked(ports.call, 'POST', path, body, headers);
  if (options.json !== undefined) ports.out(JSON.stringify(reply.body, null, 2));
  else ports.out(receipt(reply.body, reply.headers['idempotency-replayed'] === 'true'));
};

const bodyOf = async (
  ports: CliPorts,
  catalogue: Catalogue,
  command: Recordable,
  words: readonly string[],
  options: DoOptions,
): Promise<Body> => {
  // `--json` takes the word after it, also where that is a field.
  const inline = typeof options.json === 'string' ? options.json : undefined;
  const isBody = inline?.trimStart().startsWith('{') === true;
  const fields = inline === undefined || isBody ? words : [inline, ...words];
  const text = isBody
    ? inline
    : options.file === undefined
      ? '{}'
      : await ports.readFile(options.file);
  const given = parsed(text);
  if (!isFields(given)) throw usage('De inhoud moet een JSON-object zijn.');
  const typed = fields.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 1) throw usage(`Schrijf een veld als naam=waarde, niet als ${word}.`);
    const field = word.slice(0, equals);
    return [field, typedValue(catalogue, command.fields[field], word.slice(equals + 1))] as const;
  });
  return {
    ...given,
    ...Object.fromEntries(typed),
    ...(options.register === true ? { mode: 'register' } : {}),
    ...(options.validFrom === undefined ? {} : { validFrom: options.validFrom }),
    ...(options.evidence === undefined ? {} : { evidence: options.evidence.map(evidenceIn) }),
  };
};

/** `S2, hoofdstuk 3` is what source S2 states there. */
const evidenceIn = (text: string): unknown => {
  if (text.startsWith('{')) return parsed(text);
  const comma = text.indexOf(',');
  if (comma < 0) return { source: text, basis: 'stated' };
  return { source: text.slice(0, comma), place: text.slice(comma + 1).trim(), basis: 'stated' };
};

const pathOf = ({ path }: Recordable, body: Body): string =>
  `/v1${path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = body[name];
    if (typeof value !== 'string' || value === '') throw usage(`Het veld ${name} ontbreekt.`);
    return encodeURIComponent(value);
  })}`;

/**
 * The ETag of the thing that a step is about, as it is now. A thing is shown on the days on
 * which it holds; the tag is the same on each.
 */
const etagOf = async (ports: CliPorts, path: string, options: DoOptions): Promise<string> => {
  const thing = path.slice(0, path.lastIndexOf('/_'));
  const day = options.validFrom === undefined ? [] : [`?validAt=${options.validFrom}`];
  for (const query of ['', ...day, '?validAt=2999-12-31']) {
    const reply = await ports.call('GET', thing + query);
    if (reply.status < 400 && reply.headers.etag !== undefined) return reply.headers.etag;
  }
  // There is no such thing: the ledger says so better than the command line can.
  return '"-1"';
};

const receipt = (body: unknown, replayed: boolean): string => {
  const { events, created } = body as {
    readonly events: readonly Body[];
    readonly created?: Readonly<Record<string, string>>;
  };
  const lines = events.map(
    (e) => `  ${String(e.sequence)}  ${String(e.type)}  ${String(e.eventId)}`,
  );
  const ids = Object.entries(created ?? {}).map(([name, id]) => `${name}: ${id}`);
  return [replayed ? 'Was al vastgelegd:' : 'Vastgelegd:', ...lines, ...ids].join('\n');
};
