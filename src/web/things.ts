/** Things that events and answers name by an id: where they are listed, and what people call them. */
import { ProblemError } from '../ledger/errors.ts';
import { ever, type Asked } from './asked.ts';
import type { Href } from './html.ts';
import { yearsText } from './notation.ts';

interface Kind {
  readonly question: string;
  /** Name of its id, in answers and mostly in events. */
  readonly id: string;
  /** What it is, where its own name is not at hand. */
  readonly what: string;
  /** Where its own page is, before its id. */
  readonly page?: string;
}

/** By how tags name them. */
const kinds: Readonly<Record<string, Kind>> = {
  decision: { question: 'decisions', id: 'decisionId', what: 'een besluit', page: '/besluiten/' },
  'lump-sum': { question: 'lump-sums', id: 'lumpSumId', what: 'een lumpsum', page: '/lumpsum/' },
  contract: {
    ...{ question: 'pluspakket-contracts', id: 'contractId', what: 'een pluspakketcontract' },
    page: '/pluspakket/contracten/',
  },
  award: { question: 'awards', id: 'awardId', what: 'een gunning', page: '/dossier/' },
  finding: {
    ...{ question: 'findings', id: 'findingId', what: 'een bevinding' },
    page: '/bevindingen/',
  },
  key: { question: 'distribution-keys', id: 'keyId', what: 'een verdeelsleutel' },
  budget: { question: 'budgets', id: 'budgetId', what: 'een begroting' },
  'action-point': { question: 'action-points', id: 'actionPointId', what: 'een actiepunt' },
  indicator: { question: 'indicators', id: 'indicatorId', what: 'een doel' },
  evaluation: { question: 'evaluations', id: 'evaluationId', what: 'een evaluatie' },
  assignment: { question: 'assignments', id: 'assignmentId', what: 'een opdracht' },
  attestation: { question: 'attestations', id: 'attestationId', what: 'een oordeel' },
  'plus-service': { question: 'plus-services', id: 'serviceId', what: 'een plusdienst' },
  pilot: { question: 'pilots', id: 'pilotId', what: 'een pilot' },
  body: { question: 'bodies', id: 'bodyId', what: 'een orgaan' },
  area: { question: 'areas', id: 'areaId', what: 'een uitvoeringsgebied' },
  'area-agreement': {
    ...{ question: 'area-agreements', id: 'areaAgreementId', what: 'een gebiedsafspraak' },
  },
  agreement: { question: 'agreements', id: 'agreementId', what: 'een overeenkomst' },
  option: { question: 'options', id: 'optionId', what: 'een niet gekozen mogelijkheid' },
  occurrence: { question: 'occurrences', id: 'occurrenceId', what: 'een voorval' },
};

export const kindOfTag = (tag: string): Kind | undefined =>
  Object.hasOwn(kinds, tag) ? kinds[tag] : undefined;

/** Fields that name a thing by another word than its id. */
const otherFields: Readonly<Record<string, string>> = { by: 'decision', decisionIds: 'decision' };

const byField = new Map([
  ...Object.values(kinds).map((kind) => [kind.id, kind] as const),
  ...Object.entries(otherFields).map(([field, tag]) => [field, kinds[tag]!] as const),
]);

/** The kind of thing that a field names. */
export const kindOfField = (field: string): Kind | undefined => byField.get(field);

type Thing = Readonly<Record<string, unknown>>;

/** How people call it; the empty text where it has no name of its own. */
export const nameOf = ({ number, title, name, year, period }: Thing): string => {
  if (typeof period === 'object' && period !== null)
    return yearsText(period as { readonly from: string; readonly until: string });
  const texts = [number, year, title, name].filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  );
  return texts.join('. ');
};

export interface Named {
  readonly name: string;
  readonly to?: Href;
}

/** A thing as it is called at any date; undefined: it is not there for who asks, or has no name. */
export const named = async (
  { ledger, asOf, link }: Asked,
  { question, page }: Kind,
  thing: string,
): Promise<Named | undefined> => {
  try {
    const at = { validAt: ever, knownAt: String(asOf.knownAt) };
    const { item } = await ledger.askOne({ question, thing, ...at });
    const own = nameOf(item);
    if (own === '') return undefined;
    const name = question === 'lump-sums' ? `lumpsum ${own}` : own;
    return { name, ...(page === undefined ? {} : { to: link(page + thing) }) };
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : undefined;
    if (code === 'not-found' || code === 'forbidden') return undefined;
    throw error;
  }
};
