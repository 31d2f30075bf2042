/** Where may be sent to: receivers beyond this machine and its network, save what was allowed. */
import { BlockList, isIP } from 'node:net';

/** What the machine's owner allows: `host:port`, or a network such as `10.1.0.0/16`. */
export interface Allowed {
  readonly hosts: ReadonlySet<string>;
  readonly networks: BlockList;
}

/** @param entries as they were checked in the settings */
export const allowedIn = (entries: readonly string[]): Allowed => {
  const networks = new BlockList();
  const isNetwork = (entry: string) => entry.includes('/');
  for (const entry of entries.filter(isNetwork)) {
    const [address = '', prefix] = entry.split('/');
    networks.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  const hosts = new Set(entries.filter((one) => !isNetwork(one)).map((one) => one.toLowerCase()));
  return { hosts, networks };
};

const listOf = (family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

/** The IANA registry of special addresses: this host, private, shared, link-local, multicast … */
const special4 = listOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);
/** All but 2000::/3, and of that what is special or leads to an IPv4 address. */
const special6 = listOf('ipv6', [
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

/** Whether may be connected to this address, as DNS gave it or as it was written. */
export const mayConnect = (address: string, { networks }: Allowed): boolean => {
  const family = isIP(address);
  if (family === 0) return false;
  if (networks.check(address, family === 6 ? 'ipv6' : 'ipv4')) return true;
  return family === 6 ? !special6.check(address, 'ipv6') : !special4.check(address, 'ipv4');
};

/** The host of an address, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

export const isAllowedHost = (url: URL, { hosts }: Allowed): boolean =>
  hosts.has(`${url.hostname}:${url.port === '' ? '443' : url.port}`);

/** What is wrong with an address, in Dutch; undefined: nothing that can be seen without DNS. */
export const flawOf = (text: string, allowed: Allowed): string | undefined => {
  const url = URL.parse(text);
  if (url === null) return 'is geen adres; verwacht https://…';
  if (url.protocol !== 'https:') return 'verwacht een adres met https://';
  if (`${url.username}${url.password}` !== '')
    return 'bevat een naam of wachtwoord; geef het token apart';
  if (text.includes('#')) return 'bevat een fragment (#), en dat wordt nooit verstuurd';
  if (isAllowedHost(url, allowed)) return undefined;
  const host = hostOf(url);
  if (isIP(host) !== 0)
    return mayConnect(host, allowed)
      ? undefined
      : 'wijst naar deze machine, een eigen netwerk of een bijzonder adres';
  if (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(host) || !host.includes('.'))
    return 'wijst naar deze machine of een eigen netwerk';
  return undefined;
};
