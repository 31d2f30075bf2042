/** Which members have a seat in a body on a date: facts for every question that asks so. */
import type { BodyKind } from '../../events/bodies.ts';
import type { Entry } from '../../events/index.ts';
import { common, type Fact, fact, type HeldFact, type Look, withPrefix } from '../core.ts';
import { members } from '../members/index.ts';

/** Members, bodies and seats, as facts of all things of a question. */
export const representation = (entry: Entry, look: Look): readonly Fact[] => {
  switch (entry.type) {
    case 'MemberJoined':
    case 'MunicipalitiesMerged':
    case 'MemberLeft':
      return members.apply(entry, look).map((f) => ({
        ...f,
        thing: common,
        attribute: `member:${f.thing}`,
        value: f.attribute === 'end' ? null : f.thing,
      }));
    case 'BodyEstablished': {
      const { bodyId, kind, name } = entry.data;
      return [fact(entry, common, `body:${bodyId}`, { bodyId, kind, name })];
    }
    case 'RepresentativeAppointed': {
      const { bodyId, seatId, municipality } = entry.data;
      return [fact(entry, common, `seat:${bodyId}:${seatId}`, municipality ?? null)];
    }
    case 'RepresentativeWithdrawn': {
      const { bodyId, seatId } = entry.data;
      return [fact(entry, common, `seat:${bodyId}:${seatId}`, null)];
    }
    default:
      return [];
  }
};

interface Represented {
  readonly bodyId: string;
  readonly name: string;
  /** Codes of members that have no recorded seat, in order. */
  readonly missing: readonly string[];
  /** What this rests on: the body, its seats (also lapsed ones), the members. */
  readonly from: readonly HeldFact[];
}

/** Bodies of a kind, with the members that lack a seat. */
export const representedIn = (
  kind: BodyKind,
  facts: readonly HeldFact[],
): readonly Represented[] => {
  const present = facts.filter((f) => f.attribute.startsWith('member:'));
  const codes = withPrefix(present, 'member:').map((f) => f.value as string);
  return withPrefix(facts, 'body:').flatMap((body) => {
    const { bodyId, name, ...rest } = body.value as { bodyId: string; name: string; kind: string };
    if (rest.kind !== kind) return [];
    const seats = facts.filter((f) => f.attribute.startsWith(`seat:${bodyId}:`));
    const seated = new Set(seats.map((seat) => seat.value));
    const missing = codes.filter((code) => !seated.has(code)).sort();
    return [{ bodyId, name, missing, from: [body, ...seats, ...present] }];
  });
};
