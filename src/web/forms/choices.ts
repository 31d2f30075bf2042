/** What the fields of a form may be chosen from: things that the ledger knows, by their names. */
import type { RoughDate } from '../../../events/values.ts';
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { isRecord } from '../fields.ts';
import { dateText, euros, monthText, roughText } from '../notation.ts';
import { readable } from '../shown.ts';
import { kindOfField, nameOf } from '../things.ts';
import { anyWord, word } from '../words.ts';
import type { Field } from './schema.ts';
import { type Choices, mostChoices } from './show.ts';

type Thing = Readonly<Record<string, unknown>>;
/** Where things are listed, and under which name their id stands there. */
type Listed = readonly [question: string, id: string];

/** Of things that have no page or name of their own. */
const others: Readonly<Record<string, readonly Listed[]>> = {
  packageId: [['package', 'packageId']],
  invoiceId: [['pluspakket-invoices', 'invoiceId']],
  reportId: [['wage-cost-subsidies', 'reportId']],
  turnoverId: [['turnover', 'turnoverId']],
  referralId: [['referrals', 'referralId']],
  placementId: [['placements', 'placementId']],
  // What is corrected is named by its event.
  corrects: [
    ['pluspakket-invoices', 'eventId'],
    ['wage-cost-subsidies', 'eventId'],
    ['payments', 'eventId'],
  ],
};

/** Of whom a field tells nothing but this: told apart by the end of their id. */
const nameless = new Set(['referralId', 'placementId']);

const listedFor = (field: string): readonly Listed[] => {
  const kind = kindOfField(field);
  return kind === undefined ? (others[field] ?? []) : [[kind.question, kind.id]];
};

/** What the fields of a command may be chosen from, at the moment of the page. */
export const choicesFor = async (asked: Asked, fields: readonly Field[]): Promise<Choices> => {
  const found = new Map<string, readonly (readonly [string, string])[]>();
  for (const field of new Set(fields.map(({ name }) => name.split('.').at(-1)!))) {
    const all: (readonly [string, string])[] = [];
    for (const [question, id] of listedFor(field))
      for (const item of await itemsIfSeen(asked, question))
        if (typeof item[id] === 'string')
          all.push([
            item[id],
            describe(asked, question, item, nameless.has(field) ? item[id] : ''),
          ]);
    if (all.length > 0) found.set(field, all);
  }
  if (fields.some(({ name }) => name === 'seatId')) found.set('seatId', await seats(asked));
  const members = await asked.items<{ municipality: string; name: string }>('members');
  const municipalities = members.map((m) => [m.name, m.name] as const);
  for (const { name, kind, item } of fields)
    if (kind === 'municipality' || item?.kind === 'municipality')
      found.set(name.split('.').at(-1)!, municipalities);
  return found;
};

/** What the one who asks may not list is typed. */
const itemsIfSeen = async (asked: Asked, question: string): Promise<readonly Thing[]> => {
  try {
    // The package is one thing, and its name none.
    if (question === 'package') return await asked.items<Thing>(question);
    return (await asked.some<Thing>(question, mostChoices + 1)).items;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'forbidden') throw error;
    return [];
  }
};

/** `factuur 2025-120, Boekel, 4 juli 2025, € 4.762`: what is there of these. */
const describe = (asked: Asked, question: string, item: Thing, id: string): string => {
  const { municipality, month, date, amountCents, totalCents } = item;
  const own = ownName(asked, item);
  const parts = [
    own === '' ? word('question', question) : own,
    typeof municipality === 'string' && asked.municipality(municipality),
    typeof month === 'string' && monthText(month),
    own === '' && isRecord(date) && roughText(date as unknown as RoughDate),
    typeof (amountCents ?? totalCents) === 'string' && euros((amountCents ?? totalCents) as string),
    id !== '' && `kenmerk …${id.slice(-6)}`,
  ];
  return parts.filter((part) => part !== false && part !== '').join(', ');
};

/** What a judgement is about, and what was found, tell them apart; they have no title. */
const ownName = (asked: Asked, item: Thing): string => {
  const { part, kind, description } = item;
  if (typeof part === 'string') return anyWord(part);
  if (typeof description !== 'string' || typeof kind !== 'string') return nameOf(item);
  return `${anyWord(kind)}: ${readable(asked, description)}`;
};

interface Body {
  readonly name: string;
  readonly representatives?: readonly {
    readonly seatId?: string;
    readonly municipality?: string;
    readonly organisation?: string;
    readonly since?: string;
  }[];
}

const seats = async (asked: Asked): Promise<readonly (readonly [string, string])[]> =>
  (await asked.items<Body>('bodies')).flatMap(({ name, representatives = [] }) =>
    representatives.flatMap(({ seatId, municipality, organisation, since }) =>
      seatId === undefined
        ? []
        : [
            [
              seatId,
              [
                name,
                municipality === undefined
                  ? organisation && anyWord(organisation)
                  : asked.municipality(municipality),
                since !== undefined && dateText(since),
              ]
                .filter(Boolean)
                .join(', '),
            ] as const,
          ],
    ),
  );
