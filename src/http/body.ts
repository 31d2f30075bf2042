/**
 * Reading a JSON body strictly: what one reader might take one way and another reader another
 * way is refused, so that what is recorded is what was meant.
 */
import { invalidInput } from './problems.ts';

/** Most levels of arrays and objects within each other. */
const maxDepth = 32;

const wrong = (detail: string, pointer = '') => invalidInput([{ pointer, detail }]);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @throws ProblemError `invalid` for anything but one JSON text in UTF-8 without duplicate or
 *   dangerous keys, lone surrogates, unsafe numbers or needless depth
 */
export const readJson = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) throw wrong('de inhoud is leeg; verwacht een JSON-object');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw wrong('de inhoud is geen geldige UTF-8');
  }
  scan(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong('de inhoud is geen geldige JSON');
  }
};

/** One token; what the grammar makes of them is left to JSON.parse. */
const token =
  /[ \t\r\n]+|[{}[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const scan = (text: string): void => {
  /** Keys so far of each open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let last: string | undefined;
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const found = token.exec(text)?.[0];
    if (found === undefined) throw wrong('de inhoud is geen geldige JSON');
    const first = found[0];
    if (first === '{' || first === '[') {
      open.push(first === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw wrong(`dieper dan ${maxDepth} niveaus`);
    } else if (first === '}' || first === ']') open.pop();
    else if (first === ':') checkKey(last, open.at(-1));
    else if (first === '"') last = readString(found);
    else if (first !== undefined && '-0123456789'.includes(first)) checkNumber(found);
  }
};

const readString = (source: string): string => {
  let value: string;
  try {
    value = JSON.parse(source) as string;
  } catch {
    throw wrong('de inhoud is geen geldige JSON');
  }
  if (!value.isWellFormed()) throw wrong('tekst met een los surrogaatteken');
  return value;
};

const checkKey = (key: string | undefined, keys: Set<string> | undefined): void => {
  if (key === undefined || keys === undefined) return;
  if (key === '__proto__') throw wrong('dit veld is niet toegestaan', '/__proto__');
  if (keys.has(key)) throw wrong('dit veld staat er twee keer', `/${key.slice(0, 80)}`);
  keys.add(key);
};

const checkNumber = (source: string): void => {
  const value = Number(source);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw wrong(`het getal ${source.slice(0, 40)} is te groot; stuur het als tekst`);
};
