/** R10: pluspakket, on the model agreement, at cost plus a surcharge, within IBN's purpose. */
import { fraction, nearest } from '../../../events/decimals.ts';
import type { EntryFor } from '../../../events/index.ts';
import { cents, centsText } from '../../../events/values.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r10 = ruleOf('R10');

type Contract = EntryFor<'PlusContractConcluded'>['data'];
type Terms = Omit<EntryFor<'PlusContractAmended'>['data'], 'contractId' | 'reason'>;

const modelTerms = {
  nature: 'aard',
  size: 'omvang',
  runsUntil: 'duur',
  interimTermination: 'tussentijdse opzegging',
  reporting: 'rapportage',
  accountability: 'verantwoording',
} as const satisfies Partial<Record<keyof Terms, string>>;

/** All that a new contract must have. */
export const contractBreaches = (books: Books, body: Contract, date: string): Breach[] => [
  ...(body.municipalities.length + body.organisations.length === 0
    ? [r10.breach('client-unknown', 'Er is niet vastgelegd wie dit contract afneemt.')]
    : []),
  ...Object.entries(modelTerms)
    .filter(([term]) => body[term as keyof typeof modelTerms] === undefined)
    .map(([, name]) =>
      r10.breach('contract-term-missing', `In het contract is niet vastgelegd: ${name}.`),
    ),
  ...priceBreaches(books, body, date),
  ...purposeBreaches(body),
];

/** What is amended is held against the rule of that date again; the rest was, when concluded. */
export const amendmentBreaches = (
  books: Books,
  changed: Terms,
  terms: Terms,
  date: string,
): Breach[] => [
  ...(changed.costCents === undefined && changed.priceCents === undefined
    ? []
    : priceBreaches(books, terms, date)),
  ...(changed.fitsPurpose === undefined ? [] : purposeBreaches(terms)),
];

/** Cost price plus the surcharge of that date, in cents, halves up. */
const priceBreaches = (books: Books, { costCents, priceCents }: Terms, date: string): Breach[] => {
  if (costCents === undefined || priceCents === undefined)
    return [r10.breach('price-unknown', 'Kostprijs of prijs is niet vastgelegd.')];
  const percent = r10.figure(books, 'surcharge-percent', date);
  if (percent === undefined) return [];
  const { over, under } = fraction(percent);
  const expected = nearest(cents(costCents) * (100n * under + over), 100n * under);
  const difference = cents(priceCents) - expected;
  if (difference === 0n) return [];
  return [
    r10.breach('price-off-rule', `De prijs is niet de kostprijs met ${percent} % opslag.`, {
      figures: [
        { name: 'cost-cents', value: costCents },
        { name: 'price-cents', value: priceCents },
        { name: 'surcharge-percent', value: percent },
        { name: 'expected-cents', value: centsText(expected) },
        { name: 'difference-cents', value: centsText(difference) },
      ],
    }),
  ];
};

const purposeBreaches = ({ fitsPurpose }: Terms): Breach[] => {
  if (fitsPurpose === undefined)
    return [
      r10.breach('purpose-not-judged', 'Niet vastgelegd is of dit past bij het doel van IBN.', {
        onlyFinding: true,
      }),
    ];
  if (fitsPurpose.fits) return [];
  return [
    r10.breach('purpose-not-fitted', 'Dit past volgens het oordeel niet bij het doel van IBN.'),
  ];
};

/** @param what a service or task that the basispakket holds on that date */
export const alreadyInPackage = (what: string, date: string): Breach =>
  r10.breach('already-in-package', `${what} zit op ${date} al in het basispakket.`);

/** Ending before the end needs that something was agreed about it. */
export const terminationBreaches = (terms: Terms): Breach[] =>
  terms.interimTermination === undefined
    ? [
        r10.breach(
          'termination-not-agreed',
          'Over tussentijdse opzegging is in dit contract niets vastgelegd.',
        ),
      ]
    : [];
