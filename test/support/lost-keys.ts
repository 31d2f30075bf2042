/** An office that was put back from an older copy, and giving up what it lacks. */
import { join } from 'node:path';
import { wrappingSource } from '../../src/host/wrapping.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import type { Clock } from '../../src/ledger/ports.ts';
import { acceptLostKeys } from '../../src/privacy/lacking.ts';
import { ticking } from './ledger.ts';
import { settingsIn } from './office.ts';

export const keysIn = (folder: string): string => join(folder, 'office', 'keys.sqlite');

/** Says that so many keys of the office in this folder are lost for good. */
export const giveUp = (folder: string, log: EventLog, count: number, clock: Clock = ticking()) =>
  acceptLostKeys({
    file: keysIn(folder),
    log,
    source: (isNew) => wrappingSource(settingsIn(folder), isNew),
    clock,
    count,
    reason: 'schijf stuk',
  });
