/** Durable appends through HTTP by 32 writers, against one event a commit in a bare loop. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
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

/**
 * A writer that sends its next event once the last one was answered. It speaks HTTP over a plain
 * socket: it shares the processors with the service, and what it costs is not to be measured.
 */
const writerAt = async (port: number, token: string) => {
  const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
  await once(socket, 'connect');
  let text = '';
  let answered: (head: string) => void = () => undefined;
  socket.on('data', (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\r\n\r\n') + 4;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (end < 4 || text.length < end + length) return;
    const head = text;
    text = '';
    answered(head);
  });
  return {
    post: async (n: number): Promise<void> => {
      const body = JSON.stringify({ kind: 'meeting', title: `Overleg ${n}`, about: [] });
      const answer = new Promise<string>((resolve) => (answered = resolve));
      socket.write(
        `POST /v1/occurrences HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
          `Authorization: Bearer ${token}\r\n` +
          `Idempotency-Key: ${ulid()}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      const head = await answer;
      if (!head.startsWith('HTTP/1.1 201 ')) throw new Error(head);
    },
    close: () => socket.destroy(),
  };
};

/** A token of a registrar, as people make one. */
const tokenOf = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const words = ['token', 'create', '--role', 'registrar', '--expires', '2999-12-31'];
  const options = { env };
  return (
    await promisify(execFile)(process.execPath, ['src/main.ts', ...words], options)
  ).stdout.trim();
};

export const benchAppend = async (
  folder: string,
  port: number,
  count: number,
): Promise<readonly Row[]> => {
  const bare = bareLoop(folder, 4_000);
  const env = {
    ...process.env,
    LEDGER_DATA: join(folder, 'append'),
    LEDGER_DATASET: 'none',
    PORT: String(port),
  };
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      if (ready?.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const token = await tokenOf(env);
    const sockets = await Promise.all(Array.from({ length: writers }, () => writerAt(port, token)));
    let next = 0;
    const round = (upTo: number) =>
      Promise.all(
        sockets.map(async ({ post }) => {
          while (next < upTo) await post(next++);
        }),
      );
    await round(1_000);
    const started = performance.now();
    await round(1_000 + count);
    const rate = (count / (performance.now() - started)) * 1000;
    for (const { close } of sockets) close();
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
