/** Assignments of the bestuurlijk overleg, with their sub-assignments. */
import {
  AssignmentDelivered,
  AssignmentGiven,
  SubAssignmentReported,
} from '../../events/assignments.ts';
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { accept, command, propose, refuse, same } from './core.ts';
import { seeingDecision } from './decisions.ts';

// --- state

interface Assignment {
  readonly given: EntryFor<'AssignmentGiven'>;
  /** The last report of each sub-assignment, by its number. */
  readonly reports: ReadonlyMap<string, EntryFor<'SubAssignmentReported'>>;
  readonly delivered?: EntryFor<'AssignmentDelivered'>;
}
export type Assignments = ReadonlyMap<string, Assignment>;

export const assignmentsOf = (events: readonly Entry[]): Assignments => {
  const assignments = new Map<string, Assignment>();
  for (const e of events) {
    if (e.type === 'AssignmentGiven') {
      assignments.set(e.data.assignmentId, { given: e, reports: new Map() });
    } else if (e.type === 'SubAssignmentReported') {
      const found = assignments.get(e.data.assignmentId);
      if (found)
        assignments.set(e.data.assignmentId, {
          ...found,
          reports: new Map([...found.reports, [e.data.number, e]]),
        });
    } else if (e.type === 'AssignmentDelivered') {
      const found = assignments.get(e.data.assignmentId);
      if (found) assignments.set(e.data.assignmentId, { ...found, delivered: e });
    }
  }
  return assignments;
};

const seeingAssignment = (assignmentId: string) => ({ tags: [tag('assignment', assignmentId)] });

// --- commands

const giveAssignment = command({
  name: 'give-assignment',
  path: 'assignments',
  summary: 'Legt een bestuurlijke opdracht vast, met haar deelopdrachten en data',
  body: AssignmentGiven.schema,
  creates: 'assignmentId',
  sees: (body) => [seeingAssignment(body.assignmentId), ...body.decisionIds.map(seeingDecision)],
  decide: (body, books, context) => {
    const { assignmentId, target, latest } = body;
    if (books.assignments.has(assignmentId))
      return refuse('already-exists', `Opdracht ${assignmentId} bestaat al.`);
    if (target !== undefined && latest !== undefined && latest.latest < target.latest)
      return refuse('contradiction', 'De uiterste datum ligt voor de streefdatum.');
    const numbers = body.subAssignments.map((sub) => sub.number);
    if (new Set(numbers).size < numbers.length)
      return refuse('contradiction', 'Een deelopdracht staat twee keer in de lijst.');
    const unknown = body.decisionIds.find((id) => !books.decisions.has(id));
    if (unknown !== undefined)
      return refuse('unknown-reference', `Besluit ${unknown} bestaat niet.`);
    const restsOn = body.decisionIds.map((id) => books.decisions.get(id)!.proposed.id);
    return accept(propose(context, 'AssignmentGiven', body, { restsOn }));
  },
});

const reportSubAssignment = command({
  name: 'report-sub-assignment',
  path: 'assignments/{assignmentId}/_report-sub-assignment',
  summary: 'Meldt wat er van een deelopdracht kwam',
  body: SubAssignmentReported.schema,
  thing: (body) => tag('assignment', body.assignmentId),
  sees: (body) => [seeingAssignment(body.assignmentId)],
  decide: (body, books, context) => {
    const found = books.assignments.get(body.assignmentId);
    if (found === undefined)
      return refuse('not-found', `Opdracht ${body.assignmentId} bestaat niet.`);
    if (!found.given.data.subAssignments.some((sub) => sub.number === body.number))
      return refuse(
        'unknown-reference',
        `Deelopdracht ${body.number} hoort niet bij deze opdracht.`,
      );
    if (certainlyBefore(context.validFrom, found.given.validFrom))
      return refuse('contradiction', 'Deze opdracht was er toen nog niet.');
    const last = found.reports.get(body.number)?.data;
    if (same(last, body)) return refuse('nothing-to-do', 'Dit is al gemeld.');
    return accept(propose(context, 'SubAssignmentReported', body, { restsOn: [found.given.id] }));
  },
});

const deliverAssignment = command({
  name: 'deliver-assignment',
  path: 'assignments/{assignmentId}/_deliver',
  summary: 'Legt vast dat het eindrapport van een opdracht er is',
  body: AssignmentDelivered.schema,
  thing: (body) => tag('assignment', body.assignmentId),
  sees: (body) => [seeingAssignment(body.assignmentId)],
  decide: (body, books, context) => {
    const found = books.assignments.get(body.assignmentId);
    if (found === undefined)
      return refuse('not-found', `Opdracht ${body.assignmentId} bestaat niet.`);
    if (found.delivered) return refuse('nothing-to-do', 'Deze opdracht is al opgeleverd.');
    if (certainlyBefore(context.validFrom, found.given.validFrom))
      return refuse('contradiction', 'Deze opdracht was er toen nog niet.');
    return accept(propose(context, 'AssignmentDelivered', body, { restsOn: [found.given.id] }));
  },
});

export const assignmentCommands = [giveAssignment, reportSubAssignment, deliverAssignment];
