/** A ledger read from an export: it answers, and records nothing. */
import { readText } from '../../events/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { callIn } from '../cli/app-call.ts';
import { CliFailure, exit } from '../cli/failure.ts';
import type { Call } from '../cli/ports.ts';
import { systemClock } from '../host/clock.ts';
import { newIds } from '../host/ids.ts';
import { buildApp } from '../http/app.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { noProofs } from '../ledger/proofs.ts';
import { openMemoryLog } from '../log/memory.ts';
import { noProgress } from '../proof/claims.ts';
import { ProofError } from '../proof/proof-error.ts';
import { verifyFiles } from '../proof/verify.ts';
import { openTables } from '../projector/tables.ts';
import { sourceOf } from './sources.ts';

const nobody = { keys: [], witnesses: [], receipts: [], accepted: () => undefined };

const why = 'Dit is een uitvoer: er wordt niets vastgelegd en niets geopend.';

/** Asks what an export holds. Its proof must hold; by which keys is not looked at. */
export const callExport = async (what: string): Promise<Call> => {
  const log = openMemoryLog();
  try {
    await verifyFiles(await sourceOf(what), nobody, noProgress(), async ({ entries }) => {
      for (const bytes of entries)
        await log.append([readText(Buffer.from(bytes).toString('utf8'))]);
    });
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new CliFailure(exit.refused, `${what} is geen uitvoer die klopt: ${error.message}.`);
  }
  const ledger = await ledgerOver(log);
  return callIn(await buildApp({ ledger: () => ledger, version: packageJson.version }));
};

const ledgerOver = async (log: EventLog): Promise<Ledger> => {
  const tables = openTables(':memory:');
  tables.apply(await log.read('all'));
  const refuse = (): never => {
    throw new ProblemError({ code: 'read-only', detail: why });
  };
  return openLedger({
    log,
    proofs: noProofs('', why),
    tables: () => tables,
    reached: async () => undefined,
    rehearsal: async () => refuse(),
    clock: systemClock,
    ids: newIds(),
    hmac: refuse,
    people: { keyOf: refuse, personOf: refuse, openersOf: refuse, destroy: refuse },
    looks: { note: refuse, of: refuse },
    readOnly: () => why,
  });
};
