/** Subscriptions in memory, and delivering them by a clock that the test moves. */
import { DatabaseSync } from 'node:sqlite';
import { localCaller, type Tokens } from '../../src/ledger/access/index.ts';
import type { Clock } from '../../src/ledger/ports.ts';
import { whole } from '../../src/privacy/office-file.ts';
import { allowedIn } from '../../src/webhooks/addresses.ts';
import { webhookFile, webhookStoreOn } from '../../src/webhooks/store.ts';
import { subscriptionsIn } from '../../src/webhooks/subscriptions.ts';
import { hmac, type TestLedger, ulidIds } from './ledger.ts';

interface Parts extends Pick<TestLedger, 'log'> {
  readonly clock: Clock;
  readonly tokens: Pick<Tokens, 'callerNamed'>;
  readonly changed?: (id: string) => void;
  readonly db?: DatabaseSync;
}

export const webhooksInMemory = ({ log, clock, tokens, changed, db = newDb() }: Parts) => {
  const store = webhookStoreOn(db, (change) => whole(db, change));
  const holderOf = (owner: string) =>
    owner === localCaller.id ? localCaller : tokens.callerNamed(owner);
  const webhooks = subscriptionsIn({
    store,
    clock,
    ids: ulidIds,
    hmac,
    allowed: allowedIn([]),
    holderOf,
    head: () => log.head().sequence,
    changed: changed ?? (() => undefined),
  });
  return { webhooks, store, holderOf };
};

const newDb = (): DatabaseSync => {
  const db = new DatabaseSync(':memory:');
  webhookFile.prepare(db);
  return db;
};
