/** The first event of a ledger: which it is, and how it is written. */
import { createHash, randomBytes } from 'node:crypto';
import type { Entry } from '../../events/index.ts';
import { ownEntry } from '../ledger/own-entry.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';

const titles = {
  history: 'Partnerschap van gemeenten en IBN in Noordoost-Brabant',
  example: 'Voorbeeld: verzonnen vervolg op het partnerschap van gemeenten en IBN',
  none: 'Grootboek',
} as const;

/** Of a made-up ledger: 128 bits from its seed. */
export const exampleLedgerId = (seed: string): string =>
  createHash('sha256').update(`example\n${seed}`).digest('hex').slice(0, 32);

interface OpeningParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
}

/** @param seed of the example; of no use to the others */
export const openingOf = (
  dataset: keyof typeof titles,
  seed: string,
  { clock, ids, hmac }: OpeningParts,
): Entry =>
  ownEntry(
    'LedgerOpened',
    {
      ledgerId: dataset === 'example' ? exampleLedgerId(seed) : randomBytes(16).toString('hex'),
      dataset,
      madeUp: dataset === 'example',
      title: titles[dataset],
      entryFormat: 1,
      hash: 'sha-256',
      canonicalisation: 'rfc8785',
      timeZone: 'Europe/Amsterdam',
    },
    (recordedAt) => ({
      tag: hmac(`open\n${recordedAt}`),
      input: hmac(`open-input\n${dataset}`),
    }),
    { clock, ids },
  );
