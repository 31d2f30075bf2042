/** The only place where the parts are joined: log, read tables, ledger, HTTP, command line. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import { callIn } from './cli/app-call.ts';
import { runCli } from './cli/cli.ts';
import { CliFailure } from './cli/failure.ts';
import type { Call } from './cli/ports.ts';
import { callOver } from './cli/socket-call.ts';
import { systemClock } from './host/clock.ts';
import { firstLink, openEntrance } from './host/entrance.ts';
import { exampleMaker } from './host/example.ts';
import { importShipped, shippedHistory } from './host/history.ts';
import { newIds } from './host/ids.ts';
import { openingOf } from './host/opening.ts';
import { progressOn } from './host/progress.ts';
import { rehearsalLog } from './host/rehearsal.ts';
import { ledgerHmac } from './host/secret.ts';
import { aborted, listen, stopServing, stopSignal } from './host/serving.ts';
import { readSettings, type Settings, StartError } from './host/settings.ts';
import { answersOn, listenOnSocket, socketPath } from './host/socket.ts';
import { enterPressed } from './host/terminal.ts';
import { wrappingSource } from './host/wrapping.ts';
import { witnessIn } from './host/witness.ts';
import { buildApp, markLocal } from './http/app.ts';
import { speakDutch } from './http/dutch.ts';
import { type EventLog, ForeignLogError, LogUnavailableError } from './ledger/event-log.ts';
import { type HistoryFile, HistoryError, importHistory, readTried } from './ledger/import.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { Hmac, People } from './ledger/ports.ts';
import { recorder } from './ledger/record.ts';
import { openMemoryLog } from './log/memory.ts';
import { openSqliteLog } from './log/sqlite.ts';
import { KeysLostError, type Office, openOffice } from './privacy/office.ts';
import { rehearsedPeople } from './privacy/people.ts';
import { WrappingError } from './privacy/rotation.ts';
import { type Projector, startProjector } from './projector/projector.ts';
import { reachedOr503, readOnlyBecause, rebuilder } from './projector/serving.ts';
import { openTables } from './projector/tables.ts';
import { registerPages } from './web/routes.ts';

const logFile = (folder: string): string => join(folder, 'ledger.sqlite');
const importsPath = '/v1/imports';
const documentPath = '/v1/openapi.json';

const clock = systemClock;
const ids = newIds();
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

const report = (error: unknown): void =>
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));

const openLog = (folder: string): EventLog => {
  try {
    return openSqliteLog({ file: logFile(folder) });
  } catch (error) {
    if (error instanceof LogUnavailableError || error instanceof ForeignLogError)
      throw new StartError(`Het grootboek in ${folder} kan niet open: ${error.message}`);
    throw error;
  }
};

/** Persons' keys and who looked at them, in the office: never in the log or the read tables. */
const openKeys = async (settings: Settings, log: EventLog, hmac: Hmac): Promise<Office> => {
  const folder = join(settings.folder, 'office');
  const source = (isNew: boolean) => wrappingSource(settings, isNew);
  try {
    const office = await openOffice({ folder, source, log, hmac, ids, clock });
    if (office.missing.length > 0) warn(keysMissing(office.missing));
    return office;
  } catch (error) {
    if (error instanceof KeysLostError)
      throw new StartError(
        `De sleutels ${error.file} ontbreken; zet ze terug uit de reservekopie.`,
      );
    if (error instanceof WrappingError)
      throw new StartError(
        'De sleutels van personen zijn verpakt onder een andere sleutel dan deze.',
      );
    throw error;
  }
};

const keysMissing = (missing: readonly string[]): string =>
  `Er ontbreken ${missing.length} sleutels van personen, zoals ${missing[0]}: wat daaronder is verzegeld gaat niet open, en nieuwe personen kunnen niet worden vastgelegd. Zet de sleutels terug uit de reservekopie.`;

// --- one ledger, open

interface Host {
  readonly app: FastifyInstance;
  /** Its ledger is made at this start. */
  readonly isNew: boolean;
  /** Catches up, and imports what the ledger begins with; only then it answers. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const openHost = async (settings: Settings): Promise<Host> => {
  const { folder } = settings;
  const log = openLog(folder);
  let parts: Started | undefined;
  const isNew = log.head().sequence < 0;
  let hmac: Hmac;
  let office: Office;
  let entrance: ReturnType<typeof openEntrance>;
  try {
    hmac = ledgerHmac(folder, isNew);
    office = await openKeys(settings, log, hmac);
    entrance = openEntrance(settings, { clock, ids, hmac });
  } catch (error) {
    await log.close();
    throw error;
  }
  const { people } = office;
  const importFiles = importer(log, hmac, people);
  const makeExample = exampleMaker({
    log,
    hmac,
    record: recorder({ log, clock, ids, hmac, people }),
    progress: progressOn(process.stderr, 'Voorbeeld'),
    warn,
  });
  let ready = false;
  const report = (error: unknown): void =>
    warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const app = await buildApp({
    ledger: () => (ready ? parts?.ledger : undefined),
    version: packageJson.version,
    entrance,
    report,
    rebuild: rebuilder(() => parts!.projector, progressOn(process.stderr, 'Herbouwd')),
    rotateKeys: office.wrapping.rotate,
    importFiles: (files) => importFiles(files, parts!.ledger),
    beside: (server) =>
      registerPages(server, { ledger: () => (ready ? parts?.ledger : undefined), report }),
  });
  return {
    app,
    isNew,
    start: async () => {
      const started = await startLedger(settings, log, hmac, office);
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
      if (!started.readOnly) await started.ledger.forget();
      ready = true;
    },
    close: async () => {
      await app.close();
      await parts?.projector.close();
      await log.close();
      office.close();
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
  { folder, dataset, example }: Settings,
  log: EventLog,
  hmac: Hmac,
  { people, looks }: Office,
): Promise<Started> => {
  if (log.head().sequence < 0)
    await log.append([openingOf(dataset, example.seed, { clock, ids, hmac })]);
  const projector = await startProjector({
    log,
    folder: join(folder, 'tables'),
    progress: progressOn(process.stderr, 'Bijgewerkt'),
    witness: witnessIn(join(folder, 'office', 'seen.json')),
  });
  const difference = projector.divergence();
  const why = difference === undefined ? undefined : readOnlyBecause(difference);
  if (why !== undefined) warn(why);
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
    looks,
    report,
    readOnly: () => why,
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
    if (!stop.aborted && host.isNew) warn(await firstLink(callIn(host.app)));
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
    const { folder } = settings();
    const path = socketPath(folder);
    if (existsSync(path) && (await answersOn(path))) return callOver(path);
    // A question to a folder that was mistyped must not make a ledger there.
    if (asked !== importsPath && !existsSync(logFile(folder)))
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

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CliFailure(2, `Het bestand ${path} kan niet worden gelezen.`);
  }
};

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
