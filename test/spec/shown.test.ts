/** What pages say in words, and what they leave out because it says nothing. */
import { describe, expect, it } from 'vitest';
import { askedBy, recordable } from '../../src/web/forms/asking.ts';
import { fieldShown } from '../../src/web/forms/show.ts';
import { titleOf } from '../../src/web/forms/trying.ts';
import { href, html } from '../../src/web/html.ts';
import { together } from '../../src/web/notation.ts';
import { framed } from '../../src/web/page.ts';
import { table } from '../../src/web/parts.ts';
import { evidenceText, readable } from '../../src/web/shown.ts';

const asked = { municipality: (code: string) => (code === 'gm0828' ? 'Oss' : code), link: href };
const text = (evidence: Parameters<typeof evidenceText>[0]): string =>
  html`${evidenceText(evidence)}`.text.replaceAll('\u00a0', ' ');

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
    [
      'De rijen tellen op tot € 4.603.698,00, niet € 1,50',
      'De rijen tellen op tot € 4.603.698, niet € 1,50',
    ],
    [
      'PaymentMade rust op PluspakketInvoiced, dat is teruggenomen.',
      'Een gebeurtenis rust op een andere, die is teruggenomen.',
    ],
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
    expect(shown).toContain('€\u00a01');
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

describe('at the end of a line', () => {
  it.each([
    ['Som € 4.603.698; − € 1, + € 12', 'Som €~4.603.698; −~€~1, +~€~12'],
    ['tussen 7 oktober 2020 en mei 2021', 'tussen 7~oktober~2020 en mei~2021'],
    ['3 % van 625.000 euro, 2025 – 2026', '3~% van 625.000~euro, 2025~– 2026'],
    ['Regel R8, besluit 12, na 4 dagen', 'Regel~R8, besluit~12, na 4 dagen'],
  ])('what belongs together does not part: %s', (said, kept) => {
    expect(together(said).replaceAll('\u00a0', '~')).toBe(kept);
    expect(html`<p>${said}</p>`.text).toBe(`<p>${together(said)}</p>`);
  });

  it('is nothing to what is sent back, named or copied letter by letter', () => {
    const said = '1 juli 2021';
    for (const { text } of [
      html`<input value="${said}" />`,
      html`<textarea>${said}</textarea>`,
      html`<title>${said} – x</title>`,
      html`<code>a ${said}</code>`,
    ])
      expect(text).toContain(said);
  });
});

describe('a form says what may stay empty', () => {
  const field = (command: string, name: string) =>
    askedBy(recordable.find((one) => one.name === command)!).find((one) => one.name === name)!;
  const shown = (command: string, name: string) =>
    fieldShown(field(command, name), { value: () => '', flaws: {}, choices: new Map() }).text;

  it.each([
    ['make-payment', 'amountCents', false],
    ['make-payment', 'geldt-vanaf', false],
    ['make-payment', 'note', 'niet verplicht'],
    ['propose-decision', 'organs', 'niet verplicht'],
    ['determine-package', 'tasks', false],
    ['record-placement-step', 'step.to', 'alleen bij: uitgestroomd'],
  ] as const)('%s: %s', (command, name, said) => {
    const found = /field__optional">\(([^)]*)\)/.exec(shown(command, name))?.[1] ?? false;
    expect(found).toBe(said);
  });

  it('and offers what the ledger knows, also where that is much', () => {
    const many = Array.from({ length: 300 }, (_, i) => [`id${i}`, `Besluit ${i}`] as const);
    const at = (known: typeof many) =>
      fieldShown(field('decide-decision', 'decisionId'), {
        ...{ value: () => 'id1', flaws: {} },
        choices: new Map([['decisionId', known]]),
      }).text;
    expect(at(many.slice(0, 3))).toMatch(/<select[^>]*>[\s\S]*value="id1" selected/);
    expect(at(many)).toMatch(/<input[^>]*list="veld-decisionId-lijst"/);
    expect(at(many).match(/<option/g)).toHaveLength(200);
  });
});

describe('a ledger that is made up', () => {
  const asOf = { validAt: '2026-01-01', knownAt: 1, ledgerId: 'x', dataset: 'example', model: 3 };
  const page = (madeUp: boolean): string =>
    framed(
      { title: 'x', body: '' },
      {
        ...{
          path: '/',
          times: {},
          link: href,
          query: {},
          head: 1,
          isSignedIn: false,
          origin: 'https://grootboek.example.nl',
        },
        asOf: { ...asOf, madeUp },
      },
    ).text;

  it('says so on every page, and no other does', () => {
    expect(page(true)).toContain('verzonnen');
    expect(page(false)).not.toContain('verzonnen');
  });
});
