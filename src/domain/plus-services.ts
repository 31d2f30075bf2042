/** Pluspakket services: offered, given in a municipality by a provider, moved into the package. */
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  PlusServiceArranged,
  PlusServiceEnded,
  PlusServiceMoved,
  PlusServiceOffered,
} from '../../events/pluspakket.ts';
import { alreadyInPackage, r10 } from './by-rule/r10.ts';
import { moveBreaches, r16 } from './by-rule/r16.ts';
import { jointDecisionBreaches, r4 } from './by-rule/r4.ts';
import { accept, command, propose, refuse, seeing, type Sight } from './core.ts';
import { groundsOf, seeingDecision } from './decisions.ts';
import { isMergedAway, seeingMembers } from './members.ts';
import { type Breach, judge } from './rules.ts';

// --- state

type Arrangement = EntryFor<'PlusServiceArranged' | 'PlusServiceEnded'>;

interface PlusService {
  readonly offered: EntryFor<'PlusServiceOffered'>;
  /** Beginnings and endings per municipality, in the order of the log. */
  readonly arrangements: ReadonlyMap<string, readonly Arrangement[]>;
  readonly ended?: EntryFor<'PlusServiceEnded'>;
  readonly moved?: EntryFor<'PlusServiceMoved'>;
}
export type PlusServices = ReadonlyMap<string, PlusService>;

export const plusServicesOf = (events: readonly Entry[]): PlusServices => {
  const services = new Map<string, PlusService>();
  for (const e of events) {
    if (e.type === 'PlusServiceOffered') {
      services.set(e.data.serviceId, { offered: e, arrangements: new Map() });
      continue;
    }
    if (!isStep(e)) continue;
    const before = services.get(e.data.serviceId);
    if (before) services.set(e.data.serviceId, evolve(before, e));
  }
  return services;
};

type Step = Arrangement | EntryFor<'PlusServiceMoved'>;

const isStep = (e: Entry): e is Step =>
  e.type === 'PlusServiceArranged' ||
  e.type === 'PlusServiceEnded' ||
  e.type === 'PlusServiceMoved';

const evolve = (service: PlusService, e: Step): PlusService => {
  if (e.type === 'PlusServiceMoved') return { ...service, moved: e };
  const { municipality } = e.data;
  if (municipality === undefined)
    return e.type === 'PlusServiceEnded' ? { ...service, ended: e } : service;
  const before = service.arrangements.get(municipality) ?? [];
  const arrangements = new Map(service.arrangements).set(municipality, [...before, e]);
  return { ...service, arrangements };
};

/** What is arranged in a municipality on a date; the last recorded wins among equal dates. */
const arrangedAt = (
  service: PlusService,
  municipality: string,
  date: string,
): EntryFor<'PlusServiceArranged'> | undefined => {
  let found: Arrangement | undefined;
  for (const e of service.arrangements.get(municipality) ?? []) {
    if (e.validFrom.latest > date) continue;
    if (found === undefined || e.validFrom.latest >= found.validFrom.latest) found = e;
  }
  return found?.type === 'PlusServiceArranged' ? found : undefined;
};

const by = (e: Entry | undefined, date: string): boolean =>
  e !== undefined && e.validFrom.latest <= date;

/** Whether it is over everywhere by then. */
export const serviceEnded = (service: PlusService, date: string): boolean =>
  by(service.ended, date);

/** R10: a service that went into the package is no longer pluspakket. */
export const inPackageBreaches = (service: PlusService, date: string): Breach[] =>
  by(service.moved, date) ? [alreadyInPackage(service.offered.data.name, date)] : [];

export const seeingService = (serviceId: string): Sight =>
  seeing(
    ['PlusServiceOffered', 'PlusServiceArranged', 'PlusServiceEnded', 'PlusServiceMoved'],
    tag('plus-service', serviceId),
  );

const noService = (serviceId: string) =>
  refuse('not-found', `Plusdienst ${serviceId} bestaat niet.`);

const about = (serviceId: string) => [tag('plus-service', serviceId)];

// --- commands

const offerService = command({
  name: 'offer-plus-service',
  path: 'plus-services',
  summary: 'Legt een dienst uit het pluspakket vast',
  body: PlusServiceOffered.schema,
  creates: 'serviceId',
  sees: (body) => [seeingService(body.serviceId)],
  decide: (body, books, context) =>
    books.plusServices.has(body.serviceId)
      ? refuse('already-exists', `Plusdienst ${body.serviceId} bestaat al.`)
      : accept(propose(context, 'PlusServiceOffered', body)),
});

