/** Parts that pages are made of. */
import type { Times } from './moment.ts';
import { type Href, type Html, html, type Part } from './html.ts';

export type Tone = 'neutral' | 'positive' | 'warning' | 'negative' | 'info';

export const badge = (text: string, tone: Tone = 'neutral'): Html =>
  html`<span class="nl-data-badge badge badge--${tone}">${text}</span>`;

export const link = (to: Href, text: Part): Html =>
  html`<a class="nl-link" href="${to}">${text}</a>`;

/** The link beside a figure: what it rests on. */
export const why = (to: Href, about: string): Html =>
  html`<a class="nl-link why" href="${to}"
    >waarom?<span class="visually-hidden"> ${about}</span></a
  >`;

export const heading = (level: 1 | 2 | 3, text: Part, id?: string): Html => {
  const anchor = id === undefined ? undefined : html`id="${id}"`;
  if (level === 1) return html`<h1 class="nl-heading nl-heading--level-1" ${anchor}>${text}</h1>`;
  if (level === 2) return html`<h2 class="nl-heading nl-heading--level-2" ${anchor}>${text}</h2>`;
  return html`<h3 class="nl-heading nl-heading--level-3" ${anchor}>${text}</h3>`;
};

export const paragraph = (...parts: readonly Part[]): Html =>
  html`<p class="nl-paragraph">${parts}</p>`;

/** What to say where there is nothing. */
export const nothing = (text: string): Html => html`<p class="nl-paragraph empty">${text}</p>`;

export const section = (title: string, ...content: readonly Part[]): Html =>
  html`<section class="section">${heading(2, title)}${content}</section>`;

// --- facts

/** Where it can be pressed: what only leads elsewhere has no use on paper. */
type OnScreen = 'on-screen';

/** Names with their values; what has no value is left out. */
export const facts = (
  rows: readonly (readonly [name: string, value: Part, where?: OnScreen])[],
): Html =>
  html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== undefined && value !== false && value !== '')
      .map(
        ([name, value, where]) =>
          html`<div class="facts__row ${where}">
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;

// --- cards

interface Card {
  readonly title: string;
  readonly figure: Part;
  readonly note?: Part;
  readonly more?: Part;
}

export const cards = (all: readonly Card[]): Html =>
  html`<ul class="cards">
    ${all.map(
      ({ title, figure, note, more }) =>
        html`<li class="card">
          <p class="card__title">${title}</p>
          <p class="card__figure">${figure}</p>
          <p class="card__note"><span>${note}</span> ${more}</p>
        </li>`,
    )}
  </ul>`;

// --- notices

export const notice = (tone: Tone, title: string, ...content: readonly Part[]): Html =>
  html`<div class="notice notice--${tone}">
    <p class="notice__title">${title}</p>
    <div>${content}</div>
  </div>`;

// --- tables

interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Part;
  /** Right-aligned, not wrapped. */
  readonly number?: boolean;
  /** Wide enough for a date, also one that is known only roughly. */
  readonly date?: boolean;
  /** A few words or a number, which stand on one line. */
  readonly short?: boolean;
  readonly where?: OnScreen;
}

interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Last row, one cell for each column. */
  readonly foot?: readonly Part[];
}

const kindOf = <Row>({ number, date, short, where }: Column<Row>): string =>
  [
    number === true ? 'number' : date === true ? 'date' : short === true ? 'text short' : 'text',
    ...(where === undefined ? [] : [where]),
  ].join(' ');

/** The first column, and each with something in it. */
const withSomething = <Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly Part[])[],
): readonly number[] =>
  columns.flatMap((_, i) => (i === 0 || cells.some((row) => isSomething(row[i])) ? [i] : []));

const isSomething = (part: Part): boolean => html`${part}`.text.trim() !== '';

/**
 * The first column heads its row; one that is empty in every row is left out. On a phone each row
 * becomes a card of its own.
 */
export const table = <Row>({ caption, columns: all, rows, foot }: Table<Row>): Html => {
  const cells = rows.map((row) => all.map(({ cell }) => cell(row)));
  const kept = withSomething(all, foot === undefined ? cells : [...cells, foot]);
  const columns = kept.map((i) => all[i]!);
  const only = (row: readonly Part[]): readonly Part[] => kept.map((i) => row[i]);
  return html`<table class="table" role="table">
    <caption class="table__caption">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          (column) =>
            html`<th scope="col" role="columnheader" class="${kindOf(column)}">${column.head}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${cells.map((row) => tableRow(columns, only(row)))}
    </tbody>
    ${
      foot !== undefined &&
      html`<tfoot role="rowgroup">
        ${tableRow(columns, only(foot))}
      </tfoot>`
    }
  </table>`;
};

const tableRow = <Row>(columns: readonly Column<Row>[], cells: readonly Part[]): Html =>
  html`<tr role="row">
    ${columns.map((column, i) => {
      const kind = kindOf(column);
      return i === 0
        ? html`<th scope="row" role="rowheader" class="${kind}">${cells[i]}</th>`
        : html`<td role="cell" class="${kind}">
            <span class="table__label" aria-hidden="true">${column.head}</span
            ><span>${cells[i]}</span>
          </td>`;
    })}
  </tr>`;

// --- lists

export const bullets = (items: readonly Part[]): Html =>
  html`<ul class="list">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;

/** Parts after each other, with something between them. */
export const joined = (parts: readonly Part[], between: string): Part =>
  parts.map((part, i) => (i === 0 ? part : [between, part]));

// --- forms that ask

export const option = (value: string, name: string, chosen: string | undefined): Html =>
  html`<option value="${value}" ${value === chosen && html`selected`}>${name}</option>`;

/** The two times of the page, kept by a form that asks for something else. */
export const keptTimes = (times: Times): readonly Html[] =>
  Object.entries(times).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value as string}" />`,
  );
