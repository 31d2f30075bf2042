/** The only place where the parts are joined: log, read tables, ledger, HTTP, command line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { personalTypes } from '../events/people.ts';
import packageJson from '../package.json' with { type: 'json' };
import { callIn } from './cli/app-call.ts';
import { runCli } from './cli/cli.ts';
import { CliFailure } from './cli/failure.ts';
import { readText } from './cli/files.ts';
import type { Call } from './cli/ports.ts';
import { callOver } from './cli/socket-call.ts';
import { systemClock } from './host/clock.ts';
import { exampleMaker } from './host/example.ts';
import { importShipped, shippedHistory } from './host/history.ts';
import { newIds } from './host/ids.ts';
import { openingOf } from './host/opening.ts';
import { movingOf } from './host/moving.ts';
import { noticesTo, readOnlyBy } from './host/notices.ts';
import { progressOn } from './host/progress.ts';
import { passingHmac, peopleElsewhere } from './host/reading.ts';
import { rehearsalLog } from './host/rehearsal.ts';
import { ledgerHmac, officeSecret } from './host/secret.ts';
import { aborted, listen, stopServing, stopSignal } from './host/serving.ts';
import { readSettings, type Settings, StartError } from './host/settings.ts';
import { answersOn, listenOnSocket, socketPath } from './host/socket.ts';
import { readOnlyBecause, reachedOr503 } from './host/tables.ts';
import { enterPressed } from './host/terminal.ts';
import { witnessIn } from './host/witness.ts';
import { buildApp, markLocal } from './http/app.ts';
import { speakDutch } from './http/dutch.ts';
import { ProblemError } from './ledger/errors.ts';
import { type EventLog, ForeignLogError, LogUnavailableError } from './ledger/event-log.ts';
import { type HistoryFile, HistoryError, importHistory, readTried } from './ledger/import.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { Hmac, People } from './ledger/ports.ts';
import { recorder } from './ledger/record.ts';
import { openMemoryLog } from './log/memory.ts';
import {
  AddressError,
  examine,
  mayBeThere,
  type OpenedLog,
  openLogAt,
  openSide,
  sideMayBeThere,
} from './log/open.ts';
import { type KeyStore, openKeyStore } from './privacy/key-store.ts';
import { peopleIn, rehearsedPeople } from './privacy/people.ts';
import { type Projector, startProjector } from './projector/projector.ts';
import { openTables } from './projector/tables.ts';

const importsPath = '/v1/imports';
const documentPath = '/v1/openapi.json';

const clock = systemClock;
const ids = newIds();
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

const openLog = async ({ log: address, ...place }: Settings): Promise<OpenedLog> => {
  const progress = progressOn(process.stderr, 'Gespiegeld');
  try {
    return await openLogAt({ ...place, address, report: noticesTo(warn), progress });
  } catch (error) {
    if (error instanceof AddressError) throw new StartError(`LEDGER_LOG: ${error.message}.`);
    if (error instanceof LogUnavailableError || error instanceof ForeignLogError)
      throw new StartError(`Het grootboek in ${place.folder} kan niet open: ${error.message}`);
    throw error;
  }
};

/** The secret and persons' keys: never in the log or in the read tables. A reader has none. */
const openOffice = async (
  { folder, role }: Settings,
  log: EventLog,
): Promise<{ readonly hmac: Hmac; readonly people: People; readonly store?: KeyStore }> => {
  if (role === 'reader') return { hmac: passingHmac(), people: peopleElsewhere };
  const hmac = ledgerHmac(folder, log.head().sequence < 0);
  const file = join(folder, 'office', 'keys.sqlite');
  const isNew = !existsSync(file);
  const [sealed] = isNew ? await log.read([{ types: personalTypes }], { limit: 1 }) : [];
  if (sealed !== undefined)
    throw new StartError(`De sleutels ${file} ontbreken; zet ze terug uit de reservekopie.`);
  const wrapping = officeSecret(folder, 'wrapping-key', isNew);
  const store = openKeyStore(file);
  return { hmac, people: peopleIn({ store, wrapping, hmac, ids }), store };
};

