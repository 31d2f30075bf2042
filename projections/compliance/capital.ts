/** Criterion 3: no direct private capital, save what law requires and that does not control. */
import { onOneScale } from '../../events/decimals.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { common, type Fact, fact, type HeldFact, withPrefix } from '../core.ts';
import { partOf } from './judgements.ts';

type Shareholding = EntryFor<'ShareholdingRecorded'>['data'];

export const capitalFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type !== 'ShareholdingRecorded') return [];
  const holder = entry.data.municipality ?? entry.data.organisation ?? '';
  const value = entry.data.percent === '0' ? null : entry.data;
  return [fact(entry, common, `share:${holder}`, value)];
};

/** Private capital is allowed where law requires it and it neither controls nor can block. */
const isAllowed = ({ kind, requiredByLaw, controlling, blocking }: Shareholding): boolean =>
  kind === 'public' || (requiredByLaw === true && controlling === false && blocking === false);

export const capitalPart = (own: readonly HeldFact[], shared: readonly HeldFact[]) => {
  const held = withPrefix(shared, 'share:');
  const shareholdings = held.map((f) => f.value as unknown as Shareholding);
  const [all = 0n, ...parts] = onOneScale(['100', ...shareholdings.map((s) => s.percent)]);
  const known = parts.reduce((sum, part) => sum + part, 0n);
  const forbidden = shareholdings.some((s) => !isAllowed(s));
  const part = partOf(
    {
      part: 'no-private-capital',
      result: forbidden ? 'not-met' : known === all ? 'met' : 'not-shown',
      evidence: held.map((f, i) => ({ what: holding(shareholdings[i]!), eventId: f.eventId })),
      missing: known === all ? [] : ['wie de aandelen van IBN houden, tot samen 100 %'],
      // Holders that left count too: without them their shares would still stand.
      from: shared.filter((f) => f.attribute.startsWith('share:')),
    },
    own,
    shared,
  );
  return { part, shareholdings };
};

const holding = ({ municipality, organisation, kind, percent }: Shareholding): string =>
  `${municipality ?? organisation ?? ''} houdt ${percent.replace('.', ',')} %${kind === 'private' ? ' (privaat)' : ''}`;
