/** The steps of a decision's course (R1): who takes them, and in which order. */
import {
  DecisionAdopted,
  DecisionAdvised,
  DecisionAmended,
  DecisionDecided,
  DecisionEnded,
  DecisionProposed,
  DecisionRefused,
  DecisionStepPlanned,
  DecisionSuperseded,
  DecisionWithdrawn,
} from '../../events/decisions.ts';
import type { Entry } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import type { Books } from './books.ts';
import {
  accept,
  command,
  type Context,
  type Outcome,
  propose,
  type Refusal,
  refuse,
} from './core.ts';
import { closedAs, type Decision, groundsOf, seeingDecision } from './decisions.ts';
import {
  adoptionBreaches,
  adviceBreaches,
  decisionBreaches,
  r1,
  successorBreaches,
} from './by-rule/r1.ts';
import { isMember, lineOf, seeingMembers } from './members.ts';
import { judge } from './rules.ts';

// --- commands

const proposeDecision = command({
  name: 'propose-decision',
  path: 'decisions',
  summary: 'Legt een voorgesteld besluit vast',
  body: DecisionProposed.schema,
  creates: 'decisionId',
  sees: (body) => [seeingDecision(body.decisionId), ...seeingMembers],
  decide: (body, books, context) => {
    if (books.decisions.has(body.decisionId))
      return refuse('already-exists', `Besluit ${body.decisionId} bestaat al.`);
    const at = context.validFrom.latest;
    const stranger = body.needsAdoptionBy.find((code) => !isMember(books.members, code, at));
    if (stranger !== undefined)
      return refuse('not-a-member', `${stranger} neemt op ${at} niet deel.`);
    if (new Set(body.needsAdoptionBy).size < body.needsAdoptionBy.length)
      return refuse('contradiction', 'Een gemeente staat twee keer in de lijst.');
    return accept(propose(context, 'DecisionProposed', body));
  },
});

/** The decision, if a step may still follow; else why not. */
const open = (books: Books, decisionId: string): Decision | Refusal => {
  const decision = books.decisions.get(decisionId);
  if (decision === undefined)
    return { code: 'not-found', detail: `Besluit ${decisionId} bestaat niet.` };
  if (decision.closing) {
    const how = closedAs[decision.closing.type];
    return { code: 'contradiction', detail: `Dit besluit is al afgesloten (${how}).` };
  }
  return decision;
};

const isRefusal = (found: Decision | Refusal): found is Refusal => 'code' in found;

/** Takes a step on an open decision, if `check` finds nothing against it. */
const step = (
  books: Books,
  context: Context,
  body: { readonly decisionId: string },
  then: (decision: Decision) => Outcome,
): Outcome => {
  const found = open(books, body.decisionId);
  if (isRefusal(found)) return { ok: false, refusal: found };
  if (context.validFrom.latest < (found.proposed.validFrom.earliest ?? ''))
    return refuse('contradiction', 'Een stap kan niet voor het voorstel liggen.');
  return then(found);
};

const about = (body: { readonly decisionId: string }) => [tag('decision', body.decisionId)];
const seeingCourse = (body: { readonly decisionId: string }) => [
  seeingDecision(body.decisionId),
  r1.sees,
];

/** A stated step replaces the same step inferred, without a reversal. */
const alreadyTaken = (taken: Entry | undefined, context: Context): boolean =>
  taken !== undefined &&
  !(
    taken.evidence?.some((e) => e.basis === 'inferred') === true &&
    context.evidence.every((e) => e.basis === 'stated')
  );

const adviseDecision = command({
  name: 'advise-decision',
  path: 'decisions/{decisionId}/_advise',
  summary: 'Legt het advies over een besluit vast',
  body: DecisionAdvised.schema,
  thing: (body) => about(body)[0]!,
  sees: seeingCourse,
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      if (alreadyTaken(decision.advised, context))
        return refuse('nothing-to-do', 'Over dit besluit is al geadviseerd.');
      const breaches = adviceBreaches(decision, body.body, context.validFrom.latest);
      const restsOn = [decision.proposed.id];
      const event = propose(context, 'DecisionAdvised', body, { restsOn });
      return judge(books, context, breaches, [event], about(body));
    }),
});

