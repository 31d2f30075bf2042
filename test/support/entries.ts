/** Valid entries with fresh ids, for tests that need a log with something in it. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { currentVersion, type EntryFor, type EntryType } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';

type Envelope<Type extends EntryType> = Omit<EntryFor<Type>, 'type' | 'data'>;

/** Fields of the envelope, and of the data, that a test wants otherwise. */
type Overrides<Type extends EntryType> = Partial<Envelope<Type>> & {
  readonly data?: Partial<EntryFor<Type>['data']>;
};

/** 64 hex digits, like an HMAC. */
export const hmacLike = (): string => randomBytes(32).toString('hex');

/** An entry of any type. Each is its own command unless `command` is given. */
export const entry = <Type extends EntryType>(
  type: Type,
  data: EntryFor<Type>['data'],
  overrides: Partial<Envelope<Type>> = {},
): EntryFor<Type> =>
  ({
    format: 1,
    id: randomUUIDv7(),
    version: currentVersion(type),
    recordedAt: '2026-01-01T00:00:00.000Z',
    validFrom: onDay('2021-07-01'),
    actor: { id: 'test', office: 'registrar' },
    command: { tag: hmacLike(), input: hmacLike() },
    ...overrides,
    type,
    data,
  }) as EntryFor<Type>;

export const ledgerId = '00112233445566778899aabbccddeeff';

/** Event 0 of a ledger. */
export const ledgerOpened = ({
  data,
  ...envelope
}: Overrides<'LedgerOpened'> = {}): EntryFor<'LedgerOpened'> =>
  entry(
    'LedgerOpened',
    {
      ledgerId,
      dataset: 'none',
      madeUp: true,
      title: 'Proefgrootboek',
      entryFormat: 1,
      hash: 'sha-256',
      canonicalisation: 'rfc8785',
      timeZone: 'Europe/Amsterdam',
      ...data,
    },
    envelope,
  );

export const memberJoined = ({
  data,
  ...envelope
}: Overrides<'MemberJoined'> = {}): EntryFor<'MemberJoined'> =>
  entry('MemberJoined', { municipality: 'gm0828', name: 'Oss', ...data }, envelope);
