/**
 * The key under which persons' keys are wrapped: from a file in the office (or elsewhere), from
 * the environment, or from what a command of a key service prints. 32 bytes; in the environment
 * and from a command as base64 or hex.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WrappingSource } from '../ledger/ports.ts';
import { moveDurably } from './durable.ts';
import { keptSecret, secretIn, secretSize } from './secret.ts';
import { type KeySource, type Settings, StartError } from './settings.ts';

/** Milliseconds that a key service gets to answer. */
const patience = 30_000;

/**
 * @param isNew no key is wrapped yet: a file that is not there is made
 * @throws StartError
 */
export const wrappingSource = (
  { folder, wrapping, wrappingBefore, environment }: Settings,
  isNew: boolean,
): WrappingSource => {
  const previous = () =>
    wrappingBefore === undefined ? undefined : keyFrom(wrappingBefore, environment);
  if (wrapping.kind === 'file') {
    const file = wrapping.where === '' ? join(folder, 'office', 'wrapping-key') : wrapping.where;
    return { ...inFile(file, isNew), previous };
  }
  const current = () => keyFrom(wrapping, environment);
  return { current, next: () => undefined, previous, renew: current, settle: () => undefined };
};

const inFile = (file: string, isNew: boolean): Omit<WrappingSource, 'previous'> => {
  const prepared = `${file}.next`;
  return {
    current: () => keptSecret(file, isNew),
    next: () => (existsSync(prepared) ? secretIn(prepared) : undefined),
    // One that is there already may be in use: it is not written over.
    renew: () => keptSecret(prepared, true),
    settle: () => {
      if (existsSync(prepared)) moveDurably(prepared, file);
    },
  };
};

/** @throws StartError */
const keyFrom = ({ kind, where }: KeySource, environment: Settings['environment']): Buffer => {
  switch (kind) {
    case 'file':
      return secretIn(where);
    case 'env': {
      const text = environment[where];
      if (text === undefined) throw new StartError(`De omgeving heeft geen ${where}.`);
      return keyIn(text, where);
    }
    case 'command':
      return keyIn(printed(where), 'de sleuteldienst');
  }
};

/** What a command prints; what it says on the side is not told, for that may hold a secret. */
const printed = (line: string): string => {
  try {
    return execSync(line, {
      encoding: 'utf8',
      timeout: patience,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    throw new StartError('De opdracht van de sleuteldienst mislukte.');
  }
};

/** @throws StartError, which does not repeat it */
const keyIn = (text: string, where: string): Buffer => {
  const given = text.trim();
  const key = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64');
  if (key.length === secretSize) return key;
  throw new StartError(`De sleutel uit ${where} is geen 32 bytes als base64 of hex.`);
};