// --- one ledger, open

interface Host {
  readonly app: FastifyInstance;
  /** Catches up, and imports what the ledger begins with; only then it answers. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const openHost = async (settings: Settings): Promise<Host> => {
  const log = await openLog(settings);
  let parts: Started | undefined;
  let office: Awaited<ReturnType<typeof openOffice>>;
  try {
    office = await openOffice(settings, log);
  } catch (error) {
    await log.close();
    throw error;
  }
  const { hmac, people } = office;
  const importFiles = importer(log, hmac, people);
  const makeExample = exampleMaker({
    log,
    hmac,
    record: recorder({ log, clock, ids, hmac, people }),
    progress: progressOn(process.stderr, 'Voorbeeld'),
    warn,
  });
  let ready = false;
  const app = await buildApp({
    ledger: () => (ready ? parts?.ledger : undefined),
    version: packageJson.version,
    ...(log.state === undefined ? {} : { logState: log.state }),
    ...(settings.writerUrl === undefined ? {} : { writerUrl: settings.writerUrl }),
    report: (error) =>
      warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    rebuild: rebuilder(() => parts!.projector),
    importFiles: (files) => importFiles(files, parts!.ledger),
  });
  return {
    app,
    start: async () => {
      const started = await startLedger(settings, log, hmac, people);
      parts = started;
      const { opened } = started.ledger;
      if (!started.readOnly && opened.dataset !== 'none')
        await importShipped(
          (files) => importFiles(files, started.ledger),
          log.head().sequence < 1,
          warn,
        );
      if (!started.readOnly && opened.dataset === 'example') {
        await makeExample(settings.example, opened.ledgerId);
        await started.projector.reached(log.head().sequence);
      }
      ready = true;
    },
    close: async () => {
      await app.close();
      await parts?.projector.close();
      await log.close();
      office.store?.close();
    },
  };
};

interface Started {
  readonly ledger: Ledger;
  readonly projector: Projector;
  readonly readOnly: boolean;
}

/** Begins the ledger where it is empty, and brings the read tables to its head. */
const startLedger = async (
  { folder, dataset, example, role }: Settings,
  log: OpenedLog,
  hmac: Hmac,
  people: People,
): Promise<Started> => {
  // Before the read tables see it: those of the new log go on without this last event.
  if ((await log.read('all', { from: log.head().sequence }))[0]?.entry.type === 'LedgerMoved')
    throw new StartError('Dit grootboek is verhuisd; zet LEDGER_LOG op het nieuwe log.');
  if (log.head().sequence < 0 && role === 'reader')
    throw new StartError('Er is nog geen grootboek om te lezen; start eerst de schrijver.');
  if (log.head().sequence < 0)
    await log.append([openingOf(dataset, example.seed, { clock, ids, hmac })]);
  const projector = await startProjector({
    log,
    folder: join(folder, 'tables'),
    progress: progressOn(process.stderr, 'Bijgewerkt'),
    witness: witnessIn(join(folder, 'office', 'seen.json')),
  });
  const difference = projector.divergence();
  const differs = difference === undefined ? undefined : readOnlyBecause(difference);
  if (differs !== undefined) warn(differs);
  const why = differs ?? (role === 'reader' ? 'Dit proces leest alleen.' : undefined);
  const ledger = await openLedger({
    log,
    tables: projector.tables,
    reached: reachedOr503(projector),
    scratch: () => openTables(':memory:'),
    rehearsal: async () => ({
      log: await rehearsalLog(log, openMemoryLog()),
      people: rehearsedPeople(people),
    }),
    clock,
    ids,
    hmac,
    people,
    readOnly: () => why ?? readOnlyBy(log.state?.()),
  });
  return { ledger, projector, readOnly: why !== undefined };
};

/** Tries files on a copy in memory before it records them. */
const importer =
  (log: EventLog, hmac: Hmac, people: People) =>
  async (files: readonly HistoryFile[], into: Ledger) => {
    const over = openMemoryLog();
    try {
      return await importHistory(
        files,
        async () =>
          recorder({
            log: await rehearsalLog(log, over),
            clock,
            ids,
            hmac,
            people: rehearsedPeople(people),
          }),
        into.record,
        progressOn(process.stderr, 'Geïmporteerd'),
      );
    } finally {
      await over.close();
    }
  };

const rebuilder = (projector: () => Projector) => () => {
  const difference = projector().divergence();
  // New tables would forget what had been seen before.
  if (difference !== undefined)
    throw new ProblemError({ code: 'read-only', detail: readOnlyBecause(difference) });
  return projector().rebuild(progressOn(process.stderr, 'Herbouwd'));
};

// --- the service

const serve = async (settings: Settings): Promise<number> => {
  const path = socketPath(settings.folder);
  const host = await openHost(settings);
  const stop = stopSignal();
  let socket: Awaited<ReturnType<typeof listenOnSocket>> | undefined;
  try {
    const address = await listen(host.app, settings.host, settings.port);
    socket = await listenOnSocket(path, (request, response) => {
      markLocal(request);
      host.app.routing(request, response);
    });
    const started = host.start();
    // When it is stopped while it starts, what was cut off is no error.
    started.catch(() => undefined);
    await Promise.race([started, aborted(stop)]);
    if (!stop.aborted) process.stdout.write(`Het grootboek luistert op ${address}\n`);
    await aborted(stop);
  } finally {
    await stopServing(host.app, socket);
    await host.close();
  }
  return 0;
};

// --- the command line

/** Asks the running ledger, or opens it for this command; either only when something is asked. */
const lazyCall = (settings: () => Settings): { call: Call; close: () => Promise<void> } => {
  let host: Host | undefined;
  let connected: Promise<Call> | undefined;
  const connect = async (asked: string): Promise<Call> => {
    const { folder, log: address } = settings();
    const path = socketPath(folder);
    if (existsSync(path) && (await answersOn(path))) return callOver(path);
    // A question to a folder that was mistyped must not make a ledger there.
    if (asked !== importsPath && !mayBeThere({ address, folder }))
      throw new StartError(`In ${folder} is nog geen grootboek; serve of import maakt er een.`);
    host = await openHost(settings());
    await host.start();
    return callIn(host.app);
  };
  /** What can be asked is known without a ledger. */
  const describe = async (): Promise<Call> =>
    callIn(await buildApp({ ledger: () => undefined, version: packageJson.version }));
  return {
    call: async (method, path, ...more) => {
      if (connected === undefined && path === documentPath)
        return (await describe())(method, path, ...more);
      return (await (connected ??= connect(path)))(method, path, ...more);
    },
    close: async () => host?.close(),
  };
};

const moving = movingOf({
  settings: () => readSettings(process.env),
  open: ({ folder, stream }, address) =>
    openSide({ address, folder, stream, role: 'writer', report: noticesTo(warn) }),
  mayBeThere: sideMayBeThere,
  examine,
  clock,
  ids,
  progress: progressOn(process.stderr, 'Gekopieerd'),
});

/** Of what is wrong in a file to be tried, the reason is told. */
const readCommands = (file: HistoryFile): ReturnType<typeof readTried> => {
  speakDutch();
  try {
    return readTried(file);
  } catch (error) {
    if (error instanceof HistoryError) throw new CliFailure(2, error.message);
    throw error;
  }
};

const main = async (): Promise<number> => {
  // What the ledger writes is its owner's alone.
  process.umask(0o077);
  const settings = (): Settings => readSettings(process.env);
  const { call, close } = lazyCall(settings);
  try {
    return await runCli(process.argv.slice(2), {
      call,
      serve: () => serve(settings()),
      out: (text) => process.stdout.write(`${text}\n`),
      err: warn,
      ...moving,
      readFile: readText,
      shippedHistory,
      readTried: readCommands,
      enterPressed,
      newKey: ids.ulid,
    });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    warn(error.message);
    return 1;
  } finally {
    await close();
  }
};

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', () => undefined);
process.exitCode = await main();
