/** A KurrentDB in a container, where this machine has an engine that runs one. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

/** Programs that understand the same words. */
const usual = ['docker', 'podman'] as const;
/** Milliseconds: for a word with the engine, and for an image that may have to be fetched first. */
const soon = 20_000;
const longest = 300_000;

const compose = join(import.meta.dirname, '../../docker-compose.yml');

/** The image and settings of the node that `docker compose up` tries. */
const node = () =>
  z
    .object({
      services: z.object({
        node: z.object({ image: z.string(), environment: z.record(z.string(), z.string()) }),
      }),
    })
    .parse(parse(readFileSync(compose, 'utf8'), { merge: true })).services.node;

export interface Contained {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts one on a port of this machine alone; it may take a while until it answers.
 * @returns why there is none, when there is none
 */
export const containedKurrent = async (
  engines: readonly string[] = usual,
): Promise<Contained | string> => {
  const reasons: string[] = [];
  for (const engine of engines) {
    const found = await startOn(engine).catch(
      (error: unknown) => `${basename(engine)}: ${reasonOf(error)}`,
    );
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  return reasons.join('; ');
};

const startOn = async (engine: string): Promise<Contained> => {
  const run = async (timeout: number, ...words: readonly string[]): Promise<string> =>
    (await promisify(execFile)(engine, words, { timeout })).stdout.trim();
  // Fails where the program is there, and what it talks to is not.
  await run(soon, 'version', '--format', '{{.Server.Version}}');
  const { image, environment } = node();
  const settings = Object.entries(environment).flatMap(([n, v]) => ['--env', `${n}=${v}`]);
  const container = await run(
    longest,
    ...['run', '--detach', '--rm', '--label', 'partnership-ledger-test'],
    ...['--publish', '127.0.0.1::2113', ...settings, image],
  );
  const stop = async (): Promise<void> => {
    await run(soon, 'rm', '--force', container);
  };
  try {
    const [published = ''] = (await run(soon, 'port', container, '2113/tcp')).split('\n');
    return { address: `esdb://${published}?tls=false`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const reasonOf = (error: unknown): string => {
  const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
  if (code === 'ENOENT') return 'not on this machine';
  return stderr.trim().split('\n').at(-1) || String(error);
};
