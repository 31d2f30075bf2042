/** The course of a decision (DOMAIN §5, R1). */
import type { EntryFor } from '../../events/index.ts';
import { type Answers, each, happened, last, type Seen } from './seen.ts';

const closing = {
  DecisionRefused: 'refused',
  DecisionWithdrawn: 'withdrawn',
  DecisionSuperseded: 'superseded',
  DecisionEnded: 'ended',
} as const;

/** Every organ that is asked, or the member as a whole. */
const consents = (
  code: string,
  organs: readonly string[],
  adoptions: readonly EntryFor<'DecisionAdopted'>[],
): boolean => {
  const own = adoptions.filter(({ data }) => data.onBehalfOf.includes(code));
  if (own.length === 0) return false;
  return organs.every((organ) =>
    own.some(({ data }) => data.organ === undefined || data.organ === organ),
  );
};

export const decisionAt = (seen: Seen, decisionId: string) => {
  const own = <T extends { readonly data: { readonly decisionId: string } }>(list: readonly T[]) =>
    list.filter(({ data }) => data.decisionId === decisionId);
  const proposed = last(own(happened(seen, 'DecisionProposed')));
  if (proposed === undefined) return undefined;
  const amended = own(happened(seen, 'DecisionAmended'));
  const title = last(amended, (e) => e.data.title !== undefined)?.data.title ?? proposed.data.title;
  const effectiveDate =
    last(amended, (e) => e.data.effectiveDate !== undefined)?.data.effectiveDate ??
    proposed.data.effectiveDate;
  const adoptions = own(happened(seen, 'DecisionAdopted'));
  const advised = own(happened(seen, 'DecisionAdvised')).length > 0;
  const decided = own(happened(seen, 'DecisionDecided')).length > 0;
  const closed = last(
    own(
      happened(seen, 'DecisionRefused', 'DecisionWithdrawn', 'DecisionSuperseded', 'DecisionEnded'),
    ),
  );
  const { needsAdoptionBy, organs } = proposed.data;
  const all = needsAdoptionBy.every((code) => consents(code, organs, adoptions));
  const status = (): string => {
    if (closed !== undefined) return closing[closed.type];
    if (!decided) return advised ? 'advised' : 'proposed';
    if (!all) return 'decided';
    if (effectiveDate !== undefined && seen.v < effectiveDate)
      return needsAdoptionBy.length > 0 ? 'adopted' : 'decided';
    return 'in-force';
  };
  return {
    title,
    effectiveDate,
    status: status(),
    adoptions: adoptions.map(({ data }) => `${data.municipality} ${data.organ ?? ''}`).sort(),
  };
};

export const decisions = (seen: Seen): Answers =>
  each(
    happened(seen, 'DecisionProposed').map((e) => e.data.decisionId),
    (decisionId) => decisionAt(seen, decisionId),
  );
