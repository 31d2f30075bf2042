/**
 * An example of a service that follows the ledger: which member has adopted which decision, in a
 * table of its own. `node service.ts ADDRESS FILE`, with a token in TOKEN. It knows of the ledger
 * only what the ledger sends. It can be killed at any moment: what an event changes and how far it
 * has come are one transaction. Says `caught-up` and the sequence each time it is.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { follow } from './follow.ts';

const [address = '', file = ''] = process.argv.slice(2);
const token = process.env['TOKEN'] ?? '';

const db = new DatabaseSync(file);
db.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS position (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL);
  INSERT OR IGNORE INTO position VALUES (1, -1);
  CREATE TABLE IF NOT EXISTS seen (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS adoptions (
    event TEXT PRIMARY KEY, decision TEXT NOT NULL, municipality TEXT NOT NULL);
`);
const positionIn = db.prepare('SELECT sequence FROM position');
const move = db.prepare('UPDATE position SET sequence = ?');
const see = db.prepare('INSERT INTO seen VALUES (?, ?)');
const adopt = db.prepare('INSERT INTO adoptions VALUES (?, ?, ?)');
const takeBack = db.prepare('DELETE FROM adoptions WHERE event = ?');

const position = (): number => Number(positionIn.get()!['sequence']);

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly fact: Readonly<Record<string, string>> };
}

const apply = ({ id, type, data: { fact } }: CloudEvent): void => {
  switch (type) {
    case 'nl.participatiewet.decision-adopted':
      adopt.run(id, fact['decisionId']!, fact['municipality']!);
      break;
    case 'nl.participatiewet.fact-reversed':
      takeBack.run(fact['event']!);
  }
};

const handle = (sequence: number, event: string, data: string): void => {
  db.exec('BEGIN');
  if (event !== 'caught-up') {
    const read = JSON.parse(data) as CloudEvent;
    see.run(sequence, read.id);
    apply(read);
  }
  move.run(sequence);
  db.exec('COMMIT');
  if (event === 'caught-up') process.stdout.write(`caught-up ${sequence}\n`);
};

for (;;) {
  // A connection that cannot be made, or ends, is made again; a flaw of this program ends it.
  await follow(address, token, position(), handle).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
  });
  await wait(100);
}
