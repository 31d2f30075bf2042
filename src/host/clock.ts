import type { Clock } from '../ledger/ports.ts';

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
