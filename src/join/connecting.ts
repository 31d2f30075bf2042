/** How the command line gets at a ledger: the one that runs, or one opened for this command. */
import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { callIn, downloadIn } from '../cli/app-call.ts';
import type { CliPorts } from '../cli/ports.ts';
import { callOver, downloadOver } from '../cli/socket-call.ts';
import { StartError } from '../host/settings.ts';
import { answersOn, socketPath } from '../host/socket.ts';

const importsPath = '/v1/imports';
const documentPath = '/v1/openapi.json';

interface Openable {
  readonly app: FastifyInstance;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly folder: () => string;
  /** False when there is certainly no ledger yet. */
  readonly mayBeThere: () => boolean;
  readonly open: () => Promise<Openable>;
  /** Tells what can be asked, without a ledger. */
  readonly describe: () => Promise<FastifyInstance>;
}

type Connection = Pick<CliPorts, 'call' | 'download'>;

/** Connects only when something is asked. */
export const connecting = (parts: Parts): Connection & { readonly close: () => Promise<void> } => {
  let opened: Openable | undefined;
  let connected: Promise<Connection> | undefined;
  const connect = async (asked: string): Promise<Connection> => {
    const folder = parts.folder();
    const path = socketPath(folder);
    if (existsSync(path) && (await answersOn(path)))
      return { call: callOver(path), download: downloadOver(path) };
    // A question to a folder that was mistyped must not make a ledger there.
    if (asked !== importsPath && !parts.mayBeThere())
      throw new StartError(`In ${folder} is nog geen grootboek; serve of import maakt er een.`);
    opened = await parts.open();
    await opened.start();
    return { call: callIn(opened.app), download: downloadIn(opened.app) };
  };
  const connection = (asked: string) => (connected ??= connect(asked));
  return {
    call: async (method, path, ...more) => {
      const call =
        connected === undefined && path === documentPath
          ? callIn(await parts.describe())
          : (await connection(path)).call;
      return call(method, path, ...more);
    },
    download: async (path) => (await connection(path)).download(path),
    close: async () => opened?.close(),
  };
};
