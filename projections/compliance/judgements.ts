/** What somebody judged of a part of a criterion, and what follows from it beside the facts. */
import type { CriterionPart } from '../../events/lawfulness.ts';
import type { Entry } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { common, evidenceOf, type Fact, fact, type HeldFact, type Json } from '../core.ts';

export type Result = 'met' | 'not-met' | 'not-shown';

export interface Shown {
  readonly what: string;
  readonly eventId: string;
  readonly decisionIds?: readonly string[];
}

/** One part of a criterion, with what shows it and what is missing. */
export interface Part {
  readonly part: CriterionPart;
  readonly result: Result;
  /** In Dutch, each with the event that says so. */
  readonly evidence: readonly Shown[];
  readonly judgement?: Judgement | undefined;
  /** In Dutch: what would have to be there. */
  readonly missing: readonly string[];
  readonly from: readonly HeldFact[];
}

interface Judgement {
  readonly attestationId: string;
  readonly outcome: 'met' | 'not-met';
  readonly reasoning: string;
  readonly office: string;
  readonly date: RoughDate;
  readonly evidence: Json;
  readonly contested?: string;
}

export const judgementFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type === 'CriterionAttested') {
    const { part, awardId, evidenceHeld, attestationId, outcome, reasoning } = entry.data;
    // A statement whose evidence is not held takes the place of no judgement.
    const attribute = evidenceHeld ? `judged:${part}` : `stated:${part}:${attestationId}`;
    const { office } = entry.actor;
    const date = entry.validFrom;
    const evidence = evidenceOf(entry);
    const value = { attestationId, outcome, reasoning, office, date, evidence };
    return [fact(entry, awardId ?? common, attribute, value)];
  }
  if (entry.type === 'AttestationContested') {
    const { attestationId, awardId, reasoning } = entry.data;
    return [fact(entry, awardId ?? common, `contested:${attestationId}`, reasoning)];
  }
  return [];
};

/** The judgement of a part: of this award if there is one, else of the partnership at large. */
const judgementOf = (
  part: CriterionPart,
  own: readonly HeldFact[],
  shared: readonly HeldFact[],
): { readonly judgement?: Judgement; readonly from: readonly HeldFact[] } => {
  for (const facts of [own, shared]) {
    const judged = facts.find((f) => f.attribute === `judged:${part}`);
    if (judged === undefined) continue;
    const judgement = judged.value as unknown as Judgement;
    const contested = facts.find((f) => f.attribute === `contested:${judgement.attestationId}`);
    if (contested === undefined) return { judgement, from: [judged] };
    const why = contested.value as string;
    return { judgement: { ...judgement, contested: why }, from: [judged, contested] };
  }
  return { from: [] };
};

/** Facts that speak against it weigh more than a judgement for it; a contested one shows nothing. */
const resultOf = (shown: Result, judgement: Judgement | undefined): Result => {
  const judged = judgement?.contested === undefined ? judgement?.outcome : undefined;
  if (shown === 'not-met' || judged === 'not-met') return 'not-met';
  return shown === 'met' || judged === 'met' ? 'met' : 'not-shown';
};

const statedIn = (part: CriterionPart, facts: readonly HeldFact[]): readonly HeldFact[] =>
  facts.filter((f) => f.attribute.startsWith(`stated:${part}:`));

/**
 * A part from what the ledger sees by itself, what was judged, and what was merely stated.
 * @param shown from the ledger's own facts
 */
export const partOf = (
  shown: Omit<Part, 'judgement'>,
  own: readonly HeldFact[],
  shared: readonly HeldFact[],
): Part => {
  const { part } = shown;
  const { judgement, from } = judgementOf(part, own, shared);
  const stated = [...statedIn(part, own), ...statedIn(part, shared)];
  const result = resultOf(shown.result, judgement);
  const statements = stated.map((f) => ({
    what: `Gesteld, zonder bewijs: ${(f.value as unknown as Judgement).reasoning}`,
    eventId: f.eventId,
  }));
  return {
    ...shown,
    result,
    judgement,
    evidence: [...shown.evidence, ...statements],
    missing: result === 'not-shown' ? shown.missing : [],
    from: [...shown.from, ...from, ...stated],
  };
};
