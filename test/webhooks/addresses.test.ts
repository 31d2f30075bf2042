/** Where may be sent to, and where not. */
import { describe, expect, it, test } from 'vitest';
import { allowedIn, flawOf, mayConnect } from '../../src/webhooks/addresses.ts';

const nothing = allowedIn([]);

describe('an address', () => {
  it.each([
    ['https://ontvanger.example.nl/gebeurtenissen?soort=1'],
    ['https://ontvanger.example.nl:8443/'],
    ['https://8.8.8.8/'],
    ['https://[2a02:a42::1]/'],
    ['https://xn--bcher-kva.example/'],
  ])('%s is fine', (address) => {
    expect(flawOf(address, nothing)).toBeUndefined();
  });

  it.each([
    ['', 'is geen adres'],
    ['ontvanger.example.nl', 'is geen adres'],
    ['http://ontvanger.example.nl/', 'https://'],
    ['ftp://ontvanger.example.nl/', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['https://naam:geheim@ontvanger.example.nl/', 'wachtwoord'],
    ['https://naam@ontvanger.example.nl/', 'wachtwoord'],
    ['https://ontvanger.example.nl/#deel', 'fragment'],
    ['https://ontvanger.example.nl/#', 'fragment'],
    ['https://localhost/', 'deze machine'],
    ['https://LOCALHOST./', 'deze machine'],
    ['https://x.localhost/', 'deze machine'],
    ['https://printer.local/', 'deze machine'],
    ['https://metadata.google.internal/', 'deze machine'],
    ['https://intranet/', 'deze machine'],
    ['https://127.0.0.1/', 'deze machine'],
    ['https://127.1/', 'deze machine'],
    ['https://2130706433/', 'deze machine'],
    ['https://0x7f.0.0.1/', 'deze machine'],
    ['https://017700000001/', 'deze machine'],
    ['https://0/', 'deze machine'],
    ['https://10.1.2.3/', 'deze machine'],
    ['https://169.254.169.254/latest/meta-data', 'deze machine'],
    ['https://[::1]/', 'deze machine'],
    ['https://[::]/', 'deze machine'],
    ['https://[fe80::1]/', 'deze machine'],
    ['https://[fd00:ec2::254]/', 'deze machine'],
    ['https://[::ffff:127.0.0.1]/', 'deze machine'],
    ['https://[::ffff:8.8.8.8]/', 'deze machine'],
    ['https://[64:ff9b::7f00:1]/', 'deze machine'],
  ])('%s is not: %s', (address, flaw) => {
    expect(flawOf(address, nothing)).toContain(flaw);
  });
});

describe('may be connected to', () => {
  it.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '192.169.0.1', '2a02::1', '2606:4700::1'])(
    '%s',
    (address) => expect(mayConnect(address, nothing)).toBe(true),
  );
  it.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.255.255.255', '169.254.1.1'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.168.1.1', '198.18.0.1', '198.19.255.255'],
    ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '203.0.113.1'],
    ...['::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::a00:1', '100::1'],
    ...['fc00::1', 'fdff::1', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1', '2001::1'],
    ...['2002:7f00:1::', '3fff::1', '4000::1', 'name', ''],
  ])('not %s', (address) => expect(mayConnect(address, nothing)).toBe(false));
});

describe('what was allowed', () => {
  const allowed = allowedIn(['localhost:8443', 'Intranet:443', '10.1.0.0/16', 'fd00:1::/32']);

  it.each([
    ['https://localhost:8443/x', undefined],
    ['https://localhost:8444/x', 'deze machine'],
    ['https://localhost/x', 'deze machine'],
    ['https://intranet/', undefined],
    ['https://intranet:444/', 'deze machine'],
    ['https://10.1.2.3/', undefined],
    ['https://10.2.2.3/', 'deze machine'],
    ['https://[fd00:1::9]/', undefined],
    ['https://[fd00:2::9]/', 'deze machine'],
    ['http://localhost:8443/x', 'https://'],
  ])('%s: %s', (address, flaw) => {
    const found = flawOf(address, allowed);
    if (flaw === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(flaw);
  });

  it('opens a network to whatever name leads there', () => {
    expect(mayConnect('10.1.2.3', allowed)).toBe(true);
    expect(mayConnect('::ffff:10.1.2.3', allowed)).toBe(true);
    expect(mayConnect('10.2.2.3', allowed)).toBe(false);
    expect(mayConnect('127.0.0.1', allowed)).toBe(false);
  });
});

test('nothing is open where nothing was said', () => {
  expect([...nothing.hosts]).toEqual([]);
  expect(nothing.networks.rules).toEqual([]);
});
