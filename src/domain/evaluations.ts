/** Evaluations (R17), action points, and options that were not chosen. */
import {
  ActionPointReported,
  ActionPointSet,
  EvaluationHeld,
  OptionRejected,
} from '../../events/evaluations.ts';
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { proposalBreaches, r17 } from './by-rule/r17.ts';
import { accept, command, propose, refuse, type Sight } from './core.ts';
import { judge } from './rules.ts';

// --- state

interface ActionPoint {
  readonly set: EntryFor<'ActionPointSet'>;
  readonly reports: readonly EntryFor<'ActionPointReported'>[];
}

export interface Evaluations {
  readonly byId: ReadonlyMap<string, EntryFor<'EvaluationHeld'>>;
  readonly points: ReadonlyMap<string, ActionPoint>;
}

export const evaluationsOf = (events: readonly Entry[]): Evaluations => {
  const byId = new Map<string, EntryFor<'EvaluationHeld'>>();
  const points = new Map<string, ActionPoint>();
  for (const e of events) {
    if (e.type === 'EvaluationHeld') byId.set(e.data.evaluationId, e);
    else if (e.type === 'ActionPointSet') points.set(e.data.actionPointId, { set: e, reports: [] });
    else if (e.type === 'ActionPointReported') {
      const found = points.get(e.data.actionPointId);
      if (found) points.set(e.data.actionPointId, { ...found, reports: [...found.reports, e] });
    }
  }
  return { byId, points };
};

const about = (kind: string, id: string | undefined): readonly Sight[] =>
  id === undefined ? [] : [{ tags: [tag(kind, id)] }];

// --- commands

const holdEvaluation = command({
  name: 'hold-evaluation',
  path: 'evaluations',
  summary: 'Legt een evaluatie vast, met het financiële voorstel erbij',
  body: EvaluationHeld.schema,
  creates: 'evaluationId',
  sees: (body) => [
    ...about('evaluation', body.evaluationId),
    ...about('lump-sum', body.lumpSumId),
    r17.sees,
  ],
  decide: (body, books, context) => {
    const { evaluationId, lumpSumId } = body;
    if (books.evaluations.byId.has(evaluationId))
      return refuse('already-exists', `Evaluatie ${evaluationId} bestaat al.`);
    if (body.until !== undefined && body.until <= body.from)
      return refuse('contradiction', 'De periode eindigt voor zij begint.');
    const proposal = books.lumpSums.byId.get(lumpSumId ?? '');
    if (lumpSumId !== undefined && proposal === undefined)
      return refuse('unknown-reference', `Lumpsum ${lumpSumId} is onbekend.`);
    const event = propose(context, 'EvaluationHeld', body);
    const breaches = proposalBreaches(books, body, context.validFrom.latest);
    return judge(books, context, breaches, [event], [tag('evaluation', evaluationId)]);
  },
});

const setActionPoint = command({
  name: 'set-action-point',
  path: 'action-points',
  summary: 'Legt een actiepunt vast, zo nodig bij een evaluatie',
  body: ActionPointSet.schema,
  creates: 'actionPointId',
  sees: (body) => [
    ...about('action-point', body.actionPointId),
    ...about('evaluation', body.evaluationId),
  ],
  decide: (body, books, context) => {
    const { actionPointId, evaluationId, from, until } = body;
    if (books.evaluations.points.has(actionPointId))
      return refuse('already-exists', `Actiepunt ${actionPointId} bestaat al.`);
    if (from !== undefined && until !== undefined && until <= from)
      return refuse('contradiction', 'De periode eindigt voor zij begint.');
    const evaluation = books.evaluations.byId.get(evaluationId ?? '');
    if (evaluationId !== undefined && evaluation === undefined)
      return refuse('unknown-reference', `Evaluatie ${evaluationId} is onbekend.`);
    const restsOn = evaluation === undefined ? [] : [evaluation.id];
    return accept(propose(context, 'ActionPointSet', body, { restsOn }));
  },
});

const reportActionPoint = command({
  name: 'report-action-point',
  path: 'action-points/{actionPointId}/_report',
  summary: 'Meldt wat er van een actiepunt kwam',
  body: ActionPointReported.schema.omit({ evaluationId: true }),
  thing: (body) => tag('action-point', body.actionPointId),
  sees: (body) => about('action-point', body.actionPointId),
  decide: (body, books, context) => {
    const found = books.evaluations.points.get(body.actionPointId);
    if (found === undefined)
      return refuse('not-found', `Actiepunt ${body.actionPointId} bestaat niet.`);
    if (certainlyBefore(context.validFrom, found.set.validFrom))
      return refuse('contradiction', 'Dit actiepunt was er toen nog niet.');
    const last = found.reports.at(-1)?.data;
    if (last?.outcome === body.outcome && last.note === body.note)
      return refuse('nothing-to-do', 'Dit is al gemeld.');
    const { evaluationId } = found.set.data;
    const data = { ...body, ...(evaluationId === undefined ? {} : { evaluationId }) };
    return accept(propose(context, 'ActionPointReported', data, { restsOn: [found.set.id] }));
  },
});

const rejectOption = command({
  name: 'reject-option',
  path: 'options',
  summary: 'Legt vast wat is besproken en niet is gekozen, en waarom',
  body: OptionRejected.schema,
  creates: 'optionId',
  sees: (body) => about('option', body.optionId),
  decide: (body, books, context) =>
    books.events.length > 0
      ? refuse('already-exists', `Mogelijkheid ${body.optionId} bestaat al.`)
      : accept(propose(context, 'OptionRejected', body)),
});

export const evaluationCommands = [holdEvaluation, setActionPoint, reportActionPoint, rejectOption];
