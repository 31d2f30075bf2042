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

type End = Pick<Member, 'until' | 'mergedInto'>;

/** Who left or went up in another, and when; also of whom that it took part was taken back. */
const endsOf = (events: readonly Entry[]): ReadonlyMap<string, End> => {
  const ends = new Map<string, End>();
  for (const e of events) {
    const until = e.validFrom.latest;
    if (e.type === 'MemberLeft') ends.set(e.data.municipality, { until });
    else if (e.type === 'MunicipalitiesMerged')
      for (const code of e.data.predecessors)
        ends.set(code, { until, mergedInto: e.data.successor });
  }
  return ends;
};

export const membersOf = (events: readonly Entry[]): Members => {
  const ends = endsOf(events);
  const members = new Map<string, Member>();
  for (const e of events) {
    if (e.type !== 'MemberJoined' && e.type !== 'MunicipalitiesMerged') continue;
    const { name } = e.data;
    const municipality = e.type === 'MemberJoined' ? e.data.municipality : e.data.successor;
    const predecessors = e.type === 'MemberJoined' ? [] : e.data.predecessors;
    const from = e.validFrom.latest;
    const end = ends.get(municipality);
    members.set(municipality, { municipality, name, from, ...end, predecessors, event: e });
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

// --- checks

/** That somebody takes part is recorded anew, from after the day on which that was over. */
const afterItsEnd = (events: readonly Entry[], municipality: string, from: string) => {
  const until = endsOf(events).get(municipality)?.until;
  return until !== undefined && until <= from
    ? refuse('contradiction', `${municipality} neemt per ${until} al niet meer deel.`)
    : undefined;
};

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
    return (
      afterItsEnd(books.events, body.municipality, context.validFrom.latest) ??
      accept(propose(context, 'MemberJoined', body))
    );
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
    const ended = afterItsEnd(books.events, body.successor, at);
    if (ended) return ended;
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
