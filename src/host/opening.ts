/** The first event of a ledger: which it is, and how it is written. */
import { randomBytes } from 'node:crypto';
import { onDay } from '../../events/values.ts';
import { currentVersion, type Entry } from '../../events/index.ts';
import { dateIn } from '../ledger/moments.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';

const titles = {
  history: 'Partnerschap van gemeenten en IBN in Noordoost-Brabant',
  none: 'Grootboek',
} as const;

interface OpeningParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
}

export const openingOf = (
  dataset: keyof typeof titles,
  { clock, ids, hmac }: OpeningParts,
): Entry => {
  const recordedAt = clock.now();
  return {
    format: 1,
    id: ids.eventId(),
    type: 'LedgerOpened',
    version: currentVersion('LedgerOpened'),
    recordedAt,
    validFrom: onDay(dateIn(recordedAt)),
    actor: { id: 'local', office: 'registrar' },
    command: { tag: hmac(`open\n${recordedAt}`), input: hmac(`open-input\n${dataset}`) },
    data: {
      ledgerId: randomBytes(16).toString('hex'),
      dataset,
      madeUp: false,
      title: titles[dataset],
      entryFormat: 1,
      hash: 'sha-256',
      canonicalisation: 'rfc8785',
      timeZone: 'Europe/Amsterdam',
    },
  };
};
