/** What a preview tells: which answers would change, and by what. */
import type { LedgerFor } from '../ledger/ledger.ts';
import type { Asked } from './asked.ts';
import { changeShown, saysSomething } from './changes.ts';
import { findingInWords, isRecord } from './fields.ts';
import { html, type Html, type Part } from './html.ts';
import { countText, euros, eurosChange, roughText } from './notation.ts';
import { badge, bullets, heading, nothing, paragraph, table } from './parts.ts';
import { readable } from './shown.ts';
import { word } from './words.ts';

type Preview = Awaited<ReturnType<LedgerFor['preview']>>;
type Change = Preview['items'][number];

/** Changes that stand open for each question; the next are folded in, and the rest left out. */
const shownOpen = 4;
const shownFolded = 40;

export const effectShown = (asked: Asked, { items, also, events }: Preview): Html =>
  html`<section class="section" aria-live="polite">
    ${heading(2, 'Wat zou er veranderen?', 'gevolg')}
    ${paragraph(
      `Er is niets vastgelegd. Zou dit worden vastgelegd, dan ${events.length === 1 ? 'kwam er één gebeurtenis' : `kwamen er ${countText(events.length)} gebeurtenissen`} bij:`,
    )}
    ${bullets(counted(events.map((e) => `${readable(asked, e.summary).replace(/\.$/, '')} (${roughText(e.validFrom)})`)))}
    ${
      items.length + also.length === 0
        ? nothing('Geen enkel antwoord zou veranderen.')
        : [...grouped([...items, ...also])].map(([question, changes]) =>
            ofQuestion(asked, question, changes),
          )
    }
  </section>`;

/** Each text once, with how often where that is more. */
const counted = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].map((text) => {
    const times = texts.filter((other) => other === text).length;
    return times === 1 ? text : `${times} × ${text}`;
  });

const grouped = (changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> => {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    const list = found.get(change.question);
    if (list === undefined) found.set(change.question, [change]);
    else list.push(change);
  }
  return found;
};

const ofQuestion = (asked: Asked, question: string, changes: readonly Change[]): Part => {
  const title = heading(
    3,
    `${word('question', question)}: ${changes.length === 1 ? 'één verandering' : `${countText(changes.length)} veranderingen`}`,
  );
  if (question === 'findings') return ofFindings(asked, changes);
  if (question === 'balances') return html`${title} ${balances(asked, changes)}`;
  const told = changes.filter((change) => saysSomething(asked, change));
  const untold = changes.length - told.length;
  const rest = told.slice(shownOpen, shownOpen + shownFolded);
  const left = told.length - shownOpen - rest.length;
  return html`${title} ${told.slice(0, shownOpen).map((change) => changeShown(asked, change))}
  ${
    rest.length > 0 &&
    html`<details>
      <summary>Nog ${rest.length}</summary>
      ${rest.map((change) => changeShown(asked, change))}
      ${left > 0 && paragraph(`En nog ${countText(left)}, die hier niet worden getoond.`)}
    </details>`
  }
  ${untold > 0 && paragraph(`Bij ${countText(untold)} ervan verandert alleen waarop het rust, of wat eronder ligt.`)}`;
};

interface Balance {
  readonly municipality: string;
  readonly year: number;
  readonly owedCents: string;
}

/** What each municipality would owe, all on one sheet. */
const balances = (asked: Asked, changes: readonly Change[]): Html =>
  table({
    caption: 'Schuldig aan IBN',
    rows: changes
      .map(({ before, after }) => {
        const [was, is] = [before, after] as (Balance | null | undefined)[];
        const { municipality, year } = (is ?? was)!;
        const name = `${asked.municipality(municipality)} ${year}`;
        return { name, was: was?.owedCents ?? '0', is: is?.owedCents ?? '0' };
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'nl')),
    columns: [
      { head: 'Gemeente en jaar', cell: ({ name }) => name },
      { head: 'Nu', number: true, cell: ({ was }) => euros(was) },
      { head: 'Wordt', number: true, cell: ({ is }) => euros(is) },
      { head: 'Verschil', number: true, cell: ({ was, is }) => eurosChange(was, is) },
    ],
  });

const ofFindings = (asked: Asked, changes: readonly Change[]): Part => {
  const { stayed, others } = stayedIn(changes);
  const lines = [
    ...stayed.map((c) => findingChange(asked, c, 'blijft')),
    ...others.map((c) => findingChange(asked, c, word('change', c.change))),
  ];
  const left = lines.length - shownFolded;
  return html`${heading(3, `${word('question', 'findings')}: ${lines.length === 1 ? 'één' : countText(lines.length)}`)}
  ${
    stayed.length > 0 &&
    paragraph(
      'Wat blijft, was al gevonden: het wordt afgesloten waar het stond, en opnieuw gevonden in wat hiermee zou gelden.',
    )
  }
  ${bullets(lines.slice(0, shownFolded))}
  ${left > 0 && paragraph(`En nog ${countText(left)}, die hier niet worden getoond.`)}`;
};

/**
 * Of findings, those that go and come in the same words: what was found in a proposal, and is found
 * again in its determination.
 */
export const stayedIn = (
  changes: readonly Change[],
): { readonly stayed: readonly Change[]; readonly others: readonly Change[] } => {
  const gone = new Map<string, Change>();
  for (const change of changes)
    if (change.change === 'removed') gone.set(sayingOf(change.before), change);
  const stayed = changes.filter((c) => c.change === 'added' && gone.has(sayingOf(c.after)));
  const left = new Set(stayed.map((c) => gone.get(sayingOf(c.after))));
  return { stayed, others: changes.filter((c) => !stayed.includes(c) && !left.has(c)) };
};

/** What a finding says, and of what; not when or in which event it was found. */
const sayingOf = (item: unknown): string => {
  const { kind, about, description, figures } = isRecord(item) ? item : {};
  return JSON.stringify([kind, about, description, figures]);
};

/** A finding says itself what it is about: one line is enough. */
const findingChange = (asked: Asked, { before, after }: Change, what: string): Part => {
  const item = after ?? before;
  return html`${badge(what, 'info')} ${isRecord(item) && findingInWords(asked, item)}`;
};
