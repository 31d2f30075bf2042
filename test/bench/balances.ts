/** Balances of all members over a ledger of postings, anywhere on the two axes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../events/index.ts';
import { Account, type Posting } from '../../events/postings.ts';
import { balances } from '../../projections/balances/index.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import { openTables, type Tables } from '../../src/projector/tables.ts';
import { dayAt, entryAt, mixed, momentsOf } from './generate.ts';
import { latency, type Row } from './report.ts';

const asked = 100;
const codes = [
  ...['gm1721', 'gm0755', 'gm0756', 'gm1684', 'gm0786', 'gm0815', 'gm1702'],
  ...['gm1685', 'gm0856', 'gm1948', 'gm0828', 'gm1982', 'gm1991'],
];
const years = 10;
const days = 365 * years;
const others = Account.options.filter((account) => account !== 'payable');

type Shape = 'in order' | 'shuffled' | 'piled on one account';

const postingAt = (n: number, count: number, shape: Shape): Entry => {
  const day = shape === 'in order' ? Math.floor((n * days) / count) : mixed(n, days);
  const piled = shape === 'piled on one account';
  const place = {
    municipality: codes[piled ? 0 : mixed(n + 7, codes.length)]!,
    year: 2017 + (piled ? 0 : Math.floor(day / 365)),
    amountCents: String(1 + mixed(n, 99_999_999)),
  };
  const account = others[piled ? 0 : mixed(n + 13, others.length)]!;
  const postings: Posting[] = [
    { ...place, account, side: 'debit' },
    { ...place, account: 'payable', side: 'credit' },
  ];
  const latest = dayAt(day);
  return {
    ...entryAt(n),
    type: 'CorrectionPosted',
    validFrom: { earliest: latest, latest },
    data: { correctionId: '01BENCH0000000000000000000', reason: 'x', postings },
  };
};

const fill = (file: string, count: number, shape: Shape): Tables => {
  rmSync(file, { force: true });
  const tables = openTables(file);
  for (let from = 0; from < count; from += 5_000)
    tables.apply(
      Array.from({ length: Math.min(5_000, count - from) }, (_, i) => ({
        sequence: from + i,
        text: '',
        entry: postingAt(from + i + 1, count, shape),
      })),
    );
  tables.settle();
  return tables;
};

export const benchBalances = (folder: string, count: number): readonly Row[] =>
  (['in order', 'shuffled', 'piled on one account'] as const).flatMap((shape) => {
    const tables = fill(join(folder, 'balances.sqlite'), count, shape);
    const rows = Object.entries(momentsOf(count, days)).map(([name, point]) => {
      const times = Array.from({ length: asked }, (_, i) => {
        const [validAt, knownAt] = point(i);
        const started = performance.now();
        itemsOf(balances, tables.asOf({ question: 'balances', validAt, knownAt }), validAt);
        return performance.now() - started;
      });
      return latency(`balances of all members, ${shape}, ${name}`, times, 60);
    });
    tables.close();
    return rows;
  });
