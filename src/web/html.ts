/**
 * HTML from templates. What is filled in is escaped; markup comes only from templates themselves.
 * A template that would let a value do more than be text is refused when it is first used.
 */
import { together } from './notation.ts';

/** Markup that templates made. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An address within this service. */
export class Href {
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
}

export type Part = Html | Href | string | number | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!);

const addresses = new Set(['href', 'src', 'action', 'formaction']);

/** What runs, or changes how a page looks: handlers, styles, scripts of no file, such addresses. */
const risky = [
  /(^|[\s"'/])(on[a-z]+|style|srcdoc)\s*=/i,
  /<style|javascript:/i,
  /<script(?![^>]*\ssrc=)/i,
];

/** Text that people read; text that is kept letter by letter; an address; a whole attribute. */
type Hole = 'text' | 'verbatim' | 'address' | 'attribute';

/** What is sent back, copied or named as it is. */
const verbatim = /<(textarea|pre|code|title)\b[^>]*>[^<]*$/i;

/** Where each value stands. @throws Error for a risky template */
const holesOf = (strings: readonly string[]): readonly Hole[] => {
  const whole = strings.join('');
  if (risky.some((pattern) => pattern.test(whole)))
    throw new Error(`a template may not hold scripts or styles: ${whole.slice(0, 80)}`);
  let before = '';
  return strings.slice(0, -1).map((part) => {
    before += part;
    const tag = before.slice(before.lastIndexOf('<'));
    const inTag = before.lastIndexOf('<') > before.lastIndexOf('>');
    if (!inTag) return verbatim.test(before) ? 'verbatim' : 'text';
    const attribute = /\s([a-z-]+)="[^"]*$/i.exec(tag);
    // Within a tag only an attribute as a whole, or a value between double quotes.
    if (attribute === null && !/\s$/.test(tag))
      throw new Error(`a value stands loose in a tag: ${tag.slice(-80)}`);
    // What was filled in cannot close the quotes, so it counts as text here.
    before += 'x';
    if (attribute === null) return 'attribute';
    return addresses.has(attribute[1]!.toLowerCase()) ? 'address' : 'verbatim';
  });
};

const known = new WeakMap<readonly string[], readonly Hole[]>();

const textOf = (part: Part, hole: Hole | undefined): string => {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (part instanceof Href) return escaped(part.address);
  if (typeof part === 'string') return escaped(hole === 'text' ? together(part) : part);
  return typeof part === 'number' ? String(part) : part.map((one) => textOf(one, hole)).join('');
};

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => {
  let holes = known.get(strings);
  if (holes === undefined) known.set(strings, (holes = holesOf(strings)));
  let text = strings[0]!;
  parts.forEach((part, i) => {
    if (holes[i] === 'address' && !(part instanceof Href))
      throw new Error('an address is made with href()');
    if (holes[i] === 'attribute' && typeof part !== 'boolean' && part !== undefined)
      if (!(part instanceof Html)) throw new Error('an attribute is made with html');
    text += textOf(part, holes[i]) + strings[i + 1]!;
  });
  return new Html(text);
};

/**
 * An address: a path of this service, with what is asked.
 * @throws Error for anything but a path
 */
export const href = (
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
  fragment?: string,
): Href => {
  if (!/^\/(?![/\\])/.test(path)) throw new Error(`not a path of this service: ${path}`);
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) asked.set(name, String(value));
  const text = asked.toString();
  return new Href(
    path + (text === '' ? '' : `?${text}`) + (fragment === undefined ? '' : `#${fragment}`),
  );
};

/** A place on the page itself. */
export const anchor = (id: string): Href => new Href(`#${id}`);
