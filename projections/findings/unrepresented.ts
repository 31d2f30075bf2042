/** A member has no seat in a body in which all members must have one (R1; DOMAIN §6, criterion 1). */
import { type BodyKind } from '../../events/bodies.ts';
import { tag } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { common as commonThing, fact, valueOf, withPrefix } from '../core.ts';
import { members } from '../members/index.ts';
import type { DerivedKind } from './derived.ts';

const ofAllMembers: ReadonlySet<BodyKind> = new Set([
  'bestuurlijk-overleg',
  'ibn-general-meeting',
  'ibn-supervisory-board',
  'ibn-board',
]);

/** The later of two moments from which something certainly holds. */
const laterOf = (a: RoughDate, b: RoughDate): RoughDate => (a.latest >= b.latest ? a : b);

export const unrepresented: DerivedKind = {
  kind: 'member-not-represented',
  apply: (entry, look) => {
    switch (entry.type) {
      case 'MemberJoined':
      case 'MunicipalitiesMerged':
      case 'MemberLeft':
        return members.apply(entry, look).map((f) => ({
          ...f,
          thing: commonThing,
          attribute: `member:${f.thing}`,
          value: f.attribute === 'end' ? null : f.thing,
        }));
      case 'BodyEstablished': {
        const { bodyId, kind, name } = entry.data;
        return ofAllMembers.has(kind) ? [fact(entry, bodyId, 'body', name)] : [];
      }
      case 'RepresentativeAppointed': {
        const { bodyId, seatId, municipality } = entry.data;
        return [fact(entry, bodyId, `seat:${seatId}`, municipality ?? null)];
      }
      case 'RepresentativeWithdrawn': {
        const { bodyId, seatId } = entry.data;
        return [fact(entry, bodyId, `seat:${seatId}`, null)];
      }
      default:
        return [];
    }
  },
  assemble: (bodyId, facts, common) => {
    const name = valueOf<string>(facts, 'body');
    if (name === undefined) return undefined;
    const seated = new Set(withPrefix(facts, 'seat:').map((seat) => seat.value));
    const present = withPrefix(common, 'member:');
    const missing = present.filter((member) => !seated.has(member.value));
    if (missing.length === 0) return undefined;
    const codes = missing.map((member) => member.value as string).sort();
    const ended = facts.filter((f) => f.attribute.startsWith('seat:') && f.value === null);
    const body = facts.find((f) => f.attribute === 'body')!;
    const since = [body, missing[0]!, ...ended].map((f) => f.from).reduce(laterOf);
    return {
      description: `In ${name} is geen zetel vastgelegd voor: ${codes.join(', ')}.`,
      since,
      about: [tag('body', bodyId), ...codes.map((code) => tag('municipality', code))],
      from: [...facts, ...common.filter((f) => f.attribute.startsWith('member:'))],
    };
  },
};
