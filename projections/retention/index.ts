/**
 * How long what is recorded of a person may be kept (R24): the figures of a rule that a decision
 * set, one for each kind of data, counted from the last that was recorded of that kind. It only
 * says what is due; nothing is destroyed by it. When a placement ended is sealed, and not asked.
 */
import { later } from '../../events/calendar.ts';
import type { Entry } from '../../events/index.ts';
import { isPersonal, type PersonalType } from '../../events/people.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  common as commonThing,
  type Fact,
  fact,
  type HeldFact,
  type Projection,
  valueOf,
  withPrefix,
} from '../core.ts';

const retentionRule = 'R24';

type DataKind = 'referral' | 'placement' | 'circumstance';

/** Names of the figures of the rule, too. */
const kindOf: Readonly<Record<PersonalType, DataKind>> = {
  ReferralRecorded: 'referral',
  ReferralStepRecorded: 'referral',
  PlacementRecorded: 'placement',
  PlacementStepRecorded: 'placement',
  CircumstanceRecorded: 'circumstance',
};

interface Terms {
  readonly rule: string;
  readonly decisionIds: readonly string[];
  readonly figures: readonly {
    readonly name: string;
    readonly value: string;
    readonly unit: string;
  }[];
}

interface Last {
  readonly kind: DataKind;
  readonly last: RoughDate;
}

const ruleFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type !== 'RuleSet' && entry.type !== 'RuleEnded') return [];
  if (entry.data.rule !== retentionRule) return [];
  if (entry.type === 'RuleEnded') return [fact(entry, commonThing, 'terms', null)];
  const { rule, decisionIds, figures } = entry.data;
  return [fact(entry, commonThing, 'terms', { rule, decisionIds, figures })];
};

/** First day on which this kind is kept for nothing; undefined: the rule gives no term. */
const keptUntil = ({ kind, last }: Last, figures: Terms['figures']): string | undefined => {
  const figure = figures.find(({ name }) => name === kind);
  if (figure?.unit !== 'years' && figure?.unit !== 'months') return undefined;
  return later(last.latest, figure.unit, figure.value);
};

const assemble = (
  person: string,
  facts: readonly HeldFact[],
  common: readonly HeldFact[],
  validAt: string,
) => {
  const kinds = withPrefix(facts, 'last:').map(({ value }) => value as unknown as Last);
  if (kinds.length === 0) return undefined;
  // Of who moved, what each of them recorded stands in it.
  const municipalities = withPrefix(facts, 'municipality:').map(({ value }) => value as string);
  const [municipality] = municipalities;
  const who = {
    person,
    ...(municipalities.length === 1 ? { municipality } : {}),
    municipalities: municipalities.sort(),
  };
  if (valueOf(facts, 'erased') !== undefined)
    return { item: { ...who, status: 'erased', kinds }, from: facts };
  const rule = common.find(({ attribute, value }) => attribute === 'terms' && value !== null);
  const { figures = [], ...by } = (rule?.value ?? {}) as Partial<Terms>;
  const told = kinds.map((one) => ({ ...one, keptUntil: keptUntil(one, figures) }));
  const ends = told.map((one) => one.keptUntil);
  // A person is forgotten as a whole: when the last of the terms is over.
  const dueOn = ends.reduce((a, b) =>
    a === undefined || b === undefined ? undefined : a > b ? a : b,
  );
  const status = dueOn === undefined ? 'no-term' : dueOn <= validAt ? 'due' : 'kept';
  const item = { ...who, status, dueOn, kinds: told, ...by };
  return { item, from: rule === undefined ? facts : [...facts, rule] };
};

export const retention: Projection = {
  question: 'retention',
  apply: (entry) => {
    if (entry.type === 'PersonErasureRequested')
      return [fact(entry, entry.data.person, 'erased', true)];
    if (!isPersonal(entry)) return ruleFacts(entry);
    const { person } = entry.data;
    const kind = kindOf[entry.type];
    const last = fact(entry, person, `last:${kind}`, { kind, last: { ...entry.validFrom } });
    if (!('municipality' in entry.data)) return [last];
    const { municipality } = entry.data;
    return [last, fact(entry, person, `municipality:${municipality}`, municipality)];
  },
  assemble,
  sortKey: byField('dueOn', 'person'),
};
