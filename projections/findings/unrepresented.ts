/** A member has no seat in a body in which all members must have one (R1; DOMAIN §6, criterion 1). */
import type { BodyKind } from '../../events/bodies.ts';
import { tag } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { representation, representedIn } from '../bodies/representation.ts';
import { fact, valueOf } from '../core.ts';
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
  apply: (entry, look) => [
    ...representation(entry, look),
    ...(entry.type === 'BodyEstablished' && ofAllMembers.has(entry.data.kind)
      ? [fact(entry, entry.data.bodyId, 'kind', entry.data.kind)]
      : []),
  ],
  assemble: (bodyId, facts, common) => {
    const kind = valueOf<BodyKind>(facts, 'kind');
    if (kind === undefined) return undefined;
    const found = representedIn(kind, common).find((body) => body.bodyId === bodyId);
    if (found === undefined || found.missing.length === 0) return undefined;
    const { name, missing, from } = found;
    const lapsed = from.filter((f) => f.attribute.startsWith('seat:') && f.value === null);
    const first = from.find((f) => f.attribute === `member:${missing[0]!}`)!;
    return {
      description: `In ${name} is geen zetel vastgelegd voor: ${missing.join(', ')}.`,
      since: [facts[0]!, first, ...lapsed].map((f) => f.from).reduce(laterOf),
      about: [tag('body', bodyId), ...missing.map((code) => tag('municipality', code))],
      from: [...facts, ...from],
    };
  },
};
