/** Server-sent events as they go over the line (HTML, "Server-sent events"). */
import type { Sequence, StoredEvent } from '../../ledger/event-log.ts';
import { cloudEvent } from '../cloud-event.ts';

export const eventStreamMedia = 'text/event-stream';

/** Milliseconds that a reader waits before it comes back. */
const retry = 3_000;
/** What every stream begins with. */
export const greeting = Buffer.from(`retry: ${retry}\n\n`);
/** A comment: keeps the connection, and says nothing. */
export const heartbeat = Buffer.from(':\n\n');

export const eventText = (event: StoredEvent): string => {
  const made = cloudEvent(event);
  return `id: ${event.sequence}\nevent: ${made.type}\ndata: ${JSON.stringify(made)}\n\n`;
};

/** All up to here was sent, as far as the reader asked for it and may see it. */
export const caughtUpText = (head: Sequence): string =>
  `id: ${head}\nevent: caught-up\ndata: {"sequence":"${head}"}\n\n`;
