/** Durable appends through HTTP by 32 writers, against one event a commit in a bare loop. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Agent, request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import canonicalize from 'canonicalize';
import { ulid } from 'ulid';
import { entryAt } from './generate.ts';
import type { Row } from './report.ts';

const writers = 32;

/** One event in a transaction of its own, synced: the least that durable can mean. */
const bareLoop = (folder: string, count: number): number => {
  const db = new DatabaseSync(join(folder, 'bare.sqlite'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10000',
  );
  db.exec('CREATE TABLE events (sequence INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO events VALUES (?, ?)');
  const texts = Array.from({ length: count }, (_, i) => canonicalize(entryAt(i + 1))!);
  const started = performance.now();
  texts.forEach((text, i) => insert.run(i, text));
  const rate = (count / (performance.now() - started)) * 1000;
  db.close();
  return rate;
};

const post = (agent: Agent, port: number, n: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ kind: 'meeting', title: `Overleg ${n}`, about: [] });
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/v1/occurrences',
        headers: { 'content-type': 'application/json', 'idempotency-key': ulid() },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 201 ? resolve() : reject(new Error(String(answer.statusCode))),
        );
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });

export const benchAppend = async (
  folder: string,
  port: number,
  count: number,
): Promise<readonly Row[]> => {
  const bare = bareLoop(folder, 4_000);
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: {
      ...process.env,
      LEDGER_DATA: join(folder, 'append'),
      LEDGER_DATASET: 'none',
      PORT: String(port),
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      if (ready?.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const agent = new Agent({ keepAlive: true, maxSockets: writers });
    let next = 0;
    const write = async (upTo: number): Promise<void> => {
      while (next < upTo) await post(agent, port, next++);
    };
    const round = (upTo: number) => Promise.all(Array.from({ length: writers }, () => write(upTo)));
    await round(1_000);
    const started = performance.now();
    await round(1_000 + count);
    const rate = (count / (performance.now() - started)) * 1000;
    agent.destroy();
    return [
      {
        what: `durable appends through HTTP, ${writers} writers`,
        figure: `${Math.round(rate)}/s, ${(rate / bare).toFixed(2)} × a bare loop of ${Math.round(bare)}/s`,
        target: '≥ 1.5 ×',
        met: rate / bare >= 1.5,
      },
    ];
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};
