/** What an execution area agrees, and where that conflicts with the bestuurlijk overleg (R20). */
import {
  AreaAgreementConflictNoted,
  AreaAgreementEnded,
  AreaAgreementMade,
} from '../../events/areas.ts';
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { areaRuns, seeingArea } from './areas.ts';
import { conflictBreaches, r20 } from './by-rule/r20.ts';
import { accept, command, propose, refuse } from './core.ts';
import { groundsOf, seeingDecision } from './decisions.ts';
import { judge } from './rules.ts';

// --- state

interface AreaAgreement {
  readonly made: EntryFor<'AreaAgreementMade'>;
  /** Decisions with which it is known to conflict. */
  readonly conflicts: ReadonlySet<string>;
  readonly ended?: EntryFor<'AreaAgreementEnded'>;
}
export type AreaAgreements = ReadonlyMap<string, AreaAgreement>;

export const areaAgreementsOf = (events: readonly Entry[]): AreaAgreements => {
  const agreements = new Map<string, AreaAgreement>();
  for (const e of events) {
    if (e.type === 'AreaAgreementMade') {
      const conflicts = new Set((e.data.conflicts ?? []).map((c) => c.decisionId));
      agreements.set(e.data.areaAgreementId, { made: e, conflicts });
    } else if (e.type === 'AreaAgreementConflictNoted') {
      const { areaAgreementId, decisionId } = e.data;
      const found = agreements.get(areaAgreementId);
      if (found)
        agreements.set(areaAgreementId, {
          ...found,
          conflicts: new Set([...found.conflicts, decisionId]),
        });
    } else if (e.type === 'AreaAgreementEnded') {
      const found = agreements.get(e.data.areaAgreementId);
      if (found) agreements.set(e.data.areaAgreementId, { ...found, ended: e });
    }
  }
  return agreements;
};

const seeingAgreement = (id: string) => ({ tags: [tag('area-agreement', id)] });

const none = (id: string) => refuse('not-found', `Gebiedsafspraak ${id} bestaat niet.`);

const about = (id: string) => [tag('area-agreement', id)];

// --- commands

const makeAgreement = command({
  name: 'make-area-agreement',
  path: 'area-agreements',
  summary: 'Legt een afspraak van een uitvoeringsgebied vast',
  body: AreaAgreementMade.schema,
  creates: 'areaAgreementId',
  sees: (body) => [
    seeingAgreement(body.areaAgreementId),
    seeingArea(body.areaId),
    r20.sees,
    ...(body.conflicts ?? []).map(({ decisionId }) => seeingDecision(decisionId)),
  ],
  decide: (body, books, context) => {
    if (books.areaAgreements.has(body.areaAgreementId))
      return refuse('already-exists', `Gebiedsafspraak ${body.areaAgreementId} bestaat al.`);
    const area = books.areas.get(body.areaId);
    if (area === undefined)
      return refuse('unknown-reference', `Gebied ${body.areaId} bestaat niet.`);
    if (!areaRuns(books.areas, body.areaId, context.validFrom.latest))
      return refuse('contradiction', 'Dit gebied is dan al beëindigd.');
    const decisionIds = (body.conflicts ?? []).map(({ decisionId }) => decisionId);
    if (new Set(decisionIds).size < decisionIds.length)
      return refuse('contradiction', 'Een besluit staat twee keer in de lijst.');
    const unknown = decisionIds.find((id) => !books.decisions.has(id));
    if (unknown !== undefined)
      return refuse('unknown-reference', `Besluit ${unknown} bestaat niet.`);
    const event = propose(context, 'AreaAgreementMade', body, { restsOn: [area.formed.id] });
    const breaches = conflictBreaches(books, body.title, decisionIds);
    return judge(books, context, breaches, [event], about(body.areaAgreementId));
  },
});

const noteConflict = command({
  name: 'note-area-agreement-conflict',
  path: 'area-agreements/{areaAgreementId}/_note-conflict',
  summary: 'Legt vast dat een gebiedsafspraak botst met het bestuurlijk overleg',
  body: AreaAgreementConflictNoted.schema,
  thing: (body) => tag('area-agreement', body.areaAgreementId),
  sees: (body) => [
    seeingAgreement(body.areaAgreementId),
    r20.sees,
    seeingDecision(body.decisionId),
  ],
  decide: (body, books, context) => {
    const found = books.areaAgreements.get(body.areaAgreementId);
    if (found === undefined) return none(body.areaAgreementId);
    const decision = books.decisions.get(body.decisionId);
    if (decision === undefined)
      return refuse('unknown-reference', `Besluit ${body.decisionId} bestaat niet.`);
    if (certainlyBefore(context.validFrom, found.made.validFrom))
      return refuse('contradiction', 'Deze afspraak was toen nog niet gemaakt.');
    if (found.conflicts.has(body.decisionId))
      return refuse('nothing-to-do', 'Deze botsing is al vastgelegd.');
    const restsOn = [found.made.id, ...groundsOf(decision)];
    const event = propose(context, 'AreaAgreementConflictNoted', body, { restsOn });
    const { title } = found.made.data;
    const breaches = conflictBreaches(books, title, [body.decisionId], { onlyFinding: true });
    return judge(books, context, breaches, [event], about(body.areaAgreementId));
  },
});

const endAgreement = command({
  name: 'end-area-agreement',
  path: 'area-agreements/{areaAgreementId}/_end',
  summary: 'Beëindigt een gebiedsafspraak',
  body: AreaAgreementEnded.schema,
  thing: (body) => tag('area-agreement', body.areaAgreementId),
  sees: (body) => [seeingAgreement(body.areaAgreementId)],
  decide: (body, books, context) => {
    const found = books.areaAgreements.get(body.areaAgreementId);
    if (found === undefined) return none(body.areaAgreementId);
    if (found.ended) return refuse('nothing-to-do', 'Deze afspraak is al beëindigd.');
    if (certainlyBefore(context.validFrom, found.made.validFrom))
      return refuse('contradiction', 'Deze afspraak was toen nog niet gemaakt.');
    return accept(propose(context, 'AreaAgreementEnded', body, { restsOn: [found.made.id] }));
  },
});

export const areaAgreementCommands = [makeAgreement, noteConflict, endAgreement];
