/**
 * Rules R1 – R21: in force from a date, by an authority. A breach refuses a step that is taken
 * when the rule has force; it becomes a finding when the fact is registered, or when the rule
 * rests on advice or explanation only, or was not yet recorded for that date.
 */
import { RuleEnded, RuleSet } from '../../events/rules.ts';
import { findingKind, type FindingKindName } from '../../events/finding-kinds/index.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import type { Books } from './books.ts';
import {
  accept,
  command,
  type Context,
  type Outcome,
  propose,
  type Proposed,
  type Refusal,
  refuse,
  same,
  seeing,
  type Sight,
} from './core.ts';
import { decisionStatus, notInForce } from './decisions.ts';

// --- state

type SetRule = EntryFor<'RuleSet'>;

export interface Rules {
  /** Every setting and ending of each rule, in the order of the log. */
  readonly byRule: ReadonlyMap<string, readonly (SetRule | EntryFor<'RuleEnded'>)[]>;
}

export const rulesOf = (events: readonly Entry[]): Rules => {
  const byRule = new Map<string, (SetRule | EntryFor<'RuleEnded'>)[]>();
  for (const e of events) {
    if (e.type !== 'RuleSet' && e.type !== 'RuleEnded') continue;
    const list = byRule.get(e.data.rule);
    if (list) list.push(e);
    else byRule.set(e.data.rule, [e]);
  }
  return { byRule };
};

/** The rule as it certainly holds on a date; the last recorded wins among equal dates. */
const ruleAt = (rules: Rules, rule: string, date: string): SetRule | undefined => {
  let found: SetRule | EntryFor<'RuleEnded'> | undefined;
  for (const e of rules.byRule.get(rule) ?? []) {
    if (e.validFrom.latest > date) continue;
    if (found === undefined || e.validFrom.latest >= found.validFrom.latest) found = e;
  }
  return found?.type === 'RuleSet' ? found : undefined;
};

const seeingRule = (number: string): Sight => seeing(['RuleSet', 'RuleEnded'], tag('rule', number));

/**
 * One rule, as its own file in `by-rule` begins: the events to see, its figures on a date, and
 * its breaches. The number of a rule stands in that file, and nowhere else.
 */
export const ruleOf = (number: string) => ({
  sees: seeingRule(number),
  /** A figure as a decimal string; undefined when no rule gives it on that date. */
  figure: (books: Books, name: string, date: string): string | undefined =>
    ruleAt(books.rules, number, date)?.data.figures.find((f) => f.name === name)?.value,
  /** Whether it was in force on a date, with whatever authority. */
  holds: (books: Books, date: string): boolean => ruleAt(books.rules, number, date) !== undefined,
  /** @param detail what is wrong here, in Dutch */
  breach: (
    kind: FindingKindName,
    detail: string,
    more: Pick<Breach, 'figures' | 'onlyFinding'> = {},
  ): Breach => ({ kind, detail, rule: number, ...more }),
  /** What is determined on the ground of a decision needs it to be in force by then. */
  groundBreaches: (books: Books, decisionIds: readonly string[], date: string): Breach[] =>
    notInForce(books.decisions, decisionIds, date).map((id) => ({
      kind: 'decision-not-in-force',
      rule: number,
      detail: `Besluit ${books.decisions.get(id)?.proposed.data.number ?? id} is op ${date} niet van kracht.`,
    })),
});

// --- breaches

/** A rule that the command breaks, or a figure in it that does not add up. */
export interface Breach {
  /** Its severity stands in the catalogue. */
  readonly kind: FindingKindName;
  /** Dutch. */
  readonly detail: string;
  /** Absent: about no rule. */
  readonly rule?: string;
  readonly figures?: readonly { readonly name: string; readonly value: string }[];
  /** Never refuses: the rule itself says that it is recorded as it is. */
  readonly onlyFinding?: boolean;
}

const binding = new Set(['decision', 'agreement', 'law', 'design']);

