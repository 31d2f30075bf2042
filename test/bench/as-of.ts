/** An as-of list over a million change points, anywhere on the two axes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../events/index.ts';
import { projections } from '../../projections/index.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import { openTables, type Tables } from '../../src/projector/tables.ts';
import { dayAt, entryAt, mixed, momentsOf } from './generate.ts';
import { latency, type Row } from './report.ts';

const members = projections.find((p) => p.question === 'members')!;
const things = 425;
const asked = 300;
const days = 12_000;

type Shape = 'in order' | 'shuffled' | 'piled on one thing';

const changeAt = (n: number, count: number, shape: Shape): Entry => {
  const date = shape === 'in order' ? Math.floor((n * days) / count) : mixed(n, days);
  const thing = shape === 'piled on one thing' ? 0 : mixed(n + 7, things);
  const municipality = `gm${String(thing).padStart(4, '0')}`;
  return {
    ...entryAt(n),
    type: 'MemberJoined',
    validFrom: { earliest: dayAt(date), latest: dayAt(date) },
    data: { municipality, name: `Gemeente ${thing}` },
  };
};

const fill = (file: string, count: number, shape: Shape): Tables => {
  rmSync(file, { force: true });
  const tables = openTables(file);
  for (let from = 0; from < count; from += 5_000) {
    const events = Array.from({ length: Math.min(5_000, count - from) }, (_, i) => ({
      sequence: from + i,
      text: '',
      entry: changeAt(from + i + 1, count, shape),
    }));
    tables.apply(events);
  }
  tables.settle();
  return tables;
};

export const benchAsOf = (folder: string, count: number): readonly Row[] =>
  (['in order', 'shuffled', 'piled on one thing'] as const).flatMap((shape) => {
    const tables = fill(join(folder, 'as-of.sqlite'), count, shape);
    const rows = Object.entries(momentsOf(count, days)).map(([name, point]) => {
      const times = Array.from({ length: asked }, (_, i) => {
        const [validAt, knownAt] = point(i);
        const started = performance.now();
        const facts = tables.asOf({ question: 'members', validAt, knownAt });
        itemsOf(members, facts, validAt);
        return performance.now() - started;
      });
      return latency(`as-of list, ${shape}, ${name}`, times, 5);
    });
    tables.close();
    return rows;
  });
