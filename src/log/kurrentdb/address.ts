/**
 * The connection string of a KurrentDB, read strictly. The client itself only warns of what it
 * does not know, and prints the whole string with it, password included: so it never gets it.
 */
import { readFileSync } from 'node:fs';

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface KurrentAddress {
  /** The nodes; of a cluster that is found by its name, that name. */
  readonly endpoints: readonly Endpoint[];
  /** The name stands for all nodes of a cluster. */
  readonly discover: boolean;
  readonly tls: boolean;
  /** Certificate of the authority that signed the nodes' own; absent: those of the system. */
  readonly authority?: Buffer;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly connectionName?: string;
  /** Milliseconds, as they were given. */
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
}

/** Dutch, and without the password. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

const schemes = ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'];
const options = ['tls', 'tlsCAFile', 'connectionName', 'keepAliveInterval', 'keepAliveTimeout'];
const defaultPort = 2113;
/** Below this the client warns, and servers may hang up. */
const leastKeepAlive = 10_000;

/** @throws AddressError */
export const readAddress = (text: string): KurrentAddress => {
  const [, scheme = '', rest = ''] = /^([a-z+]+):\/\/(.*)$/s.exec(text) ?? [];
  if (!schemes.includes(scheme))
    throw new AddressError(`verwacht ${schemes.map((s) => `${s}://`).join(', ')}`);
  const [before = '', query, ...more] = rest.split('?');
  if (more.length > 0) throw new AddressError('er staat meer dan één vraagteken in');
  // Of a password with such a mark in it, a part would be taken for an address, and told.
  if (query?.includes('@') === true)
    throw new AddressError('na het vraagteken staat een @; schrijf ? en @ als %3F en %40');
  const at = before.lastIndexOf('@');
  const hosts = before.slice(at + 1);
  const given = readOptions(query);
  const discover = scheme.endsWith('+discover');
  const endpoints = hosts.replace(/\/$/, '').split(',').map(readEndpoint);
  if (discover && endpoints.length > 1)
    throw new AddressError('met +discover hoort er één naam van een cluster in');
  const credentials = at < 0 ? undefined : readCredentials(before.slice(0, at));
  const tls = readTls(given.get('tls'));
  if (tls && credentials === undefined)
    throw new AddressError('met TLS hoort er naam:wachtwoord@ in');
  const authority = readAuthority(given.get('tlsCAFile'), tls);
  const connectionName = given.get('connectionName');
  return {
    endpoints,
    discover,
    tls,
    ...(authority === undefined ? {} : { authority }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(connectionName === undefined ? {} : { connectionName }),
    ...keepAlive('keepAliveInterval', given),
    ...keepAlive('keepAliveTimeout', given),
  };
};

const decoded = (text: string, what: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AddressError(`${what} bevat een ongeldige procentcodering`);
  }
};

const readCredentials = (text: string): { username: string; password: string } => {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new AddressError('vóór de @ hoort naam:wachtwoord te staan');
  return {
    username: decoded(text.slice(0, colon), 'de naam'),
    password: decoded(text.slice(colon + 1), 'het wachtwoord'),
  };
};

const readEndpoint = (text: string): Endpoint => {
  const [, address, port = String(defaultPort)] =
    /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (address === undefined)
    throw new AddressError(`${JSON.stringify(text)} is geen adres van een knoop (naam:poort)`);
  if (Number(port) < 1 || Number(port) > 65_535)
    throw new AddressError(`poort ${port} bestaat niet; verwacht 1 tot en met 65535`);
  return { address, port: Number(port) };
};

const readOptions = (query: string | undefined): ReadonlyMap<string, string> => {
  const given = new Map<string, string>();
  if (query === undefined) return given;
  for (const part of query.split('&')) {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    const known = options.find((option) => option.toLowerCase() === name.toLowerCase());
    if (known === undefined)
      throw new AddressError(
        `optie ${JSON.stringify(name)} is niet bekend; bekend: ${options.join(', ')}`,
      );
    if (given.has(known)) throw new AddressError(`optie ${known} staat er twee keer`);
    given.set(known, decoded(value, `optie ${known}`));
  }
  return given;
};

const readTls = (value: string | undefined): boolean => {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  throw new AddressError(`tls is ${value}; verwacht true of false`);
};

const readAuthority = (path: string | undefined, tls: boolean): Buffer | undefined => {
  if (path === undefined) return undefined;
  if (!tls) throw new AddressError('tlsCAFile heeft met tls=false geen zin');
  try {
    return readFileSync(path);
  } catch {
    throw new AddressError(`het certificaat ${path} kan niet worden gelezen`);
  }
};

const keepAlive = (
  name: 'keepAliveInterval' | 'keepAliveTimeout',
  given: ReadonlyMap<string, string>,
): Readonly<Record<string, number>> => {
  const value = given.get(name);
  if (value === undefined) return {};
  if (!/^\d{1,9}$/.test(value) || Number(value) < leastKeepAlive)
    throw new AddressError(`${name} is ${value}; verwacht ${leastKeepAlive} of meer milliseconden`);
  return { [name]: Number(value) };
};
