/** Who takes part. A merger passes everything to the successor on its date. */
import { dayBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { MemberJoined, MunicipalitiesMerged } from '../../events/members.ts';
import { accept, command, propose, refuse, seeing } from './core.ts';

// --- state

interface Member {
  readonly municipality: string;
  readonly name: string;
  readonly from: string;
  /** First day on which it no longer is one. */
  readonly until?: string;
  readonly predecessors: readonly string[];
  readonly event: EntryFor<'MemberJoined' | 'MunicipalitiesMerged'>;
}
export type Members = ReadonlyMap<string, Member>;

export const membersOf = (events: readonly Entry[]): Members => {
  const members = new Map<string, Member>();
  for (const e of events) {
    if (e.type === 'MemberJoined') {
      const { municipality, name } = e.data;
      const from = e.validFrom.latest;
      members.set(municipality, { municipality, name, from, predecessors: [], event: e });
    } else if (e.type === 'MunicipalitiesMerged') {
      const from = e.validFrom.latest;
      for (const code of e.data.predecessors) {
        const old = members.get(code);
        if (old) members.set(code, { ...old, until: from });
      }
      const { successor, name, predecessors } = e.data;
      members.set(successor, { municipality: successor, name, from, predecessors, event: e });
    }
  }
  return members;
};

export const isMember = (members: Members, municipality: string, date: string): boolean => {
  const member = members.get(municipality);
  return (
    member !== undefined &&
    member.from <= date &&
    (member.until === undefined || date < member.until)
  );
};

/** The codes of all members on a date. */
export const membersAt = (members: Members, date: string): readonly string[] =>
  [...members.keys()].filter((code) => isMember(members, code, date)).sort();

/** A member together with all that merged into it, in any number of steps. */
export const lineOf = (members: Members, municipality: string): readonly string[] => [
  municipality,
  ...(members.get(municipality)?.predecessors ?? []).flatMap((code) => lineOf(members, code)),
];

export const seeingMembers = [seeing(['MemberJoined', 'MunicipalitiesMerged'])];

// --- commands

const joinMember = command({
  name: 'join-member',
  path: 'members',
  summary: 'Legt vast dat een gemeente deelneemt',
  body: MemberJoined.schema,
  sees: () => seeingMembers,
  decide: (body, books, context) => {
    if (books.members.has(body.municipality))
      return refuse('already-exists', `${body.municipality} is al als deelnemer vastgelegd.`);
    return accept(propose(context, 'MemberJoined', body));
  },
});

const mergeMunicipalities = command({
  name: 'merge-municipalities',
  path: 'members/{successor}/_merge',
  summary: 'Legt vast dat deelnemende gemeenten opgaan in een nieuwe',
  body: MunicipalitiesMerged.schema,
  sees: () => seeingMembers,
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    if (books.members.has(body.successor))
      return refuse('already-exists', `${body.successor} is al als deelnemer vastgelegd.`);
    if (body.predecessors.includes(body.successor))
      return refuse('contradiction', 'Een gemeente kan niet in zichzelf opgaan.');
    if (new Set(body.predecessors).size < body.predecessors.length)
      return refuse('contradiction', 'Een gemeente staat twee keer in de lijst.');
    for (const code of body.predecessors) {
      const member = books.members.get(code);
      if (member === undefined || !isMember(books.members, code, dayBefore(at)))
        return refuse('not-a-member', `${code} neemt op de dag voor ${at} niet deel.`);
      if (member.until !== undefined)
        return refuse('contradiction', `${code} is per ${member.until} al opgegaan in een andere.`);
    }
    return accept(
      propose(context, 'MunicipalitiesMerged', body, {
        restsOn: body.predecessors.map((code) => books.members.get(code)!.event.id),
      }),
    );
  },
});

export const memberCommands = [joinMember, mergeMunicipalities];
