/** A form as people fill it in: what is wrong stands above it and beside its field. */
import { labelOf } from '../../ledger/labels.ts';
import { anchor, html, type Html, type Part } from '../html.ts';
import { anyWord } from '../words.ts';
import type { Flaws } from './decode.ts';
import type { Field } from './schema.ts';

/** What a field may be chosen from, by its name. */
export type Choices = ReadonlyMap<string, readonly (readonly [value: string, name: string])[]>;

interface Filled {
  readonly value: (name: string) => string | undefined;
  readonly flaws: Flaws;
  readonly choices: Choices;
}

/** Of what every command is asked. */
const own: Readonly<Record<string, string>> = {
  'geldt-vanaf': 'geldt vanaf',
  wijze: 'hoe',
  bron: 'bron',
  plaats: 'plaats in de bron',
};

const labelFor = (name: string): string => {
  const last = name.split('.').at(-1)!;
  if (own[last] !== undefined) return own[last].charAt(0).toUpperCase() + own[last].slice(1);
  const label = labelOf(last);
  return label.charAt(0).toUpperCase() + label.slice(1);
};

const idOf = (name: string): string => `veld-${name.replace(/[^a-zA-Z]/g, '-')}`;

const hints: Readonly<Partial<Record<Field['kind'], string>>> = {
  date: 'dag-maand-jaar, bijvoorbeeld 1-7-2021',
  'rough-date': 'bijvoorbeeld 1-7-2021, uiterlijk 30-6-2021, of tussen 1-3-2021 en 30-6-2021',
  euros: 'in euro’s, bijvoorbeeld 1.234,56',
  decimal: 'met een komma, bijvoorbeeld 42,5',
  lines: 'één per regel',
  slug: 'in kleine letters met streepjes, bijvoorbeeld regio-noordoost-brabant',
  'new-municipality': 'de code van het CBS, bijvoorbeeld gm0796',
  'amounts-table':
    'Plak de tabel: eerste regel “gemeente; 2025; 2026”, daarna per gemeente een regel, en zo nodig “totaal”. Tabs mogen ook.',
};

/** Of what every command is asked, and of what is easily taken amiss. */
const ownHints: Readonly<Record<string, string>> = {
  until: 'de eerste dag die er niet meer bij hoort, bijvoorbeeld 1-1-2023',
  rule: 'het nummer, bijvoorbeeld R7',
  about: 'één per regel, soort en kenmerk, bijvoorbeeld municipality:gm0828',
  event: 'het kenmerk van de gebeurtenis; op haar eigen pagina vult “Neem dit terug” het in',
  bron: 'nodig als u vastlegt wat een bron zegt dat is gebeurd, bijvoorbeeld S1 of een raadsbesluit',
};

const hintOf = ({ name, kind, item, columns }: Field): string | undefined => {
  if (columns !== undefined)
    return `één per regel, met puntkomma’s: ${columns.map((c) => labelFor(c.name)).join('; ')}`;
  const ofEach = item?.kind === 'slug' ? hints.slug : undefined;
  const both = [hints[kind], ofEach].filter((one) => one !== undefined);
  return ownHints[name] ?? (both.length === 0 ? undefined : both.join(', '));
};

export const errorSummary = (flaws: Flaws): Part => {
  const all = Object.entries(flaws);
  return (
    all.length > 0 &&
    html`<div class="notice notice--negative" role="alert" tabindex="-1" id="fouten">
      <p class="notice__title">Dit klopt nog niet</p>
      <ul class="list">
        ${all.map(([name, text]) =>
          name === ''
            ? html`<li>${text}</li>`
            : html`<li>
                <a class="nl-link" href="${anchor(idOf(name))}">${labelFor(name)}: ${text}</a>
              </li>`,
        )}
      </ul>
    </div>`
  );
};

/** Of a field that may stay empty, when. */
const whenOf = ({ only }: Field): string =>
  only === undefined ? 'niet verplicht' : `alleen bij: ${only.map(anyWord).join(', ')}`;

/** A select with more than these is a long way down; then it is typed, with the last as a help. */
export const mostChoices = 200;

