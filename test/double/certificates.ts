/** Certificates that sign themselves, made where they are used: none is kept, none runs out. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

export interface Certificate {
  /** PEM, both. */
  readonly certificate: string;
  readonly key: string;
}

/** One element of DER (X.690). */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const identifiers = {
  ecdsaWithSha256: hex('06082a8648ce3d040302'),
  commonName: hex('0603550403'),
  subjectAltName: hex('0603551d11'),
};

/** As UTCTime: 261128120000Z. */
const time = (date: Date): Buffer =>
  der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/[-:T]|\..*/g, '')
        .slice(2)}Z`,
    ),
  );

/** A name of the server, or an IPv4 address. */
const alternative = (host: string): Buffer =>
  isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

/** For a server on these names and addresses (IPv4), from and until so many days from now. */
export const certificateFor = (
  hosts: readonly string[],
  [from, until]: readonly [number, number] = [-1, 1],
): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const day = (offset: number): Date => new Date(Date.now() + offset * 86_400_000);
  const algorithm = sequence(identifiers.ecdsaWithSha256);
  const name = sequence(
    der(0x31, sequence(identifiers.commonName, der(0x0c, Buffer.from('double')))),
  );
  const names = sequence(...hosts.map(alternative));
  const signed = sequence(
    der(0xa0, hex('020102')), // version 3
    hex('020101'), // serial number 1
    algorithm,
    name,
    sequence(time(day(from)), time(day(until))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(identifiers.subjectAltName, der(0x04, names)))),
  );
  const whole = sequence(signed, algorithm, bits(sign('sha256', signed, privateKey)));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
};
