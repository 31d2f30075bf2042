/** A ledger on files, with an office of its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../src/host/settings.ts';
import { wrappingSource } from '../../src/host/wrapping.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import type { LedgerParts } from '../../src/ledger/ledger.ts';
import type { Hmac, People, WrappingSource } from '../../src/ledger/ports.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { type Office, openOffice } from '../../src/privacy/office.ts';
import { hmac, testLedger, ticking, ulidIds } from './ledger.ts';

export const settingsIn = (folder: string, environment: Record<string, string> = {}) =>
  readSettings({ LEDGER_DATA: folder, ...environment });

export const officeIn = (
  folder: string,
  log: EventLog,
  source: (isNew: boolean) => WrappingSource = (isNew) => wrappingSource(settingsIn(folder), isNew),
  secret: Hmac = hmac,
): Promise<Office> => {
  const office = join(folder, 'office');
  mkdirSync(office, { recursive: true });
  return openOffice({ folder: office, source, log, hmac: secret, ids: ulidIds, clock: ticking() });
};

const same = <T>(it: T): T => it;

/** A ledger on the log and the office of this folder. */
export const officeLedger = async (
  folder: string,
  through: { people?: (people: People) => People; log?: (log: EventLog) => EventLog } = {},
  more: Partial<LedgerParts> = {},
) => {
  const log = (through.log ?? same)(openSqliteLog({ file: join(folder, 'log.sqlite') }));
  const office = await officeIn(folder, log);
  const people = (through.people ?? same)(office.people);
  const made = await testLedger(log, undefined, { people, looks: office.looks, ...more });
  return { ...made, office };
};
