/** Who takes part. A merger passes everything to the successor on its date; a member may leave. */
/** Who takes part. A merger passes everything to the successor on its date. */
import { dayBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { MemberJoined, MemberLeft, MunicipalitiesMerged } from '../../events/members.ts';
import { leavingBreaches, r19 } from './by-rule/r19.ts';
import { accept, command, propose, refuse, seeing } from './core.ts';
import { judge } from './rules.ts';

// --- state

interface Member {
  readonly municipality: string;
  readonly name: string;
  readonly from: string;
  /** First day on which it no longer is one. */
  readonly until?: string;
  /** It is no more: it went up in this one on that day. */
  readonly mergedInto?: string;
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
        if (old) members.set(code, { ...old, until: from, mergedInto: e.data.successor });
      }
      const { successor, name, predecessors } = e.data;
      members.set(successor, { municipality: successor, name, from, predecessors, event: e });
    } else if (e.type === 'MemberLeft') {
      const old = members.get(e.data.municipality);
      if (old) members.set(e.data.municipality, { ...old, until: e.validFrom.latest });
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

/** Whether a municipality that took part no longer exists on a date. */
export const isMergedAway = (members: Members, municipality: string, date: string): boolean => {
  const { mergedInto, until } = members.get(municipality) ?? {};
  return mergedInto !== undefined && until !== undefined && until <= date;
};

/** The codes of all members on a date. */
export const membersAt = (members: Members, date: string): readonly string[] =>
  [...members.keys()].filter((code) => isMember(members, code, date)).sort();

/** A member together with all that merged into it, in any number of steps. */
export const lineOf = (members: Members, municipality: string): readonly string[] => {
  const line = new Set([municipality]);
  // A set grows while it is walked; what is in it already cannot make it go round.
  for (const code of line) for (const old of members.get(code)?.predecessors ?? []) line.add(old);
  return [...line];
};

export const seeingMembers = [seeing(['MemberJoined', 'MunicipalitiesMerged', 'MemberLeft'])];

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
        return refuse('contradiction', `${code} neemt per ${member.until} al niet meer deel.`);
    }
    return accept(
      propose(context, 'MunicipalitiesMerged', body, {
        restsOn: body.predecessors.map((code) => books.members.get(code)!.event.id),
      }),
    );
  },
});

const leavePartnership = command({
  name: 'leave-partnership',
  path: 'members/{municipality}/_leave',
  summary: 'Legt vast dat een deelnemer het partnership verlaat',
  body: MemberLeft.schema,
  thing: (body) => tag('municipality', body.municipality),
  sees: () => [...seeingMembers, r19.sees],
  decide: (body, books, context) => {
    const at = context.validFrom.latest;
    const member = books.members.get(body.municipality);
    if (member === undefined || !isMember(books.members, body.municipality, dayBefore(at)))
      return refuse('not-a-member', `${body.municipality} neemt op de dag voor ${at} niet deel.`);
    if (member.until !== undefined)
      return refuse('contradiction', `Dit spreekt tegen dat het tot ${member.until} deelneemt.`);
    const event = propose(context, 'MemberLeft', body, { restsOn: [member.event.id] });
    const about = [tag('municipality', body.municipality)];
    return judge(books, context, leavingBreaches(body), [event], about);
  },
});

export const memberCommands = [joinMember, mergeMunicipalities, leavePartnership];
