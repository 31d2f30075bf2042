/** Events to one receiver, one request at a time, against a bare loop of the same requests. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cloudEvent, cloudEventsMedia } from '../../src/http/cloud-event.ts';
import { openProof } from '../../src/join/proof.ts';
import { localCaller } from '../../src/ledger/access/index.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { openOfficeFile, whole } from '../../src/privacy/office-file.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { allowedIn } from '../../src/webhooks/addresses.ts';
import { deliverer } from '../../src/webhooks/delivering.ts';
import { sender } from '../../src/webhooks/sending.ts';
import { webhookFile, webhookStoreOn } from '../../src/webhooks/store.ts';
import { subscriptionsIn } from '../../src/webhooks/subscriptions.ts';
import { ulidIds } from '../support/ledger.ts';
import { ledgerOver } from './answers.ts';
import { grow } from './rebuild.ts';
import type { Row } from './report.ts';

const rounds = 3;
const events = 2_000;
const target = 0.5;

interface Receiving {
  readonly address: string;
  readonly port: number;
  readonly ca: string;
}

/** Requests a second, each after the answer to the one before. */
const bareLoop = async (log: EventLog, { address, ca }: Receiving): Promise<number> => {
  const agent = new Agent({ keepAlive: true, ca });
  const from = log.head().sequence - events + 1;
  const bodies = (await log.read('all', { from })).map((e) => JSON.stringify(cloudEvent(e)));
  const started = performance.now();
  for (const body of bodies)
    await new Promise((resolve, reject) => {
      const headers = { 'content-type': cloudEventsMedia };
      const one = request(address, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', resolve);
      });
      one.on('error', reject);
      one.end(body);
    });
  agent.destroy();
  return (events / (performance.now() - started)) * 1_000;
};

const deliveries = (log: EventLog, ledger: Ledger, office: string, receiver: Receiving) => {
  const { ca, port, address } = receiver;
  mkdirSync(office, { recursive: true });
  const db = openOfficeFile(join(office, 'webhooks.sqlite'), webhookFile);
  const store = webhookStoreOn(db, (change) => whole(db, change));
  const allowed = allowedIn([`localhost:${port}`]);
  const clock = { now: () => new Date().toISOString() };
  const { send, close } = sender({ allowed, ca });
  const holderOf = () => localCaller;
  const it = deliverer({
    ...{ store, log, clock, send, holderOf, chance: Math.random },
    sleep: (milliseconds, signal) =>
      wait(milliseconds, undefined, { signal }).catch(() => undefined),
    readerFor: (holder) => ledger.as(holder),
    bodyOf: (event) => JSON.stringify(cloudEvent(event)),
    media: cloudEventsMedia,
    origin: 'localhost',
    report: console.error,
  });
  const subscriptions = subscriptionsIn({
    ...{ store, clock, allowed, holderOf, ids: ulidIds, changed: it.changed },
    hmac: () => randomBytes(32).toString('hex'),
    head: () => log.head().sequence,
  });
  return {
    /** Events a second, to one that asked for the last of them. */
    rate: async (): Promise<number> => {
      const after = log.head().sequence - events;
      const asked = { address, token: 'bench', after };
      const started = performance.now();
      const { webhook } = subscriptions.create(localCaller, asked, String(started));
      const { webhookId } = webhook;
      while (store.find(webhookId)!.course.position < log.head().sequence) await wait(5);
      const taken = performance.now() - started;
      subscriptions.end(localCaller, webhookId);
      return (events / taken) * 1_000;
    },
    stop: async () => {
      await it.stop();
      close();
      db.close();
    },
  };
};

export const benchWebhooks = async (data: string): Promise<readonly Row[]> => {
  grow(data, events + 1);
  const log = openSqliteLog({ file: join(data, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(data, 'tables') });
  const proof = await openProof({ folder: data, log, witnesses: [] });
  const ledger = await ledgerOver(proof.log, projector, proof.proofs);
  const child = fork(fileURLToPath(new URL('webhook-receiver.ts', import.meta.url)));
  const [receiver] = (await once(child, 'message')) as [Receiving];
  const delivering = deliveries(log, ledger, join(data, 'office'), receiver);
  try {
    let [bare, delivered] = [0, 0];
    // In turns, so that what else runs on the machine hinders both alike.
    for (let round = 0; round < rounds; round += 1) {
      bare += (await bareLoop(log, receiver)) / rounds;
      delivered += (await delivering.rate()) / rounds;
    }
    return [
      {
        what: 'events to one subscriber over TLS, signed, its position kept after each, against a bare loop of requests',
        figure: `${(delivered / bare).toFixed(2)} ×, ${Math.round(delivered)}/s and ${Math.round(bare)}/s`,
        target: `≥ ${target} ×`,
        met: delivered / bare >= target,
      },
    ];
  } finally {
    await delivering.stop();
    child.kill('SIGKILL');
    await projector.close();
    await log.close();
    proof.close();
  }
};
