/** That the import rules are seen to hold, and that the tool would notice if they did not. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { depcruise, root } from './depcruise.ts';

const folders = ['events', 'projections', 'src'] as const;

const modulesIn = (folder: string): number =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  ).length;

test('every module of ours is seen, and none breaks a rule', () => {
  const { modules, summary } = depcruise(root, ...folders);
  expect(summary.violations).toEqual([]);
  for (const folder of folders) {
    const seen = modules.filter(
      ({ source }) => source.startsWith(`${folder}/`) && source.endsWith('.ts'),
    );
    expect(seen.length, folder).toBe(modulesIn(folder));
  }
  expect(modules.flatMap((module) => module.dependencies).length).toBeGreaterThan(200);
});

/** Each is a file with one import that a rule forbids. */
const forbidden: readonly (readonly [rule: string, from: string, target: string])[] = [
  ['events-stand-alone', 'events/a.ts', '../projections/clean.ts'],
  ['events-stand-alone', 'events/b.ts', '../src/ledger/clean.ts'],
  ['projections-know-events', 'projections/a.ts', '../src/domain/clean.ts'],
  ['projections-know-events', 'projections/b.ts', '../src/ledger/clean.ts'],
  ['domain-knows-events', 'src/domain/a.ts', '../../projections/clean.ts'],
  ['domain-knows-events', 'src/domain/b.ts', '../ledger/clean.ts'],
  ['ledger-knows-no-edge', 'src/ledger/a.ts', '../log/clean.ts'],
  ['ledger-knows-no-edge', 'src/ledger/b.ts', '../http/clean.ts'],
  ['edges-know-the-ledger', 'src/http/a.ts', '../log/clean.ts'],
  ['edges-know-the-ledger', 'src/cli/a.ts', '../http/clean.ts'],
  ['edges-know-the-ledger', 'src/log/a.ts', '../projector/clean.ts'],
  ['edges-know-the-ledger', 'src/web/a.ts', '../domain/clean.ts'],
  ['edges-know-the-ledger', 'src/proof/a.ts', '../../test/clean.ts'],
  ['edges-know-the-ledger', 'src/webhooks/a.ts', '../http/clean.ts'],
  ['only-known-folders', 'src/extra/a.ts', '../ledger/clean.ts'],
  ['main-is-the-top', 'src/http/b.ts', '../main.ts'],
  ['pure-without-node', 'events/c.ts', 'node:fs'],
  ['pure-without-node', 'projections/c.ts', 'node:crypto'],
  ['pure-without-node', 'src/domain/c.ts', 'crypto'],
  ['pure-without-packages', 'events/d.ts', 'ulid'],
  ['pure-without-packages', 'projections/d.ts', 'fastify'],
  ['pure-without-packages', 'src/domain/d.ts', 'ulid'],
  ['canonical-in-events', 'projections/e.ts', 'canonicalize'],
  ['no-cycles', 'src/ledger/one.ts', './two.ts'],
  ['resolvable', 'src/ledger/c.ts', './gone.ts'],
  ['declared-packages', 'src/ledger/d.ts', 'fast-check'],
];

/** Each is a file with one import that is fine. */
const allowed: readonly (readonly [from: string, target: string])[] = [
  ['events/ok.ts', 'zod'],
  ['events/fine.ts', 'canonicalize'],
  ['projections/ok.ts', '../events/clean.ts'],
  ['src/domain/ok.ts', '../../events/clean.ts'],
  ['src/ledger/ok.ts', '../domain/clean.ts'],
  ['src/ledger/fine.ts', '../../projections/clean.ts'],
  ['src/log/ok.ts', '../ledger/clean.ts'],
  ['src/http/ok.ts', 'fastify'],
  ['src/cli/ok.ts', 'node:fs'],
  ['src/main.ts', './http/clean.ts'],
];

describe('a forbidden import', () => {
  let folder = '';
  let found: ReturnType<typeof depcruise>['summary']['violations'] = [];

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'imports-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['package.json', 'tsconfig.json'])
      symlinkSync(join(root, name), join(folder, name));
    const parts = ['domain', 'ledger', 'log', 'projector', 'http', 'cli', 'proof', 'web'];
    for (const path of ['events', 'projections', 'test', ...parts.map((part) => `src/${part}`)])
      write(`${path}/clean.ts`, 'export const clean = true;\n');
    for (const [, from, target] of forbidden) write(from, `import '${target}';\n`);
    for (const [from, target] of allowed) write(from, `import '${target}';\n`);
    write(
      'projections/typed.ts',
      `import type { clean } from '../src/ledger/clean.ts';\nexport type Clean = typeof clean;\n`,
    );
    write('src/ledger/two.ts', `import './one.ts';\n`);
    write('src/ledger/lonely.ts', 'export const lonely = true;\n');
    found = depcruise(folder, ...folders).summary.violations;
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(forbidden)('%s: %s → %s', (rule, from) => {
    expect(found.filter((v) => v.from === from).map((v) => v.rule.name)).toContain(rule);
  });

  test.each(allowed)('is not %s → %s', (from) => {
    expect(found.filter((v) => v.from === from)).toEqual([]);
  });

  test('importing only a type is importing', () => {
    const rules = found.filter((v) => v.from === 'projections/typed.ts').map((v) => v.rule.name);
    expect(rules).toEqual(['projections-know-events']);
  });

  test('a module that nothing imports is found', () => {
    const orphans = found.filter((v) => v.rule.name === 'no-orphans').map((v) => v.from);
    expect(orphans).toContain('src/ledger/lonely.ts');
  });
});
