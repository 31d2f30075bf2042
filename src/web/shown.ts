/** How things of the ledger are shown on more than one page. */
import type { Evidence } from '../../events/entry.ts';
import type { RoughDate } from '../../events/values.ts';
import type { z } from 'zod';
import type { Asked } from './asked.ts';
import type { Html, Part } from './html.ts';
import { dateText, monthText, roughText } from './notation.ts';
import { badge, joined, link, table, why } from './parts.ts';
import { anyWord, source, word } from './words.ts';

/** Sources of a fact. */
export type Sources = readonly z.infer<typeof Evidence>[];

/** An event as lists show it. */
export interface EventSummary {
  readonly sequence: number;
  readonly eventId: string;
  readonly validFrom: RoughDate;
  readonly summary: string;
  readonly evidence: Sources;
}

/** What a fact carries about its date, where that is known only roughly. */
export interface Certainty {
  readonly certainty?: 'certain' | 'uncertain';
}

export const uncertain = ({ certainty }: Certainty): Part =>
  certainty === 'uncertain' && badge('niet zeker op deze datum', 'warning');

/** `Besluiten bestuurlijk overleg … (S0), besluit 3`; says so where (part of) it was inferred. */
export const evidenceText = (evidence: Sources | undefined): Part => {
  const found = new Map<string, string[]>();
  for (const { source: name, place, basis } of evidence ?? []) {
    const where = `${source(name)}${place === undefined ? '' : `, ${place}`}`;
    found.set(where, [...(found.get(where) ?? []), basis]);
  }
  return found.size === 0
    ? undefined
    : joined(
        [...found].map(([where, bases]) => `${where}${basisText(bases)}`),
        '; ',
      );
};

/** One place may state one thing and let another be inferred. */
const basisText = (bases: readonly string[]): string => {
  const others = [...new Set(bases)].filter((basis) => basis !== 'stated');
  const partly = bases.includes('stated') ? 'deels ' : '';
  return others.length === 0
    ? ''
    : ` (${partly}${others.map((basis) => word('basis', basis)).join(', ')})`;
};

/** Links to decisions, by number. */
export const decisionLinks = (
  { decision, link: to }: Asked,
  ids: readonly string[] | undefined,
): Part =>
  (ids ?? []).length === 0
    ? undefined
    : joined(
        (ids ?? []).map((id) => {
          const found = decision(id);
          if (found === undefined) return 'een besluit van later';
          const name = found.number === undefined ? found.title : `besluit ${found.number}`;
          return link(to(`/besluiten/${id}`), name);
        }),
        ', ',
      );

const bodies = /\b(bestuurlijk-overleg|project-group|(?<!ambtelijke )stuurgroep)\b/g;
/** Names of the ledger's own, as `beschut-main-contractor`; Dutch words with a hyphen are none. */
const codes = /(?<![\w-])[a-z]+(-[a-z]+)+(?![\w-])/g;

/** `€ 4.603.698,00`: elsewhere on the pages cents stand only where there are any. */
const wholeEuros = /(€\s?\d[\d.]*),00(?!\d)/g;

/** Names of types of events, which are for systems. */
const reversedBasis = /^[A-Z]\w+ rust op [A-Z]\w+, dat is teruggenomen\.$/;

const byName = (names: readonly string[]): string =>
  [...names].sort((a, b) => a.localeCompare(b, 'nl')).join(', ');

/** A text that the ledger made, with names for codes and dates as people write them. */
export const readable = ({ municipality }: Pick<Asked, 'municipality'>, text: string): string =>
  text
    .replace(/\bgm\d{4}(?:, gm\d{4})*\b/g, (codes) => byName(codes.split(', ').map(municipality)))
    .replace(/\b[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g, dateText)
    .replace(
      /\b([Oo]ver) (\d{4}-(?:0[1-9]|1[0-2]))(?![\w-])/g,
      (_, over: string, month: string) => `${over} ${monthText(month)}`,
    )
    .replace(wholeEuros, '$1')
    .replace(reversedBasis, 'Een gebeurtenis rust op een andere, die is teruggenomen.')
    .replace(bodies, (name) => word('body', name))
    .replace(codes, anyWord);

/** An event by its number and what it says. */
export const eventLink = (
  asked: Pick<Asked, 'link' | 'municipality'>,
  { eventId, sequence, summary }: Pick<EventSummary, 'eventId' | 'sequence' | 'summary'>,
): Html =>
  link(
    asked.link(`/gebeurtenissen/${eventId}`),
    `${sequence}. ${readable(asked, summary).replace(/\.$/, '')}`,
  );

/** Events with when they hold and where they were found. */
export const eventTable = (asked: Asked, caption: string, rows: readonly EventSummary[]): Html =>
  table({
    caption,
    rows,
    columns: [
      { head: 'Gebeurtenis', cell: (e) => eventLink(asked, e) },
      { head: 'Geldt vanaf', date: true, cell: (e) => roughText(e.validFrom) },
      { head: 'Bron', cell: (e) => evidenceText(e.evidence) ?? 'hier vastgelegd' },
    ],
  });

/** The link to what an answer rests on. */
export const whyOf = ({ link: to }: Asked, question: string, thing: string, about: string): Html =>
  why(to(`/waarom/${question}/${encodeURIComponent(thing)}`), about);

/** Who takes a seat without being a municipality. */
const organisations: Readonly<Record<string, string>> = {
  ibn: 'IBN',
  'regio-noordoost-brabant': 'regio Noordoost-Brabant',
};

/** Names of municipalities, in the order of their names. */
export const municipalityNames = ({ municipality }: Asked, codes: readonly string[]): string =>
  byName(codes.map((code) => organisations[code] ?? municipality(code)));

/** The link to the event in which a source was found to say it. */
export const whyEvent = ({ link: to }: Asked, eventId: string, about: string): Html =>
  why(to(`/gebeurtenissen/${eventId}`), about);