const decideDecision = command({
  name: 'decide-decision',
  path: 'decisions/{decisionId}/_decide',
  summary: 'Legt vast dat over een voorstel is besloten',
  body: DecisionDecided.schema,
  thing: (body) => about(body)[0]!,
  sees: seeingCourse,
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      if (alreadyTaken(decision.decided, context))
        return refuse('nothing-to-do', 'Over dit voorstel is al besloten.');
      const breaches = decisionBreaches(decision, body.body);
      const restsOn = [decision.proposed.id, ...(decision.advised ? [decision.advised.id] : [])];
      const event = propose(context, 'DecisionDecided', body, { restsOn });
      return judge(books, context, breaches, [event], about(body));
    }),
});

const adoptDecision = command({
  name: 'adopt-decision',
  path: 'decisions/{decisionId}/_adopt',
  summary: 'Legt vast dat een deelnemer een besluit heeft vastgesteld',
  body: DecisionAdopted.schema.omit({ onBehalfOf: true }),
  thing: (body) => about(body)[0]!,
  sees: (body) => [...seeingCourse(body), ...seeingMembers],
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      const at = context.validFrom.latest;
      if (!isMember(books.members, body.municipality, at))
        return refuse('not-a-member', `${body.municipality} neemt op ${at} niet deel.`);
      const line = lineOf(books.members, body.municipality);
      const onBehalfOf = decision.proposed.data.needsAdoptionBy.filter((c) => line.includes(c));
      if (onBehalfOf.length === 0)
        return refuse('contradiction', `Dit besluit vraagt niets van ${body.municipality}.`);
      const { organs } = decision.proposed.data;
      if (body.organ !== undefined && !organs.includes(body.organ))
        return refuse('contradiction', `Dit besluit vraagt niets van de ${body.organ}.`);
      if (body.organ === undefined && organs.length > 0 && context.mode === 'take')
        return refuse('contradiction', `Noem het orgaan: ${organs.join(' of ')}.`);
      const earlier = decision.adoptions.filter(
        (e) => e.data.municipality === body.municipality && e.data.organ === body.organ,
      );
      if (earlier.length > 0 && alreadyTaken(earlier.at(-1), context))
        return refuse('nothing-to-do', `${body.municipality} heeft dit al vastgesteld.`);
      const breaches = adoptionBreaches(decision);
      const restsOn = [decision.proposed.id, ...(decision.decided ? [decision.decided.id] : [])];
      const event = propose(context, 'DecisionAdopted', { ...body, onBehalfOf }, { restsOn });
      return judge(books, context, breaches, [event], about(body));
    }),
});

const refuseDecision = command({
  name: 'refuse-decision',
  path: 'decisions/{decisionId}/_refuse',
  summary: 'Legt vast dat een voorstel is afgewezen',
  body: DecisionRefused.schema,
  thing: (body) => about(body)[0]!,
  sees: (body) => [seeingDecision(body.decisionId), ...seeingMembers],
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      const at = context.validFrom.latest;
      if (body.municipality !== undefined && !isMember(books.members, body.municipality, at))
        return refuse('not-a-member', `${body.municipality} neemt op ${at} niet deel.`);
      const why = notRefusable(decision, body, books);
      if (why !== undefined) return refuse('contradiction', why);
      return accept(propose(context, 'DecisionRefused', body, { restsOn: [decision.proposed.id] }));
    }),
});

/** Why this body has nothing left to refuse; undefined when it has. */
const notRefusable = (
  decision: Decision,
  { body, municipality }: { readonly body: string; readonly municipality?: string | undefined },
  books: Books,
): string | undefined => {
  const { organs, needsAdoptionBy } = decision.proposed.data;
  if (body !== 'college' && body !== 'raad')
    return decision.decided && 'Hierover is al besloten; intrekken of opvolgen kan nog wel.';
  if (municipality === undefined) return `Noem de gemeente van de ${body}.`;
  const own = lineOf(books.members, municipality).filter((code) => needsAdoptionBy.includes(code));
  if (own.length === 0 || !organs.includes(body))
    return `Dit besluit vraagt niets van de ${body} van ${municipality}.`;
  const adopted = decision.adoptions.some(
    ({ data }) =>
      data.municipality === municipality && (data.organ === undefined || data.organ === body),
  );
  return adopted ? `De ${body} van ${municipality} heeft dit al vastgesteld.` : undefined;
};

