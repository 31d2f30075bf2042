/** The socket in the data folder: the way in for the machine itself, for its owner only. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { join, relative } from 'node:path';
import { StartError } from './settings.ts';

/** Longest path that every system takes for a socket. */
const longest = 100;

/**
 * Path of the socket, as short as it can be told from here.
 * @throws StartError when even that is too long
 */
export const socketPath = (folder: string): string => {
  const file = join(folder, 'ledger.sock');
  const path = [file, relative('', file)].reduce((a, b) => (size(b) < size(a) ? b : a));
  if (size(path) <= longest) return path;
  throw new StartError(
    `Het pad ${file} is te lang voor een socket (meer dan ${longest} bytes); kies een kortere LEDGER_DATA.`,
  );
};

const size = (path: string): number => Buffer.byteLength(path);

/** Whether a ledger answers on this socket. */
export const answersOn = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ path });
    const done = (answers: boolean) => (): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(2_000);
    socket.once('connect', done(true));
    socket.once('timeout', done(false));
    socket.once('error', done(false));
  });

/**
 * Listens on the socket. One that is left of a process that is gone is taken away; only the
 * holder of the writer lock may call this.
 * @throws StartError when another process answers on it
 */
export const listenOnSocket = async (path: string, listener: RequestListener): Promise<Server> => {
  if (await answersOn(path)) throw new StartError(`Op ${path} luistert al een ander proces.`);
  rmSync(path, { force: true });
  const server = createServer(listener);
  // The mask counts from the first moment; a later chmod would leave a gap.
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(before);
  }
  chmodSync(path, 0o600);
  return server;
};
