/** Webhooks, joined: where they are kept, who they are for, and how events get there. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../host/settings.ts';
import { StartError } from '../host/start-error.ts';
import { cloudEvent, cloudEventsMedia } from '../http/cloud-event.ts';
import { localCaller, type Tokens } from '../ledger/access/index.ts';
import type { EventLog } from '../ledger/event-log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import type { Webhooks } from '../ledger/webhooks.ts';
import { openOfficeFile, whole } from '../privacy/office-file.ts';
import { allowedIn } from '../webhooks/addresses.ts';
import { deliverer, type Deliverer } from '../webhooks/delivering.ts';
import { sender } from '../webhooks/sending.ts';
import { counting, type Delivered } from '../webhooks/standing.ts';
import { webhookFile, webhookStoreOn } from '../webhooks/store.ts';
import { subscriptionsIn } from '../webhooks/subscriptions.ts';

interface Started {
  readonly ledger: Ledger;
  readonly readOnly: string | undefined;
}

interface WebhookParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly tokens: Tokens;
  readonly report: (error: unknown) => void;
}

export interface OpenWebhooks {
  readonly forApp: { readonly webhooks?: Webhooks };
  /** From now on events are delivered, unless this ledger is only read. */
  readonly deliver: (started: Started) => void;
  readonly close: () => Promise<void>;
}

/** @throws StartError when the file is there and cannot be read */
export const openWebhooks = (settings: Settings, parts: WebhookParts): OpenWebhooks => {
  if (settings.role === 'reader') return withWriter;
  const { log, tokens } = parts;
  const { store, close: closeStore } = openStore(join(settings.folder, 'office'));
  const allowed = allowedIn(settings.webhookAllow);
  const holderOf = (owner: string) =>
    owner === localCaller.id ? localCaller : tokens.callerNamed(owner);
  let delivering:
    | { readonly it: Deliverer; readonly delivered: Delivered; readonly close: () => void }
    | undefined;
  const webhooks = subscriptionsIn({
    ...parts,
    store,
    allowed,
    holderOf,
    head: () => log.head().sequence,
    changed: (id) => delivering?.it.changed(id),
    delivered: () => delivering?.delivered,
  });
  return {
    forApp: { webhooks },
    deliver: ({ ledger, readOnly }) => {
      if (readOnly !== undefined) return;
      const { send: sendOne, close } = sender({ allowed });
      const { send, counts } = counting(sendOne);
      const it = deliverer({
        ...parts,
        store,
        holderOf,
        send,
        chance: Math.random,
        sleep: (milliseconds, signal) =>
          wait(milliseconds, undefined, { signal }).catch(() => undefined),
        readerFor: (holder) => ledger.as(holder),
        bodyOf: (event) => JSON.stringify(cloudEvent(event)),
        media: cloudEventsMedia,
        origin: new URL(settings.access.url ?? 'http://localhost').hostname,
      });
      delivering = { it, delivered: { counts, lookedUpTo: it.lookedUpTo }, close };
    },
    close: async () => {
      await delivering?.it.stop();
      delivering?.close();
      closeStore();
    },
  };
};

/** What a reader has of it. */
const withWriter: OpenWebhooks = {
  forApp: {},
  deliver: () => undefined,
  close: () => Promise.resolve(),
};

/** @throws StartError */
const openStore = (office: string) => {
  const file = join(office, 'webhooks.sqlite');
  if (!existsSync(office)) mkdirSync(office, { recursive: true, mode: 0o700 });
  try {
    const db = openOfficeFile(file, webhookFile);
    const store = webhookStoreOn(db, (change) => whole(db, change));
    // Reads all, so that what is damaged is found now.
    store.all();
    return { store, close: () => db.close() };
  } catch (error) {
    throw new StartError(
      `De abonnementen ${file} zijn niet te lezen; zet ze terug of ruim ze op.`,
      {
        cause: error,
      },
    );
  }
};
