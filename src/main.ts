/** The only place where the parts are joined: log, read tables, ledger, HTTP, command line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import { runCli } from './cli/cli.ts';
import { CliFailure } from './cli/failure.ts';
import { systemClock } from './host/clock.ts';
import { exampleMaker } from './host/example.ts';
import { importShipped, shippedHistory } from './host/history.ts';
import { newIds } from './host/ids.ts';
import { openingOf } from './host/opening.ts';
import { progressOn } from './host/progress.ts';
import { rehearsalLog } from './host/rehearsal.ts';
import { ledgerHmac } from './host/secret.ts';
import { aborted, listen, stopServing, stopSignal } from './host/serving.ts';
import { readSettings, type Settings, StartError } from './host/settings.ts';
import { listenOnSocket, socketPath } from './host/socket.ts';
import { enterPressed } from './host/terminal.ts';
import { buildApp, markLocal } from './http/app.ts';
import { speakDutch } from './http/dutch.ts';
import { connecting, logFile } from './join/connecting.ts';
import { callExport } from './join/export-ledger.ts';
import { exportLedger } from './join/exporting.ts';
import { importer } from './join/importing.ts';
import { openPeople } from './join/people.ts';
import { type OpenProof, openProof } from './join/proof.ts';
import { acceptLoss } from './join/restoring.ts';
import { readText, writeWhole } from './join/files.ts';
import { verify } from './join/verifying.ts';
import { ProblemError } from './ledger/errors.ts';
import {
  type EventLog,
  ForeignLogError,
  LogClosedError,
  LogUnavailableError,
} from './ledger/event-log.ts';
import { type HistoryFile, HistoryError, readTried } from './ledger/import.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { Hmac, People } from './ledger/ports.ts';
import { recorder } from './ledger/record.ts';
import { openMemoryLog } from './log/memory.ts';
import { openSqliteLog } from './log/sqlite.ts';
import { rehearsedPeople } from './privacy/people.ts';
import { type Projector, startProjector } from './projector/projector.ts';
import { openTables } from './projector/tables.ts';

const clock = systemClock;
const ids = newIds();
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

const openLog = (folder: string): EventLog => {
  try {
    return openSqliteLog({ file: logFile(folder) });
  } catch (error) {
    if (error instanceof LogUnavailableError || error instanceof ForeignLogError)
      throw new StartError(`Het grootboek in ${folder} kan niet open: ${error.message}`);
    throw error;
  }
};

// --- one ledger, open

interface Host {
  readonly app: FastifyInstance;
  /** Catches up, and imports what the ledger begins with; only then it answers. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const openHost = async (settings: Settings): Promise<Host> => {
  const { folder } = settings;
  const log = openLog(folder);
  let parts: Started | undefined;
  let hmac: Hmac;
  let keys: Awaited<ReturnType<typeof openPeople>>;
  try {
    hmac = ledgerHmac(folder, log.head().sequence < 0);
    keys = await openPeople(folder, log, hmac, ids);
  } catch (error) {
    await log.close();
    throw error;
  }
  const { people } = keys;
  let ready = false;
  const app = await buildApp({
    ledger: () => (ready ? parts?.ledger : undefined),
    version: packageJson.version,
    report: (error) =>
      warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    rebuild: () => rebuild(parts!),
    replaceKey: () => parts!.proof.replaceKey(),
    exportLedger: (request) => exportLedger(exportParts(parts!), request),
    importFiles: (files) => parts!.importFiles(files, parts!.ledger),
  });
  return {
    app,
    start: async () => {
      const started = await startLedger(settings, log, hmac, people);
      parts = started;
      const { importFiles } = started;
      const { opened } = started.ledger;
      if (started.readOnly === undefined && opened.dataset !== 'none')
        await importShipped(
          (files) => importFiles(files, started.ledger),
          log.head().sequence < 1,
          warn,
        );
      if (started.readOnly === undefined && opened.dataset === 'example') {
        await exampleMaker({
          log: started.proof.log,
          hmac,
          record: recorder({ log: started.proof.log, clock, ids, hmac, people }),
          progress: progressOn(process.stderr, 'Voorbeeld'),
          warn,
        })(settings.example, opened.ledgerId);
        await started.projector.reached(log.head().sequence);
      }
      ready = true;
    },
    close: async () => {
      await app.close();
      await parts?.projector.close();
      await log.close();
      parts?.proof.close();
      keys.store.close();
    },
  };
};

interface Started {
  readonly ledger: Ledger;
  readonly projector: Projector;
  /** Why nothing may be recorded, if so. */
  readonly readOnly: string | undefined;
  readonly proof: OpenProof;
  readonly importFiles: ReturnType<typeof importer>;
}

/** Begins the ledger where it is empty, and brings the read tables to its head. */
const startLedger = async (
  { folder, dataset, example, witnesses }: Settings,
  log: EventLog,
  hmac: Hmac,
  people: People,
): Promise<Started> => {
  if (log.head().sequence < 0)
    await log.append([openingOf(dataset, example.seed, { clock, ids, hmac })]);
  const proof = await openProof({
    folder,
    log,
    witnesses,
    progress: progressOn(process.stderr, 'Getekend'),
  });
  const projector = await startProjector({
    log,
    folder: join(folder, 'tables'),
    progress: progressOn(process.stderr, 'Bijgewerkt'),
  });
  const difference = proof.divergence ?? projector.divergence();
  const why = difference === undefined ? undefined : readOnlyBecause(difference);
  if (why !== undefined) warn(why);
  const ledger = await openLedger({
    log: proof.log,
    proofs: proof.proofs,
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
    readOnly: () => why,
  });
  const importFiles = importer({ log: proof.log, hmac, ids, people });
  return { ledger, projector, readOnly: why, proof, importFiles };
};

const readOnlyBecause = (difference: string): string =>
  `Alleen lezen: ${difference}. Dit log is niet het log dat hier eerder is gezien.`;

/** What stopped the read tables is not the fault of who asks. */
const reachedOr503 = (projector: Projector) => async (sequence: number) => {
  try {
    await projector.reached(sequence);
  } catch (error) {
    if (error instanceof LogClosedError) throw error;
    throw new LogUnavailableError('the read tables have stopped', { cause: error });
  }
};

const exportParts = ({ ledger, projector, proof }: Started) => ({
  ledger,
  tables: projector.tables,
  sign: proof.sign,
  version: packageJson.version,
});

const rebuild = ({ projector, readOnly }: Started) => {
  // New tables would forget what had been seen before.
  if (readOnly !== undefined) throw new ProblemError({ code: 'read-only', detail: readOnly });
  return projector.rebuild(progressOn(process.stderr, 'Herbouwd'));
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

/** Goes on with an older log, and records what was lost. */
const restore = async ({ folder }: Settings, reason: string) => {
  if (!existsSync(logFile(folder))) throw new StartError(`In ${folder} is geen grootboek.`);
  const log = openLog(folder);
  try {
    const hmac = ledgerHmac(folder, false);
    return await acceptLoss({ folder, log, reason, clock, ids, hmac });
  } finally {
    await log.close();
  }
};

// --- the command line

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
  const { call, download, close } = connecting({
    folder: () => settings().folder,
    open: () => openHost(settings()),
    describe: () => buildApp({ ledger: () => undefined, version: packageJson.version }),
  });
  try {
    return await runCli(process.argv.slice(2), {
      call,
      download,
      callExport,
      verify,
      serve: () => serve(settings()),
      restore: (reason) => restore(settings(), reason),
      out: (text) => process.stdout.write(`${text}\n`),
      err: warn,
      readFile: readText,
      writeFile: writeWhole,
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