export const fieldShown = (field: Field, filled: Filled): Html => {
  const { name } = field;
  const required = field.required && field.mayBeEmpty !== true;
  const [id, wrong, hint] = [idOf(name), filled.flaws[name], hintOf(field)];
  const described = [hint && `${id}-uitleg`, wrong && `${id}-fout`].filter(Boolean).join(' ');
  const isEmpty = (filled.value(name) ?? '') === '';
  return html`<div
    class="field ${wrong !== undefined && 'field--wrong'} ${isEmpty && 'field--empty'}"
  >
    <label for="${id}"
      >${labelFor(name)}${
        !required && html` <span class="field__optional">(${whenOf(field)})</span>`
      }</label
    >
    ${hint !== undefined && html`<p class="field__hint" id="${id}-uitleg">${hint}</p>`}
    ${wrong !== undefined && html`<p class="field__error" id="${id}-fout">Fout: ${wrong}</p>`}
    ${control(field, filled, html`id="${id}" name="${name}" ${described !== '' && html`aria-describedby="${described}"`} ${wrong !== undefined && html`aria-invalid="true"`}`)}
  </div>`;
};

const optionsOf = (
  values: readonly (readonly [string, string])[],
  chosen: string | undefined,
): readonly Html[] => [
  html`<option value="">kies</option>`,
  ...values.map(
    ([value, name]) =>
      html`<option value="${value}" ${value === chosen && html`selected`}>${name}</option>`,
  ),
];

/** What may stand in the lines or rows of a field. */
const helpFor = (
  { kind, item, columns = [] }: Field,
  known: ReturnType<Choices['get']> = [],
): readonly Html[] => {
  if (kind === 'rows')
    return columns.flatMap(({ name, options }) =>
      options === undefined
        ? []
        : [html`<li>${labelFor(name)}: ${options.map(anyWord).join(', ')}</li>`],
    );
  if (kind !== 'lines') return [];
  return [
    ...(item?.options ?? []).map((one) => html`<li>${anyWord(one)}</li>`),
    ...known
      .slice(0, mostChoices)
      .map(([one, text]) =>
        one === text ? html`<li>${text}</li>` : html`<li><code>${one}</code> ${text}</li>`,
      ),
  ];
};

const control = (field: Field, { value, choices }: Filled, attributes: Html): Html => {
  const { kind, name, options = [] } = field;
  const filled = value(name);
  const known = choices.get(name.split('.').at(-1)!);
  const isOne = kind === 'text' || kind === 'municipality';
  if (kind === 'choice')
    return html`<select ${attributes}>
      ${optionsOf(
        options.map((one) => [one, anyWord(one)]),
        filled,
      )}
    </select>`;
  if (kind === 'yes-no')
    return html`<select ${attributes}>
      ${optionsOf(
        [
          ['ja', 'ja'],
          ['nee', 'nee'],
        ],
        filled,
      )}
    </select>`;
  if (known !== undefined && known.length > mostChoices && isOne)
    return html`<input
        class="utrecht-textbox"
        ${attributes}
        list="${`${idOf(name)}-lijst`}"
        autocomplete="off"
        value="${filled ?? ''}"
      />
      <datalist id="${`${idOf(name)}-lijst`}">
        ${known.slice(0, mostChoices).map(([one, text]) => html`<option value="${one}">${text}</option>`)}
      </datalist>`;
  if (known !== undefined && isOne)
    return html`<select ${attributes}>
      ${optionsOf(known, filled)}
    </select>`;
  const help = helpFor(field, known);
  if (help.length > 0)
    return html`<textarea ${attributes} rows="4">${filled}</textarea>
      <details>
        <summary>Wat u kunt invullen</summary>
        <ul class="list">
          ${help}
        </ul>
      </details>`;
  if (['lines', 'rows', 'amounts-table', 'long-text'].includes(kind))
    return html`<textarea ${attributes} rows="${kind === 'long-text' ? 3 : 8}">
${filled}</textarea>`;
  return html`<input
    class="utrecht-textbox"
    ${attributes}
    autocomplete="off"
    value="${filled ?? ''}"
  />`;
};
