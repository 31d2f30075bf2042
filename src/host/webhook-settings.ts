/** Where webhooks may be delivered beyond what is open to all. */
import { isIP } from 'node:net';
import { StartError } from './start-error.ts';

/** @returns each `host:port` or `network/prefix` @throws StartError */
export const webhookAllowIn = (text: string): readonly string[] => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  for (const entry of entries) if (!isNetwork(entry) && !isHost(entry)) throw unknown(entry);
  return entries;
};

const isNetwork = (entry: string): boolean => {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const widest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return prefix !== '' && Number(prefix) <= widest;
};

/** As it stands in an address, with its port: that is how it is compared. */
const isHost = (entry: string): boolean => {
  const url = /^[\w.:[\]-]+$/.test(entry) ? URL.parse(`https://${entry}`) : null;
  if (url === null) return false;
  return entry.toLowerCase() === `${url.hostname}:${url.port === '' ? '443' : url.port}`;
};

const unknown = (entry: string): StartError =>
  new StartError(
    `LEDGER_WEBHOOK_ALLOW: ${entry} is niet bekend; verwacht host:poort of een netwerk zoals 10.1.0.0/16.`,
  );
