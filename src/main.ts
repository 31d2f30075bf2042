/** The only place where the parts are joined: log, read tables, ledger, HTTP, command line. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import { callIn } from './cli/app-call.ts';
import { runCli } from './cli/cli.ts';
import { CliFailure } from './cli/failure.ts';
import { systemClock } from './host/clock.ts';
import { firstLink, openEntrance } from './host/entrance.ts';
import { exampleMaker } from './host/example.ts';
import { importShipped, shippedHistory } from './host/history.ts';
import { newIds } from './host/ids.ts';
import { openingOf } from './host/opening.ts';
import { movingOf } from './host/moving.ts';
import { noticesTo, readOnlyBy } from './host/notices.ts';
import { progressOn } from './host/progress.ts';
import { passingHmac } from './host/reading.ts';
import { rehearsalLog } from './host/rehearsal.ts';
import { ledgerHmac } from './host/secret.ts';
import { aborted, listen, stopServing, stopSignal } from './host/serving.ts';
import { readSettings, type Settings, StartError } from './host/settings.ts';
import { toldOf } from './host/start-error.ts';
import { listenOnSocket, socketPath } from './host/socket.ts';
import { enterPressed } from './host/terminal.ts';
import { buildApp, markLocal } from './http/app.ts';
import { speakDutch } from './http/dutch.ts';
import { recordingAhead } from './join/ahead.ts';
import { connecting } from './join/connecting.ts';
import { callExport } from './join/export-ledger.ts';
import { exportLedger } from './join/exporting.ts';
import { importer } from './join/importing.ts';
import { openKeys } from './join/people.ts';
import { entryTree, type OpenProof, openProof, provenElsewhere } from './join/proof.ts';
import { officeElsewhere } from './join/reading.ts';
import { restoringOf } from './join/restoring.ts';
import { readText, writeWhole } from './join/files.ts';
import { verify } from './join/verifying.ts';
import { openWebhooks, type OpenWebhooks } from './join/webhooks.ts';
import { ForeignLogError, LogUnavailableError } from './ledger/event-log.ts';
import { type HistoryFile, HistoryError, readTried } from './ledger/import.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { Hmac, People } from './ledger/ports.ts';
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
import type { Office } from './privacy/office.ts';
import { rehearsedPeople } from './privacy/people.ts';
import { type Projector, startProjector } from './projector/projector.ts';
import { reachedOr503, readOnlyBecause, rebuilder } from './projector/serving.ts';
import { registerPages } from './web/routes.ts';

const clock = systemClock;
const ids = newIds();
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

const report = (error: unknown): void =>
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));

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

// --- one ledger, open

interface Host {
  readonly app: FastifyInstance;
  /** Its ledger is made at this start. */
  readonly isNew: boolean;
  /** Catches up, and imports what the ledger begins with; only then it answers. */
  start(): Promise<void>;
  /** From now on events go out to subscribers. */
  deliver(): void;
  close(): Promise<void>;
}

const openHost = async (settings: Settings): Promise<Host> => {
  const log = await openLog(settings);
  let parts: Started | undefined;
  const isNew = log.head().sequence < 0;
  const isReader = settings.role === 'reader';
  let hmac: Hmac;
  let office: Office;
  let entrance: ReturnType<typeof openEntrance>;
  let hooks: OpenWebhooks;
  try {
    hmac = isReader ? passingHmac() : ledgerHmac(settings.folder, isNew);
    office = isReader ? officeElsewhere : await openKeys(settings, log, { hmac, ids, warn });
    entrance = openEntrance(settings, { clock, ids, hmac });
    hooks = openWebhooks(settings, { log, clock, ids, hmac, tokens: entrance.tokens, report });
  } catch (error) {
    await log.close();
    throw error;
  }
  const { people } = office;
  let ready = false;
  const running = () => (ready ? parts?.ledger : undefined);
  const app = await buildApp({
    ledger: running,
    version: packageJson.version,
    ...(log.state === undefined ? {} : { logState: log.state }),
    ...(settings.writerUrl === undefined ? {} : { writerUrl: settings.writerUrl }),
    entrance,
    ...hooks.forApp,
    report,
    rebuild: rebuilder({
      projector: () => parts!.projector,
      divergence: () => parts!.divergence,
      progress: progressOn(process.stderr, 'Herbouwd'),
    }),
    rotateKeys: office.wrapping.rotate,
    replaceKey: () => parts!.proof.replaceKey(),
    exportLedger: (request) => exportLedger(exportParts(parts!), request),
    importFiles: (files) => parts!.importFiles(files, parts!.ledger),
    beside: (server) => registerPages(server, { ledger: running, report }),
  });
  return {
    app,
    isNew,
    start: async () => {
      const started = await startLedger(settings, log, hmac, office);
      parts = started;
      if (started.readOnly === undefined) {
        await begin(started, settings, { hmac, people });
        await started.ledger.forget();
      }
      ready = true;
    },
    deliver: () => hooks.deliver(parts!),
    close: async () => {
      await app.close();
      await hooks.close();
      await parts?.projector.close();
      await log.close();
      parts?.proof.close();
      office.close();
    },
  };
};