const withdrawDecision = command({
  name: 'withdraw-decision',
  path: 'decisions/{decisionId}/_withdraw',
  summary: 'Trekt een voorstel of besluit in',
  body: DecisionWithdrawn.schema,
  thing: (body) => about(body)[0]!,
  sees: (body) => [seeingDecision(body.decisionId)],
  decide: (body, books, context) =>
    step(books, context, body, (decision) =>
      accept(propose(context, 'DecisionWithdrawn', body, { restsOn: [decision.proposed.id] })),
    ),
});

const amendDecision = command({
  name: 'amend-decision',
  path: 'decisions/{decisionId}/_amend',
  summary: 'Wijzigt een besluit; de oude tekst blijft staan',
  body: DecisionAmended.schema,
  thing: (body) => about(body)[0]!,
  sees: (body) => [seeingDecision(body.decisionId)],
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      if (
        body.title === undefined &&
        body.summary === undefined &&
        body.effectiveDate === undefined
      )
        return refuse('nothing-to-do', 'Er is niets dat wijzigt.');
      return accept(propose(context, 'DecisionAmended', body, { restsOn: [decision.proposed.id] }));
    }),
});

const supersedeDecision = command({
  name: 'supersede-decision',
  path: 'decisions/{decisionId}/_supersede',
  summary: 'Laat een ander besluit in de plaats treden',
  body: DecisionSuperseded.schema,
  thing: (body) => about(body)[0]!,
  // All of them: a circle may run through decisions that nobody names here.
  sees: (body) => [
    seeingDecision(body.decisionId),
    seeingDecision(body.by),
    { types: ['DecisionSuperseded', 'FactReversed'] },
    r1.sees,
  ],
  decide: (body, books, context) =>
    step(books, context, body, (decision) => {
      const other = books.decisions.get(body.by);
      if (other === undefined)
        return refuse('unknown-reference', `Besluit ${body.by} bestaat niet.`);
      const next = new Map(
        books.events.flatMap((e) =>
          e.type === 'DecisionSuperseded' ? [[e.data.decisionId, e.data.by] as const] : [],
        ),
      );
      for (let id: string | undefined = body.by; id !== undefined; id = next.get(id)) {
        if (id === body.decisionId)
          return refuse('contradiction', 'Een besluit kan zichzelf niet opvolgen.');
      }
      const restsOn = [decision.proposed.id, ...groundsOf(other)];
      const event = propose(context, 'DecisionSuperseded', body, { restsOn });
      const breaches = successorBreaches(other, context.validFrom.latest);
      return judge(books, context, breaches, [event], about(body));
    }),
});

const endDecision = command({
  name: 'end-decision',
  path: 'decisions/{decisionId}/_end',
  summary: 'Beëindigt een besluit vanaf een datum',
  body: DecisionEnded.schema,
  thing: (body) => about(body)[0]!,
  sees: (body) => [seeingDecision(body.decisionId)],
  decide: (body, books, context) =>
    step(books, context, body, (decision) =>
      accept(propose(context, 'DecisionEnded', body, { restsOn: [decision.proposed.id] })),
    ),
});

const planDecisionStep = command({
  name: 'plan-decision-step',
  path: 'decisions/{decisionId}/_plan-step',
  summary: 'Legt vast wanneer een stap is gepland',
  body: DecisionStepPlanned.schema,
  thing: (body) => about(body)[0]!,
  sees: (body) => [seeingDecision(body.decisionId)],
  decide: (body, books, context) =>
    step(books, context, body, (decision) =>
      accept(propose(context, 'DecisionStepPlanned', body, { restsOn: [decision.proposed.id] })),
    ),
});

export const decisionCommands = [
  proposeDecision,
  adviseDecision,
  decideDecision,
  adoptDecision,
  refuseDecision,
  withdrawDecision,
  amendDecision,
  supersedeDecision,
  endDecision,
  planDecisionStep,
];
