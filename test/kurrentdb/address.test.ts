/** A connection string that is wrong gives one line that says where, never with the password. */
import { describe, expect, test } from 'vitest';
import { AddressError, readAddress } from '../../src/log/kurrentdb/address.ts';

describe('a connection string', () => {
  test('names a node, or several, or a cluster', () => {
    expect(readAddress('esdb://127.0.0.1:2114?tls=false')).toEqual({
      endpoints: [{ address: '127.0.0.1', port: 2114 }],
      discover: false,
      tls: false,
    });
    expect(readAddress('kurrentdb://a,b:1,c/?tls=false').endpoints).toEqual([
      { address: 'a', port: 2113 },
      { address: 'b', port: 1 },
      { address: 'c', port: 2113 },
    ]);
    expect(readAddress('esdb+discover://cluster.local?tls=false')).toMatchObject({
      endpoints: [{ address: 'cluster.local', port: 2113 }],
      discover: true,
    });
  });

  test('may carry name and password, in percent encoding, and options in any case', () => {
    const address = readAddress(
      'esdb://led%40ger:p%3A%2Fw@node:2113?TLS=true&connectionName=a%20b&keepAliveInterval=20000',
    );
    expect(address.credentials).toEqual({ username: 'led@ger', password: 'p:/w' });
    expect(address).toMatchObject({ tls: true, connectionName: 'a b', keepAliveInterval: 20_000 });
  });

  const secret = 's3cret';
  const wrong: readonly (readonly [string, string])[] = [
    ['http://node:2113', 'esdb://'],
    ['esdb:/node', 'esdb://'],
    ['', 'esdb://'],
    [`esdb://name:${secret}@?tls=false`, 'knoop'],
    [`esdb://name:${secret}@node:0?tls=false`, 'poort 0'],
    [`esdb://name:${secret}@node:70000?tls=false`, '70000'],
    [`esdb://name:${secret}@node:port?tls=false`, 'node:port'],
    [`esdb://name:${secret}@a,,b?tls=false`, 'knoop'],
    [`esdb+discover://name:${secret}@a,b?tls=false`, 'één naam'],
    [`esdb://name:${secret}?${secret}@node`, '%3F'],
    [`esdb://${secret}@node`, 'naam:wachtwoord'],
    [`esdb://name:@node`, 'naam:wachtwoord'],
    [`esdb://name:%zz@node`, 'procentcodering'],
    ['esdb://node', 'met TLS'],
    [`esdb://name:${secret}@node?tls=no`, 'true of false'],
    [`esdb://name:${secret}@node?tls`, 'bekend'],
    [`esdb://name:${secret}@node?tlsVerifyCert=false`, 'tlsVerifyCert'],
    [`esdb://name:${secret}@node?throwOnAppendFailure=false`, 'throwOnAppendFailure'],
    [`esdb://name:${secret}@node?nodePreference=follower`, 'nodePreference'],
    [`esdb://name:${secret}@node?tls=true&tls=true`, 'twee keer'],
    [`esdb://name:${secret}@node?tls=true?x=y`, 'vraagteken'],
    [`esdb://name:${secret}@node?tlsCAFile=/not/there.crt`, '/not/there.crt'],
    [`esdb://name:${secret}@node?tls=false&tlsCAFile=/not/there.crt`, 'geen zin'],
    [`esdb://name:${secret}@node?keepAliveInterval=10`, '10000'],
    [`esdb://name:${secret}@node?keepAliveTimeout=soon`, 'keepAliveTimeout'],
  ];
  test.each(wrong)('%s', (text, word) => {
    let error: unknown;
    try {
      readAddress(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AddressError);
    const { message } = error as AddressError;
    expect(message).toContain(word);
    expect(message).not.toContain(secret);
    expect(message).not.toContain('\n');
  });
});
