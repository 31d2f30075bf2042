/** Pilots with scenario III: started in an area, evaluated, ended (R11). */
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { PilotEnded, PilotEvaluated, PilotStarted } from '../../events/pilots.ts';
import { areaRuns, seeingArea } from './areas.ts';
import { r11, startBreaches } from './by-rule/r11.ts';
import { accept, command, propose, refuse, same, seeing } from './core.ts';
import { judge } from './rules.ts';

// --- state

interface Pilot {
  readonly started: EntryFor<'PilotStarted'>;
  readonly evaluations: readonly EntryFor<'PilotEvaluated'>[];
  readonly ended?: EntryFor<'PilotEnded'>;
}
export type Pilots = ReadonlyMap<string, Pilot>;

export const pilotsOf = (events: readonly Entry[]): Pilots => {
  const pilots = new Map<string, Pilot>();
  for (const e of events) {
    if (e.type === 'PilotStarted') {
      pilots.set(e.data.pilotId, { started: e, evaluations: [] });
    } else if (e.type === 'PilotEvaluated') {
      const pilot = pilots.get(e.data.pilotId);
      if (pilot) pilots.set(e.data.pilotId, { ...pilot, evaluations: [...pilot.evaluations, e] });
    } else if (e.type === 'PilotEnded') {
      const pilot = pilots.get(e.data.pilotId);
      if (pilot) pilots.set(e.data.pilotId, { ...pilot, ended: e });
    }
  }
  return pilots;
};

// In an area one pilot runs at a time, so a writer looks at all of them.
const seeingPilots = [seeing(['PilotStarted', 'PilotEvaluated', 'PilotEnded'])];

const noPilot = (pilotId: string) => refuse('not-found', `Pilot ${pilotId} bestaat niet.`);

// --- commands

const startPilot = command({
  name: 'start-pilot',
  path: 'pilots',
  summary: 'Legt vast dat in een gebied een pilot met scenario III begint',
  body: PilotStarted.schema,
  creates: 'pilotId',
  sees: (body) => [...seeingPilots, seeingArea(body.areaId), r11.sees],
  decide: (body, books, context) => {
    if (books.pilots.has(body.pilotId))
      return refuse('already-exists', `Pilot ${body.pilotId} bestaat al.`);
    const area = books.areas.get(body.areaId);
    if (area === undefined)
      return refuse('unknown-reference', `Gebied ${body.areaId} bestaat niet.`);
    const at = context.validFrom.latest;
    if (!areaRuns(books.areas, body.areaId, at))
      return refuse('contradiction', 'Dit gebied is dan al beëindigd.');
    if (body.plannedUntil !== undefined && body.plannedUntil.latest <= at)
      return refuse('contradiction', 'Een pilot kan niet eindigen voordat zij begint.');
    const other = [...books.pilots].find(
      ([, { started, ended }]) =>
        started.data.areaId === body.areaId &&
        started.validFrom.latest <= at &&
        !(ended && ended.validFrom.latest <= at),
    );
    if (other !== undefined)
      return refuse('contradiction', `In dit gebied loopt al pilot ${other[0]}.`);
    const event = propose(context, 'PilotStarted', body, { restsOn: [area.formed.id] });
    const breaches = startBreaches(books, body, context.validFrom);
    return judge(books, context, breaches, [event], [tag('pilot', body.pilotId)]);
  },
});

const evaluatePilot = command({
  name: 'evaluate-pilot',
  path: 'pilots/{pilotId}/_evaluate',
  summary: 'Legt vast wat een pilot opleverde, teruggebracht in het bestuurlijk overleg',
  body: PilotEvaluated.schema,
  thing: (body) => tag('pilot', body.pilotId),
  sees: () => seeingPilots,
  decide: (body, books, context) => {
    const pilot = books.pilots.get(body.pilotId);
    if (pilot === undefined) return noPilot(body.pilotId);
    if (certainlyBefore(context.validFrom, pilot.started.validFrom))
      return refuse('contradiction', 'Deze pilot was toen nog niet begonnen.');
    const known = pilot.evaluations.some((e) =>
      same([e.data, e.validFrom], [body, context.validFrom]),
    );
    if (known) return refuse('nothing-to-do', 'Deze evaluatie is al vastgelegd.');
    return accept(propose(context, 'PilotEvaluated', body, { restsOn: [pilot.started.id] }));
  },
});

const endPilot = command({
  name: 'end-pilot',
  path: 'pilots/{pilotId}/_end',
  summary: 'Beëindigt een pilot, of maakt haar blijvend',
  body: PilotEnded.schema,
  thing: (body) => tag('pilot', body.pilotId),
  sees: () => seeingPilots,
  decide: (body, books, context) => {
    const pilot = books.pilots.get(body.pilotId);
    if (pilot === undefined) return noPilot(body.pilotId);
    if (pilot.ended) return refuse('nothing-to-do', 'Deze pilot is al beëindigd.');
    if (context.validFrom.latest <= pilot.started.validFrom.latest)
      return refuse('contradiction', 'Een pilot kan niet eindigen voordat zij begon.');
    return accept(propose(context, 'PilotEnded', body, { restsOn: [pilot.started.id] }));
  },
});

export const pilotCommands = [startPilot, evaluatePilot, endPilot];