/** Records what the ledger comes with, as far as it is not there. */
const begin = async (
  { ledger, projector, proof: { log }, importFiles }: Started,
  { example }: Settings,
  { hmac, people }: { readonly hmac: Hmac; readonly people: People },
): Promise<void> => {
  const { dataset, ledgerId } = ledger.opened;
  if (dataset !== 'none')
    await importShipped((files) => importFiles(files, ledger), log.head().sequence < 1, warn);
  if (dataset !== 'example') return;
  await exampleMaker({
    log,
    hmac,
    ahead: () => recordingAhead({ log, clock, ids, hmac, people }),
    progress: progressOn(process.stderr, 'Voorbeeld'),
    warn,
  })(example, ledgerId);
  await projector.reached(log.head().sequence);
};

interface Started {
  readonly ledger: Ledger;
  readonly projector: Projector;
  /** How the log differs from what was seen or signed before, if it does. */
  readonly divergence: string | undefined;
  /** Why nothing may be recorded, if so. */
  readonly readOnly: string | undefined;
  readonly proof: OpenProof;
  readonly importFiles: ReturnType<typeof importer>;
}

/** Begins the ledger where it is empty, and brings the read tables to its head. */
const startLedger = async (
  { folder, dataset, example, witnesses, role }: Settings,
  log: OpenedLog,
  hmac: Hmac,
  { people, looks }: Office,
): Promise<Started> => {
  // Before the read tables see it: those of the new log go on without this last event.
  if ((await log.read('all', { from: log.head().sequence }))[0]?.entry.type === 'LedgerMoved')
    throw new StartError('Dit grootboek is verhuisd; zet LEDGER_LOG op het nieuwe log.');
  if (log.head().sequence < 0 && role === 'reader')
    throw new StartError('Er is nog geen grootboek om te lezen; start eerst de schrijver.');
  if (log.head().sequence < 0)
    await log.append([openingOf(dataset, example.seed, { clock, ids, hmac })]);
  const progress = progressOn(process.stderr, 'Getekend');
  const proof =
    role === 'reader'
      ? await provenElsewhere(log)
      : await openProof({ folder, log, witnesses, progress });
  const projector = await startProjector({
    log,
    folder: join(folder, 'tables'),
    progress: progressOn(process.stderr, 'Bijgewerkt'),
  });
  const divergence = proof.divergence ?? projector.divergence();
  const differs = divergence === undefined ? undefined : readOnlyBecause(divergence);
  if (differs !== undefined) warn(differs);
  const why = differs ?? (role === 'reader' ? 'Dit proces leest alleen.' : undefined);
  const ledger = await openLedger({
    log: proof.log,
    proofs: proof.proofs,
    tables: projector.tables,
    reached: reachedOr503(projector),
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
    readOnly: () => why ?? readOnlyBy(log.state?.()),
  });
  const importFiles = importer({ log: proof.log, hmac, ids, people });
  return { ledger, projector, divergence, readOnly: why, proof, importFiles };
};

const exportParts = ({ ledger, projector, proof }: Started) => ({
  ledger,
  tables: projector.tables,
  sign: proof.sign,
  version: packageJson.version,
});

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
    if (!stop.aborted) host.deliver();
    if (!stop.aborted) process.stdout.write(`Het grootboek luistert op ${address}\n`);
    if (!stop.aborted && host.isNew) warn(await firstLink(callIn(host.app)));
    await aborted(stop);
  } finally {
    await stopServing(host.app, socket);
    await host.close();
  }
  return 0;
};

const restoring = restoringOf({
  settings: () => readSettings(process.env),
  mayBeThere: ({ folder, log: address }) => mayBeThere({ address, folder }),
  open: openLog,
  clock,
  ids,
});

const moving = movingOf({
  settings: () => readSettings(process.env),
  open: ({ folder, stream }, address) =>
    openSide({ address, folder, stream, role: 'writer', report: noticesTo(warn) }),
  mayBeThere: sideMayBeThere,
  examine,
  tree: entryTree,
  clock,
  ids,
  progress: progressOn(process.stderr, 'Gekopieerd'),
});

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
    mayBeThere: () => mayBeThere({ address: settings().log, folder: settings().folder }),
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
      out: (text) => process.stdout.write(`${text}\n`),
      err: warn,
      ...restoring,
      ...moving,
      readFile: readText,
      writeFile: writeWhole,
      shippedHistory,
      readTried: readCommands,
      enterPressed,
      newKey: ids.ulid,
    });
  } catch (error) {
    const told = toldOf(error);
    if (told === undefined) throw error;
    warn(told);
    return 1;
  } finally {
    await close();
  }
};

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', () => undefined);
process.exitCode = await main();
