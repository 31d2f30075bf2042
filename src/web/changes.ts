/** One difference between two answers: fields that differ, before and after. */
import type { Asked } from './asked.ts';
import { differing } from './differing.ts';
import { fieldsOf, isRecord } from './fields.ts';
import { html, type Html, type Part } from './html.ts';
import { yearsText } from './notation.ts';
import { badge, paragraph } from './parts.ts';
import { readable } from './shown.ts';
import { word } from './words.ts';

interface Change {
  readonly question: string;
  readonly thing: string;
  readonly change: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** How people call it. */
const titleOf = (item: unknown, thing: string): string => {
  if (!isRecord(item)) return thing;
  const found = item['title'] ?? item['name'] ?? item['description'] ?? item['rule'];
  if (typeof found === 'string') return found;
  const { municipality, year, period } = item;
  if (typeof municipality === 'string' && typeof year === 'number')
    return `${municipality} ${year}`;
  return isRecord(period) &&
    typeof period['from'] === 'string' &&
    typeof period['until'] === 'string'
    ? yearsText({ from: period['from'], until: period['until'] })
    : thing;
};

/** Of a finding that came or went: its words stand above it, and its kind says them again. */
const withoutTitle = (item: unknown): unknown => {
  if (!isRecord(item) || item['severity'] === undefined) return item;
  const { description: _, kind: __, ...rest } = item;
  return rest;
};

/** What differs, as people read it; undefined where only sources or ids do. */
const shownOf = (asked: Asked, { before, after }: Change): readonly [Part, Part] | undefined => {
  const [was, is] = differing(before, after);
  const [wasShown, isShown] = [
    fieldsOf(asked, withoutTitle(was)),
    fieldsOf(asked, withoutTitle(is)),
  ];
  return html`${wasShown}`.text === html`${isShown}`.text ? undefined : [wasShown, isShown];
};

/** Whether there is anything to read in a change. */
export const saysSomething = (asked: Asked, change: Change): boolean =>
  change.change !== 'changed' || shownOf(asked, change) !== undefined;

export const changeShown = (asked: Asked, given: Change): Html => {
  const { question, thing, change, before, after } = given;
  const [wasShown, isShown] = shownOf(asked, given) ?? [];
  const title = readable(asked, titleOf(after ?? before, thing));
  return html`<div class="change">
    <h3>${word('question', question)}: ${title} ${badge(word('change', change), 'info')}</h3>
    ${
      isPart(wasShown) &&
      html`<del
        ><p class="change__sign">− Was</p>
        ${wasShown}</del
      >`
    }
    ${
      isPart(isShown) &&
      html`<ins
        ><p class="change__sign">+ ${change === 'added' ? 'Erbij' : 'Wordt'}</p>
        ${isShown}</ins
      >`
    }
    ${!isPart(wasShown) && !isPart(isShown) && paragraph('Alleen de bron of de herkomst veranderde.')}
  </div>`;
};

const isPart = (part: Part): boolean => part !== undefined && part !== false;
