/**
 * The benchmark: every figure beside what it is measured against, in one run. Prints a table.
 * `node test/bench/index.ts [append] [as-of] [balances] [rebuild] [cold-start] [answers] [access] [people] [proof] [streams] [webhooks] [kurrentdb] [pages]`; all without arguments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAccess } from './access.ts';
import { benchAnswers } from './answers.ts';
import { benchAppend } from './append.ts';
import { benchAsOf } from './as-of.ts';
import { benchBalances } from './balances.ts';
import { benchKurrent } from './kurrent.ts';
import { benchPages } from './pages.ts';
import { benchPeople } from './people.ts';
import { benchProof } from './proof.ts';
import { benchColdStart, benchRebuild } from './rebuild.ts';
import { type Row, table } from './report.ts';
import { benchStreams } from './streams.ts';
import { benchWebhooks } from './webhooks.ts';

const million = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
const parts: Record<string, () => readonly Row[] | Promise<readonly Row[]>> = {
  rebuild: () => benchRebuild(join(folder, 'rebuild'), million),
  'cold-start': () => benchColdStart(join(folder, 'cold'), 18_471),
  append: () => benchAppend(folder, 18_472, 20_000),
  'as-of': () => benchAsOf(folder, million),
  balances: () => benchBalances(folder, million),
  answers: () => benchAnswers(join(folder, 'answers'), million),
  access: () => benchAccess(join(folder, 'access')),
  people: () => benchPeople(join(folder, 'people')),
  proof: () => benchProof(join(folder, 'proof'), million),
  kurrentdb: () => benchKurrent(join(folder, 'kurrentdb')),
  streams: () => benchStreams(join(folder, 'streams'), 200_000),
  webhooks: () => benchWebhooks(join(folder, 'webhooks')),
  pages: () => benchPages(join(folder, 'pages'), 100_000),
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in parts));
if (unknown !== undefined) {
  console.error(`unknown part ${unknown}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
try {
  const rows: Row[] = [];
  for (const [name, run] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.error(`measuring ${name} …`);
    rows.push(...(await run()));
  }
  console.log(table(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