const arrangeService = command({
  name: 'arrange-plus-service',
  path: 'plus-services/{serviceId}/_arrange',
  summary: 'Legt vast wie een plusdienst in een gemeente geeft',
  body: PlusServiceArranged.schema,
  thing: (body) => tag('plus-service', body.serviceId),
  sees: (body) => [seeingService(body.serviceId), ...seeingMembers, r10.sees],
  decide: (body, books, context) => {
    const service = books.plusServices.get(body.serviceId);
    if (service === undefined) return noService(body.serviceId);
    const at = context.validFrom.latest;
    if (isMergedAway(books.members, body.municipality, at))
      return refuse('not-a-member', `${body.municipality} bestaat op ${at} niet meer.`);
    if (certainlyBefore(context.validFrom, service.offered.validFrom))
      return refuse('contradiction', 'Deze dienst werd toen nog niet aangeboden.');
    if (serviceEnded(service, at))
      return refuse('contradiction', 'Deze dienst is dan al beëindigd.');
    if (arrangedAt(service, body.municipality, at)?.data.provider === body.provider)
      return refuse('nothing-to-do', `${body.provider} geeft deze dienst daar al.`);
    const event = propose(context, 'PlusServiceArranged', body, { restsOn: [service.offered.id] });
    const breaches = inPackageBreaches(service, at);
    return judge(books, context, breaches, [event], about(body.serviceId));
  },
});

const endService = command({
  name: 'end-plus-service',
  path: 'plus-services/{serviceId}/_end',
  summary: 'Beëindigt een plusdienst, in een gemeente of overal',
  body: PlusServiceEnded.schema,
  thing: (body) => tag('plus-service', body.serviceId),
  sees: (body) => [seeingService(body.serviceId)],
  decide: (body, books, context) => {
    const service = books.plusServices.get(body.serviceId);
    if (service === undefined) return noService(body.serviceId);
    const at = context.validFrom.latest;
    if (certainlyBefore(context.validFrom, service.offered.validFrom))
      return refuse('contradiction', 'Deze dienst werd toen nog niet aangeboden.');
    if (by(service.moved, at))
      return refuse('contradiction', 'Deze dienst zit dan in het basispakket.');
    if (service.ended !== undefined) return refuse('nothing-to-do', 'Deze dienst is al beëindigd.');
    const { municipality } = body;
    const arranged = municipality === undefined ? undefined : arrangedAt(service, municipality, at);
    if (municipality !== undefined && arranged === undefined)
      return refuse('nothing-to-do', `In ${municipality} wordt deze dienst dan niet gegeven.`);
    const restsOn = [service.offered.id, ...(arranged ? [arranged.id] : [])];
    return accept(propose(context, 'PlusServiceEnded', body, { restsOn }));
  },
});

const moveService = command({
  name: 'move-plus-service',
  path: 'plus-services/{serviceId}/_move',
  summary: 'Brengt een plusdienst over naar het basispakket',
  body: PlusServiceMoved.schema,
  thing: (body) => tag('plus-service', body.serviceId),
  sees: (body) => [
    seeingService(body.serviceId),
    r4.sees,
    r16.sees,
    ...body.decisionIds.map(seeingDecision),
  ],
  decide: (body, books, context) => {
    const service = books.plusServices.get(body.serviceId);
    if (service === undefined) return noService(body.serviceId);
    const at = context.validFrom.latest;
    if (certainlyBefore(context.validFrom, service.offered.validFrom))
      return refuse('contradiction', 'Deze dienst werd toen nog niet aangeboden.');
    if (service.moved !== undefined)
      return refuse('nothing-to-do', 'Deze dienst is al overgebracht.');
    if (serviceEnded(service, at))
      return refuse('contradiction', 'Deze dienst is dan al beëindigd.');
    const unknown = body.decisionIds.find((id) => !books.decisions.has(id));
    if (unknown !== undefined)
      return refuse('unknown-reference', `Besluit ${unknown} bestaat niet.`);
    const grounds = body.decisionIds.flatMap((id) => groundsOf(books.decisions.get(id)!));
    const restsOn = [service.offered.id, ...grounds];
    const event = propose(context, 'PlusServiceMoved', body, { restsOn });
    const breaches = [
      ...jointDecisionBreaches(books, body.decisionIds, at),
      ...moveBreaches(service.offered.data),
    ];
    return judge(books, context, breaches, [event], about(body.serviceId));
  },
});

export const plusServiceCommands = [offerService, arrangeService, endService, moveService];