/** What a broken rule does here: the rule in force, and the refusal where it has force. */
export const weigh = (
  books: Books,
  context: Context,
  breach: Breach,
): { readonly rule: SetRule | undefined; readonly refusal?: Refusal } => {
  const rule =
    breach.rule === undefined
      ? undefined
      : ruleAt(books.rules, breach.rule, context.validFrom.latest);
  const force = rule !== undefined && binding.has(rule.data.authority);
  if (!force || context.mode !== 'take' || breach.onlyFinding === true) return { rule };
  return {
    rule,
    refusal: {
      code: 'rule',
      detail: breach.detail,
      rule: rule.data.rule,
      authority: rule.data.authority,
      ruleEventId: rule.id,
      ...(rule.data.agreementId === undefined ? {} : { agreementId: rule.data.agreementId }),
      ...(rule.data.decisionIds.length === 0 ? {} : { decisionIds: rule.data.decisionIds }),
    },
  };
};

/** Where a broken rule becomes a refusal or a finding. */
export const judge = (
  books: Books,
  context: Context,
  breaches: readonly Breach[],
  events: readonly Proposed[],
  about: readonly string[],
): Outcome => {
  const findings: Proposed[] = [];
  for (const breach of breaches) {
    const { rule, refusal } = weigh(books, context, breach);
    if (refusal !== undefined) return { ok: false, refusal };
    findings.push(findingOf(breach, rule, events[0]!.id, context, about));
  }
  return { ok: true, events: [...events, ...findings] };
};

const findingOf = (
  breach: Breach,
  rule: SetRule | undefined,
  foundIn: string,
  context: Context,
  about: readonly string[],
): Proposed => ({
  id: context.eventId(),
  type: 'FindingRecorded',
  validFrom: context.validFrom,
  ...(rule === undefined ? {} : { restsOn: [rule.id] }),
  data: {
    findingId: context.ulid(),
    kind: breach.kind,
    severity: findingKind(breach.kind).severity,
    description: breach.detail,
    ...(breach.rule === undefined ? {} : { rule: breach.rule }),
    ...(rule?.data.decisionIds[0] === undefined ? {} : { decisionId: rule.data.decisionIds[0] }),
    about: [...about],
    foundIn,
    figures: [...(breach.figures ?? [])],
  },
});

// --- commands

const setRule = command({
  name: 'set-rule',
  path: 'rules',
  summary: 'Legt een regel met zijn cijfers vast, vanaf een datum',
  body: RuleSet.schema,
  sees: (body) => [
    seeing(['RuleSet', 'RuleEnded'], tag('rule', body.rule)),
    ...body.decisionIds.map((id) => ({ tags: [tag('decision', id)] })),
    ...(body.agreementId === undefined ? [] : [{ tags: [tag('agreement', body.agreementId)] }]),
  ],
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    const before = ruleAt(books.rules, body.rule, at);
    if (before !== undefined && same(before.data, body))
      return refuse('nothing-to-do', `Regel ${body.rule} geldt al zo op ${at}.`);
    const restsOn: string[] = [];
    for (const id of body.decisionIds) {
      const decision = books.decisions.get(id);
      if (decision === undefined)
        return refuse('unknown-reference', `Besluit ${id} staat niet in het grootboek.`);
      if (context.mode === 'take' && decisionStatus(decision, at) !== 'in-force')
        return refuse('contradiction', `Besluit ${id} is op ${at} niet van kracht.`);
      restsOn.push(decision.proposed.id);
    }
    if (body.agreementId !== undefined && !books.agreements.has(body.agreementId))
      return refuse('unknown-reference', `Overeenkomst ${body.agreementId} is onbekend.`);
    if (body.authority === 'decision' && body.decisionIds.length === 0)
      return refuse('contradiction', 'Een regel op grond van een besluit noemt dat besluit.');
    return accept(propose(context, 'RuleSet', body, { restsOn }));
  },
});

const endRule = command({
  name: 'end-rule',
  path: 'rules/{rule}/_end',
  summary: 'Beëindigt een regel vanaf een datum',
  body: RuleEnded.schema,
  thing: (body) => tag('rule', body.rule),
  sees: (body) => [seeingRule(body.rule)],
  decide: (body, books, context) => {
    if (!books.rules.byRule.has(body.rule))
      return refuse('not-found', `Regel ${body.rule} is niet vastgelegd.`);
    if (ruleAt(books.rules, body.rule, context.validFrom.latest) === undefined)
      return refuse('nothing-to-do', `Regel ${body.rule} geldt dan al niet.`);
    return accept(propose(context, 'RuleEnded', body));
  },
});

export const ruleCommands = [setRule, endRule];
