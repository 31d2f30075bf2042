/** What pages say in words, and what they leave out because it says nothing. */
import { describe, expect, it } from 'vitest';
import { recordable } from '../../src/web/forms/asking.ts';
import { titleOf } from '../../src/web/forms/trying.ts';
import { href, html } from '../../src/web/html.ts';
import { table } from '../../src/web/parts.ts';
import { evidenceText, readable } from '../../src/web/shown.ts';

const asked = { municipality: (code: string) => (code === 'gm0828' ? 'Oss' : code), link: href };
const text = (evidence: Parameters<typeof evidenceText>[0]): string =>
  html`${evidenceText(evidence)}`.text;

describe('a text of the ledger reads as people write', () => {
  it.each([
    [
      'Zetel voor gm0828: regional-transition-manager',
      'Zetel voor Oss: regionaal transitiemanager',
    ],
    ['Bedrag genoemd: wsw-grant 2020', 'Bedrag genoemd: Wsw-subsidie 2020'],
    ['Over 2026-06 is niets gemeld', 'Over juni 2026 is niets gemeld'],
    ['Voorstel 2026-06: over 2025-2026', 'Voorstel 2026-06: over 2025-2026'],
    ['Een sociaal-economische afspraak', 'Een sociaal-economische afspraak'],
  ])('%s', (from, to) => {
    expect(readable(asked, from)).toBe(to);
  });
});

describe('a place in a source is named once', () => {
  const at = (basis: 'stated' | 'inferred') => ({ source: 'S3', place: 'hoofdstuk 8', basis });
  const place = 'Eindrapport van de opdracht, 27 januari 2021 (S3), hoofdstuk 8';

  it.each([
    [['stated'], place],
    [['inferred', 'inferred'], `${place} (afgeleid)`],
    [['stated', 'inferred'], `${place} (deels afgeleid)`],
  ] as const)('%s', (bases, said) => {
    expect(text(bases.map(at))).toBe(said);
  });
});

describe('a table', () => {
  const rows = [
    { a: 'een', b: '' },
    { a: 'twee', b: '' },
  ];
  const columns = [
    { head: 'Eerste', cell: () => '' },
    { head: 'Tweede', cell: ({ a }: { a: string }) => a },
    { head: 'Derde', cell: ({ b }: { b: string }) => [b, ' '] },
  ];
  const heads = (shown: string) =>
    [...shown.matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map(([, head]) => head!.trim());

  it('leaves out a column with nothing in any row, but not the one that heads the rows', () => {
    expect(heads(table({ caption: 'x', columns, rows }).text)).toEqual(['Eerste', 'Tweede']);
  });

  it('keeps one that has something at its foot', () => {
    const shown = table({ caption: 'x', columns, rows, foot: ['', '', '€ 1'] }).text;
    expect(heads(shown)).toEqual(['Eerste', 'Tweede', 'Derde']);
    expect(shown).toContain('€ 1');
  });
});

it.each(recordable.map((command) => [titleOf(command), command.summary]))(
  'a form asks in the imperative: %s',
  (title, summary) => {
    const [verb] = title.split(' ');
    expect(['Laat', 'Sluit'].includes(verb!) || !verb!.endsWith('t'), summary).toBe(true);
    expect(title.slice(verb!.length)).toBe(summary.slice(summary.indexOf(' ')));
  },
);
