/** Execution areas and the scenario by which each works. */
import { ExecutionAreaEnded, ExecutionAreaFormed, ScenarioChosen } from '../../events/areas.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { accept, command, propose, refuse } from './core.ts';
import { isMember, seeingMembers } from './members.ts';

// --- state

interface Area {
  readonly formed: EntryFor<'ExecutionAreaFormed'>;
  readonly ended?: EntryFor<'ExecutionAreaEnded'>;
  readonly scenarios: readonly EntryFor<'ScenarioChosen'>[];
}
export type Areas = ReadonlyMap<string, Area>;

export const areasOf = (events: readonly Entry[]): Areas => {
  const areas = new Map<string, Area>();
  for (const e of events) {
    if (e.type === 'ExecutionAreaFormed') {
      areas.set(e.data.areaId, { formed: e, scenarios: [] });
    } else if (e.type === 'ExecutionAreaEnded') {
      const area = areas.get(e.data.areaId);
      if (area) areas.set(e.data.areaId, { ...area, ended: e });
    } else if (e.type === 'ScenarioChosen') {
      const area = areas.get(e.data.areaId);
      if (area) areas.set(e.data.areaId, { ...area, scenarios: [...area.scenarios, e] });
    }
  }
  return areas;
};

/** Whether an area is there and has not ended by then. */
export const areaRuns = (areas: Areas, areaId: string, date: string): boolean => {
  const area = areas.get(areaId);
  return area !== undefined && !(area.ended && area.ended.validFrom.latest <= date);
};

export const seeingArea = (areaId: string) => ({ tags: [tag('area', areaId)] });

// --- commands

const formArea = command({
  name: 'form-area',
  path: 'areas',
  summary: 'Legt een uitvoeringsgebied vast',
  body: ExecutionAreaFormed.schema,
  creates: 'areaId',
  sees: (body) => [seeingArea(body.areaId), ...seeingMembers],
  decide: (body, books, context) => {
    if (books.areas.has(body.areaId))
      return refuse('already-exists', `Gebied ${body.areaId} bestaat al.`);
    const at = context.validFrom.latest;
    const stranger = body.municipalities.find((code) => !isMember(books.members, code, at));
    if (stranger !== undefined)
      return refuse('not-a-member', `${stranger} neemt op ${at} niet deel.`);
    return accept(propose(context, 'ExecutionAreaFormed', body));
  },
});

const endArea = command({
  name: 'end-area',
  path: 'areas/{areaId}/_end',
  summary: 'Beëindigt een uitvoeringsgebied',
  body: ExecutionAreaEnded.schema,
  thing: (body) => tag('area', body.areaId),
  sees: (body) => [seeingArea(body.areaId)],
  decide: (body, books, context) => {
    const area = books.areas.get(body.areaId);
    if (area === undefined) return refuse('not-found', `Gebied ${body.areaId} bestaat niet.`);
    if (area.ended) return refuse('nothing-to-do', 'Dit gebied is al beëindigd.');
    if (context.validFrom.latest <= area.formed.validFrom.latest)
      return refuse('contradiction', 'Een gebied kan niet eindigen voordat het begon.');
    return accept(propose(context, 'ExecutionAreaEnded', body, { restsOn: [area.formed.id] }));
  },
});

const chooseScenario = command({
  name: 'choose-scenario',
  path: 'areas/{areaId}/_choose-scenario',
  summary: 'Legt vast volgens welk scenario een gebied werkt',
  body: ScenarioChosen.schema,
  thing: (body) => tag('area', body.areaId),
  sees: (body) => [seeingArea(body.areaId)],
  decide: (body, books, context) => {
    const area = books.areas.get(body.areaId);
    if (area === undefined) return refuse('not-found', `Gebied ${body.areaId} bestaat niet.`);
    if (!areaRuns(books.areas, body.areaId, context.validFrom.latest))
      return refuse('contradiction', 'Dit gebied is dan al beëindigd.');
    const last = area.scenarios.at(-1);
    if (
      last?.data.scenario === body.scenario &&
      last.data.pilot === body.pilot &&
      last.validFrom.latest <= context.validFrom.latest
    )
      return refuse('nothing-to-do', `Dit gebied werkt al volgens scenario ${body.scenario}.`);
    return accept(propose(context, 'ScenarioChosen', body, { restsOn: [area.formed.id] }));
  },
});

export const areaCommands = [formArea, endArea, chooseScenario];
