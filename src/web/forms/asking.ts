/** A form for one command: its fields, what they may be chosen from, and what was filled in. */
import { commands, type Command } from '../../ledger/ledger.ts';
import type { Asked } from '../asked.ts';
import { word } from '../words.ts';
import { type Codes, decode, type Flaws, type roughDateIn } from './decode.ts';
import { type Field, fieldsOf } from './schema.ts';

/**
 * Commands that have a form. To forget a person has none: that cannot be undone, so it is left to
 * who is responsible for it, at the terminal or through the API.
 */
export const recordable = commands.filter(({ name }) => name !== 'erase-person');
/** What may be tried by whoever comes along: nothing is typed about a person only to try it. */
export const tryable = recordable.filter(({ personal }) => personal !== true);

export const commandOf = (
  among: readonly Command<never>[],
  name: string,
): Command<never> | undefined => among.find((command) => command.name === name);

/** When it holds, and where it was found: asked of every command. */
const circumstances: readonly Field[] = [
  { name: 'geldt-vanaf', kind: 'rough-date', required: true },
  { name: 'wijze', kind: 'choice', required: true, options: ['take', 'register'] },
  { name: 'bron', kind: 'text', required: false },
  { name: 'plaats', kind: 'text', required: false },
];

/** Beside a person there is no text of one's own, so no place in a source either. */
const besidePerson = circumstances.filter(({ name }) => name !== 'plaats');

/** All that a form asks. */
export const askedBy = (command: Command<never>): readonly Field[] => [
  ...fieldsOf(command),
  ...(command.personal === true ? besidePerson : circumstances),
];

/** Codes by name and by code. */
export const codesOf = async (asked: Asked): Promise<Codes> => {
  const members = await asked.items<{ municipality: string; name: string }>('members');
  return new Map(
    members.flatMap(({ municipality, name }) => [
      [municipality, municipality] as const,
      [name.toLowerCase(), municipality] as const,
    ]),
  );
};

/** A command as it was filled in, or what is wrong with it. */
export const commandIn = (
  command: Command<never>,
  posted: (name: string) => string | undefined,
  codes: Codes,
) => {
  const { body: typed, flaws } = decode(askedBy(command), posted, codes);
  const { 'geldt-vanaf': validFrom, wijze: mode, bron: source, plaats: place, ...body } = typed;
  const isWithoutSource = mode === 'register' && source === undefined;
  const evidence =
    source === undefined
      ? undefined
      : [{ source, ...(place === undefined ? {} : { place }), basis: 'stated' as const }];
  return {
    request: {
      ...{ command: command.name, body, mode, evidence },
      validFrom: validFrom as ReturnType<typeof roughDateIn> | undefined,
    },
    flaws: { ...flaws, ...(isWithoutSource ? { bron: 'noem de bron die dit zegt' } : {}) },
  };
};

/** Flaws that the ledger found, at the fields they are about. */
export const flawsAt = (
  errors: readonly { readonly pointer: string; readonly detail: string }[],
): Flaws => {
  const beside: Readonly<Record<string, string>> = {
    validFrom: 'geldt-vanaf',
    mode: 'wijze',
    evidence: 'bron',
  };
  return Object.fromEntries(
    errors.map(({ pointer, detail }) => {
      const path = pointer.replace(/^\/commands\/\d+/, '').replace(/^\/body/, '');
      const [, first = '', ...rest] = path.split('/');
      const nested = rest.length > 0 && !/^\d/.test(rest[0]!) ? `${first}.${rest[0]}` : first;
      return [beside[first] ?? nested, detail];
    }),
  );
};

export const groupOf = ({ path }: Command<never>): string => word('question', path.split('/')[0]!);
