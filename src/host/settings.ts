/** Settings from the environment. What is unknown or invalid stops the start with one line. */

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
}

type Dataset = 'history' | 'example' | 'none';

/** The ledger cannot start as it is asked to; the message is for the person who starts it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const known = [
  'LEDGER_DATA',
  'LEDGER_LOG',
  'LEDGER_DATASET',
  'LEDGER_EXAMPLE_EVENTS',
  'LEDGER_EXAMPLE_SEED',
  'LEDGER_ROLE',
  'LEDGER_STREAM',
  'LEDGER_WRITER_URL',
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
  return {
    port: portIn(setting('PORT', '8470')),
    host: hostIn(setting('HOST', '127.0.0.1')),
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
