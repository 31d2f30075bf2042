/** Settings from the environment. What is unknown or invalid stops the start with one line. */
import { accessNames, type AccessSettings, accessSettings } from './access-settings.ts';
import { StartError } from './start-error.ts';
import { webhookAllowIn } from './webhook-settings.ts';

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Folder of the log, the read tables, the socket and the secrets. */
  readonly folder: string;
  /** Where the log is: `sqlite:` for a file in the folder, or a connection string. */
  readonly log: string;
  /** The ledger's stream, where the log is a KurrentDB. */
  readonly stream: string;
  readonly role: 'writer' | 'reader';
  /** Where a reader passes writes on to, without a slash at the end. */
  readonly writerUrl?: string;
  readonly dataset: Dataset;
  /** About how many made-up events an example has beyond the history, and from which seed. */
  readonly example: { readonly events: number; readonly seed: string };
  readonly access: AccessSettings;
  /** Receivers that webhooks may go to though they are on this machine or its network. */
  readonly webhookAllow: readonly string[];
  /** Verifier keys of those whose signatures under checkpoints are kept. */
  readonly witnesses: readonly string[];
  /** Under which persons' keys are wrapped; and before, when that changes. */
  readonly wrapping: KeySource;
  readonly wrappingBefore?: KeySource;
  /** Where a key that comes from the environment is looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where a key comes from: a file, a variable, or what a command prints. */
export interface KeySource {
  readonly kind: 'file' | 'env' | 'command';
  /** Empty: the file in the office. */
  readonly where: string;
}

type Dataset = 'history' | 'example' | 'none';

export { StartError };

const known = [
  'LEDGER_DATA',
  'LEDGER_LOG',
  'LEDGER_DATASET',
  'LEDGER_EXAMPLE_EVENTS',
  'LEDGER_EXAMPLE_SEED',
  'LEDGER_ROLE',
  ...accessNames,
  'LEDGER_WRAPPING_KEY',
  'LEDGER_WRAPPING_KEY_BEFORE',
  'LEDGER_WITNESSES',
  // Of who verifies a running ledger, not of the service.
  'LEDGER_TOKEN',
  'LEDGER_STREAM',
  'LEDGER_WRITER_URL',
  'LEDGER_WEBHOOK_ALLOW',
];

/**
 * @param environment such as `process.env`; an empty value stands for the default
 * @throws StartError
 */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): Settings => {
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('LEDGER_') && !known.includes(name),
  );
  if (unknown.length > 0)
    throw new StartError(
      `Onbekende instelling ${unknown.join(', ')}. Bekend: ${known.join(', ')}.`,
    );
  const setting = (name: string, otherwise: string): string => {
    const value = environment[name];
    return value === undefined || value === '' ? otherwise : value;
  };
  const log = logIn(setting('LEDGER_LOG', 'sqlite:'));
  const role = roleIn(setting('LEDGER_ROLE', 'writer'), log);
  const host = hostIn(setting('HOST', '127.0.0.1'));
  const before = setting('LEDGER_WRAPPING_KEY_BEFORE', '');
  return {
    port: portIn(setting('PORT', '8470')),
    host,
    access: accessSettings(setting, host),
    webhookAllow: webhookAllowIn(setting('LEDGER_WEBHOOK_ALLOW', '')),
    folder: setting('LEDGER_DATA', 'data'),
    log,
    stream: streamIn(setting('LEDGER_STREAM', 'partnership-ledger')),
    role,
    ...writerUrlIn(setting('LEDGER_WRITER_URL', ''), role),
    dataset: datasetIn(setting('LEDGER_DATASET', 'history')),
    example: {
      events: eventsIn(setting('LEDGER_EXAMPLE_EVENTS', '600')),
      seed: seedIn(setting('LEDGER_EXAMPLE_SEED', '1')),
    },
    wrapping: sourceIn('LEDGER_WRAPPING_KEY', setting('LEDGER_WRAPPING_KEY', 'file:')),
    ...(before === '' ? {} : { wrappingBefore: sourceIn('LEDGER_WRAPPING_KEY_BEFORE', before) }),
    environment,
    // What is a key is known where they are used.
    witnesses: setting('LEDGER_WITNESSES', '')
      .split(/\s+/)
      .filter((key) => key !== ''),
  };
};

const portIn = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new StartError(`PORT is ${text}; verwacht een getal van 0 tot en met 65535.`);
};

const hostIn = (text: string): string => {
  if (/^[A-Za-z0-9.:_-]{1,253}$/.test(text)) return text;
  throw new StartError(`HOST is ${text}; verwacht een adres zoals 127.0.0.1.`);
};

/** The rest of a connection string is read where it is used; it may hold a password. */
const logIn = (text: string): string => {
  if (text === 'sqlite:' || /^(esdb|kurrentdb)(\+discover)?:\/\//.test(text)) return text;
  throw new StartError('LEDGER_LOG is niet bekend; verwacht sqlite: of esdb://…');
};

const roleIn = (text: string, log: string): Settings['role'] => {
  if (text !== 'writer' && text !== 'reader')
    throw new StartError(`LEDGER_ROLE is ${text}; verwacht writer of reader.`);
  if (text === 'reader' && log === 'sqlite:')
    throw new StartError('LEDGER_ROLE reader kan alleen met LEDGER_LOG=esdb://…');
  return text;
};

const streamIn = (text: string): string => {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(text)) return text;
  throw new StartError(
    `LEDGER_STREAM is ${text}; verwacht kleine letters, cijfers, punten en streepjes.`,
  );
};

const writerUrlIn = (text: string, role: Settings['role']): { readonly writerUrl?: string } => {
  if (text === '') return {};
  if (role !== 'reader') throw new StartError('LEDGER_WRITER_URL is alleen voor een reader.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}${url.search}` === '';
  if (isPlain && ['http:', 'https:'].includes(url.protocol))
    return { writerUrl: text.replace(/\/+$/, '') };
  throw new StartError('LEDGER_WRITER_URL is geen adres zoals http://schrijver:8470.');
};

/** What follows the colon is not repeated: a key may have been put there. */
const sourceIn = (name: string, text: string): KeySource => {
  const [, kind, where = ''] = /^(file|env|command):(.*)$/s.exec(text) ?? [];
  const isFile = kind === 'file' && (where !== '' || name === 'LEDGER_WRAPPING_KEY');
  const isName = kind === 'env' && /^(?!LEDGER_)[A-Za-z_][A-Za-z0-9_]*$/.test(where);
  if (isFile || isName || (kind === 'command' && where !== '')) return { kind: kind, where };
  throw new StartError(
    `${name} is niet bekend; verwacht file:pad, env:NAAM (niet LEDGER_…) of command:opdracht.`,
  );
};

const datasetIn = (text: string): Dataset => {
  if (text === 'history' || text === 'example' || text === 'none') return text;
  throw new StartError(`LEDGER_DATASET is ${text}; verwacht history, example of none.`);
};

const mostEvents = 10_000_000;

const eventsIn = (text: string): number => {
  if (/^\d{1,8}$/.test(text) && Number(text) <= mostEvents) return Number(text);
  throw new StartError(
    `LEDGER_EXAMPLE_EVENTS is ${text}; verwacht een getal van 0 tot en met ${mostEvents}.`,
  );
};

const seedIn = (text: string): string => {
  if (/^[a-z0-9-]{1,40}$/.test(text)) return text;
  throw new StartError(
    `LEDGER_EXAMPLE_SEED is ${text}; verwacht 1 tot 40 kleine letters, cijfers of streepjes.`,
  );
};
