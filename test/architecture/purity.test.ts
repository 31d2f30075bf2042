/** Events, questions and deciders give the same result on any machine, at any moment. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { root } from './depcruise.ts';

const folders = ['events', 'projections', 'src/domain'];

/** Globals that read a clock, chance, the machine or the world. */
const worldly = new Set([
  'Date',
  'Intl',
  'Function',
  'console',
  'crypto',
  'eval',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);
/** Members that do the same, or follow the language of the machine. */
const worldlyMembers = /^(Math\.random|Temporal\.Now|.*\.(localeCompare|toLocale\w*))$/;

const impurities = (text: string): readonly string[] => {
  const found: string[] = [];
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      if (worldlyMembers.test(node.getText())) found.push(node.getText());
      visit(node.expression);
      return;
    }
    const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isName && worldly.has(node.text)) found.push(node.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push('import()');
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
};

describe.each(folders)('%s', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts'),
  );

  test('has files to look at', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  test.each(files)('%s is pure', (name) => {
    expect(impurities(readFileSync(join(root, folder, name), 'utf8'))).toEqual([]);
  });
});

describe('what is not pure is seen', () => {
  test.each([
    ['const now = Date.now();', 'Date'],
    ['const now = new Date();', 'Date'],
    ['const chance = Math.random();', 'Math.random'],
    ['const { env } = process;', 'process'],
    ['const id = crypto.randomUUID();', 'crypto'],
    ['const today = Temporal.Now.plainDateISO();', 'Temporal.Now'],
    ['setTimeout(() => {}, 1);', 'setTimeout'],
    ['const later = [setTimeout];', 'setTimeout'],
    ["const fs = await import('node:fs');", 'import()'],
    ['const later = globalThis.setTimeout;', 'globalThis'],
    ['names.sort((a, b) => a.localeCompare(b));', 'a.localeCompare'],
    ["const f = { run: () => fetch('http://x') };", 'fetch'],
  ])('%s', (text, what) => {
    expect(impurities(text)).toContain(what);
  });

  test.each([
    ["const text = 'new Date() and Math.random()';"],
    ['// process.exit()\nconst one = Math.max(0, 1);'],
    ['const record = { Date: 1, process: 2 }; const step = record.process;'],
    ['interface Course { process: string }'],
    ["const day = Temporal.PlainDate.from('2021-07-01');"],
  ])('but not %s', (text) => {
    expect(impurities(text)).toEqual([]);
  });
});
