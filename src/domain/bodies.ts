/** Bodies and their seats; a seat is held by an office, never by a name. */
import {
  BodyEstablished,
  RepresentativeAppointed,
  RepresentativeWithdrawn,
} from '../../events/bodies.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { accept, command, propose, refuse } from './core.ts';
import { isMember, seeingMembers } from './members.ts';

// --- state

interface Body {
  readonly established: EntryFor<'BodyEstablished'>;
  readonly seats: ReadonlyMap<string, Seat>;
}
interface Seat {
  readonly appointed: EntryFor<'RepresentativeAppointed'>;
  readonly withdrawn?: EntryFor<'RepresentativeWithdrawn'>;
}
export type Bodies = ReadonlyMap<string, Body>;

export const bodiesOf = (events: readonly Entry[]): Bodies => {
  const bodies = new Map<string, Body>();
  for (const e of events) {
    if (e.type === 'BodyEstablished') {
      bodies.set(e.data.bodyId, { established: e, seats: new Map() });
      continue;
    }
    if (e.type !== 'RepresentativeAppointed' && e.type !== 'RepresentativeWithdrawn') continue;
    const body = bodies.get(e.data.bodyId);
    if (body === undefined) continue;
    const seat = body.seats.get(e.data.seatId);
    const next: Seat | undefined =
      e.type === 'RepresentativeAppointed'
        ? { appointed: e }
        : seat && { appointed: seat.appointed, withdrawn: e };
    if (next) {
      bodies.set(e.data.bodyId, {
        ...body,
        seats: new Map(body.seats).set(e.data.seatId, next),
      });
    }
  }
  return bodies;
};

const seeingBody = (bodyId: string) => ({ tags: [tag('body', bodyId)] });

// --- commands

const establishBody = command({
  name: 'establish-body',
  path: 'bodies',
  creates: 'bodyId',
  summary: 'Legt een overlegorgaan vast',
  body: BodyEstablished.schema,
  sees: (body) => [seeingBody(body.bodyId)],
  decide: (body, books, context) => {
    if (books.bodies.has(body.bodyId))
      return refuse('already-exists', `Orgaan ${body.bodyId} bestaat al.`);
    return accept(propose(context, 'BodyEstablished', body));
  },
});

const appointRepresentative = command({
  name: 'appoint-representative',
  path: 'bodies/{bodyId}/_appoint',
  creates: 'seatId',
  summary: 'Geeft een functie een zetel in een orgaan',
  body: RepresentativeAppointed.schema,
  thing: (body) => tag('body', body.bodyId),
  sees: (body) => [seeingBody(body.bodyId), ...seeingMembers],
  decide: (body, books, context) => {
    const found = books.bodies.get(body.bodyId);
    if (found === undefined) return refuse('not-found', `Orgaan ${body.bodyId} bestaat niet.`);
    if (found.seats.has(body.seatId))
      return refuse('already-exists', `Zetel ${body.seatId} is al vergeven.`);
    if ((body.municipality === undefined) === (body.organisation === undefined))
      return refuse('contradiction', 'Een zetel hoort bij één gemeente of één organisatie.');
    const at = context.validFrom.latest;
    if (body.municipality !== undefined && !isMember(books.members, body.municipality, at))
      return refuse('not-a-member', `${body.municipality} neemt op ${at} niet deel.`);
    return accept(
      propose(context, 'RepresentativeAppointed', body, { restsOn: [found.established.id] }),
    );
  },
});

const withdrawRepresentative = command({
  name: 'withdraw-representative',
  path: 'bodies/{bodyId}/_withdraw',
  summary: 'Laat een zetel vervallen',
  body: RepresentativeWithdrawn.schema,
  thing: (body) => tag('body', body.bodyId),
  sees: (body) => [seeingBody(body.bodyId)],
  decide: (body, books, context) => {
    const seat = books.bodies.get(body.bodyId)?.seats.get(body.seatId);
    if (seat === undefined) return refuse('not-found', `Zetel ${body.seatId} bestaat niet.`);
    if (seat.withdrawn) return refuse('nothing-to-do', 'Deze zetel is al vervallen.');
    if (context.validFrom.latest < seat.appointed.validFrom.latest)
      return refuse('contradiction', 'Een zetel kan niet vervallen voordat zij is vergeven.');
    return accept(
      propose(context, 'RepresentativeWithdrawn', body, { restsOn: [seat.appointed.id] }),
    );
  },
});

export const bodyCommands = [establishBody, appointRepresentative, withdrawRepresentative];
