/** Findings noted by hand, occurrences, and taking a fact back. */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag, tagsOf } from '../../events/index.ts';
import { FindingRecorded, FindingResolved, OccurrenceRecorded } from '../../events/findings.ts';
import { FactReversed } from '../../events/ledger.ts';
import { oppositesOf, seeingClosings, takingBackRefusal } from './bookkeeping.ts';
import { isPersonal } from '../../events/people.ts';
import type { Books } from './books.ts';
import { accept, command, type Context, propose, type Proposed, refuse, seeing } from './core.ts';
import { reasonBeside, textAbout } from './text-free.ts';

// --- state

interface Finding {
  readonly recorded: EntryFor<'FindingRecorded'>;
  readonly resolved?: EntryFor<'FindingResolved'>;
}
export type Findings = ReadonlyMap<string, Finding>;

export const findingsOf = (events: readonly Entry[]): Findings => {
  const findings = new Map<string, Finding>();
  for (const e of events) {
    if (e.type === 'FindingRecorded') findings.set(e.data.findingId, { recorded: e });
    else if (e.type === 'FindingResolved') {
      const found = findings.get(e.data.findingId);
      if (found) findings.set(e.data.findingId, { ...found, resolved: e });
    }
  }
  return findings;
};

const seeingFinding = (findingId: string) => ({ tags: [tag('finding', findingId)] });

export const seeingFindings = seeing(['FindingRecorded', 'FindingResolved']);

/** Settles what is open of what was found in these events: another has taken their place. */
export const settling = (
  { findings }: Books,
  context: Context,
  reason: string,
  foundIn: readonly (Entry | undefined)[],
): readonly Proposed[] => {
  const gone = new Set(foundIn.map((event) => event?.id));
  return [...findings.values()]
    .filter(
      ({ recorded: { data }, resolved }) => !resolved && data.foundIn && gone.has(data.foundIn),
    )
    .map(({ recorded: { id, data } }) =>
      propose(context, 'FindingResolved', { findingId: data.findingId, reason }, { restsOn: [id] }),
    );
};

// --- commands

const noteFinding = command({
  name: 'note-finding',
  path: 'findings',
  summary: 'Legt een bevinding vast over een bron of een feit',
  body: FindingRecorded.schema.omit({ foundIn: true }),
  creates: 'findingId',
  sees: (body) => [seeingFinding(body.findingId)],
  decide: (body, books, context) =>
    books.findings.has(body.findingId)
      ? refuse('already-exists', `Bevinding ${body.findingId} bestaat al.`)
      : (textAbout(body.about) ?? accept(propose(context, 'FindingRecorded', body))),
});

const resolveFinding = command({
  name: 'resolve-finding',
  path: 'findings/{findingId}/_resolve',
  summary: 'Legt vast dat een bevinding is opgelost',
  body: FindingResolved.schema,
  thing: (body) => tag('finding', body.findingId),
  sees: (body) => [seeingFinding(body.findingId)],
  decide: (body, books, context) => {
    const found = books.findings.get(body.findingId);
    if (found === undefined)
      return refuse('not-found', `Bevinding ${body.findingId} bestaat niet.`);
    if (found.resolved) return refuse('nothing-to-do', 'Deze bevinding is al opgelost.');
    const words =
      found.recorded.data.kind === 'person-record-with-remarks'
        ? reasonBeside(body.reason, context)
        : undefined;
    if (words !== undefined) return words;
    return accept(propose(context, 'FindingResolved', body, { restsOn: [found.recorded.id] }));
  },
});

const recordOccurrence = command({
  name: 'record-occurrence',
  path: 'occurrences',
  summary: 'Legt vast dat iets gebeurde of was gepland',
  body: OccurrenceRecorded.schema,
  creates: 'occurrenceId',
  sees: (body) => [{ tags: [tag('occurrence', body.occurrenceId)] }],
  decide: (body, books, context) =>
    books.events.length > 0
      ? refuse('already-exists', `Gebeurtenis ${body.occurrenceId} bestaat al.`)
      : (textAbout(body.about) ?? accept(propose(context, 'OccurrenceRecorded', body))),
});

const irreversible: ReadonlySet<string> = new Set([
  'LedgerOpened',
  'FactReversed',
  'LossAccepted',
  'LedgerMoved',
  'BookingYearClosed',
  'PersonErasureRequested',
  'PersonErased',
]);

const reverseFact = command({
  name: 'reverse-fact',
  path: 'events/{event}/_reverse',
  summary: 'Neemt een gebeurtenis terug, vanaf nu; wat erop rust blijft staan',
  body: FactReversed.schema.pick({ event: true, reason: true }),
  thing: (body) => tag('event', body.event),
  sees: (body) => [{ tags: [tag('event', body.event)] }, ...seeingClosings],
  decide: (body, books, context) => {
    const found = books.seen.find((e) => e.id === body.event);
    if (found === undefined) return refuse('not-found', `Gebeurtenis ${body.event} bestaat niet.`);
    if (irreversible.has(found.type))
      return refuse('contradiction', `${found.type} kan niet worden teruggenomen.`);
    if (books.seen.some((e) => e.reverses === body.event))
      return refuse('nothing-to-do', 'Deze gebeurtenis is al teruggenomen.');
    const refusal = takingBackRefusal(found, books);
    if (refusal) return { ok: false, refusal };
    const words = isPersonal(found) ? reasonBeside(body.reason, context) : undefined;
    if (words !== undefined) return words;
    const about = tagsOf(found).filter((t) => !t.startsWith('command:'));
    const data = { ...body, reversedType: found.type, about };
    return accept(
      propose({ ...context, validFrom: found.validFrom }, 'FactReversed', data, {
        reverses: found.id,
      }),
      ...oppositesOf(found, books, context, body.reason),
    );
  },
});

export const findingCommands = [noteFinding, resolveFinding, recordOccurrence, reverseFact];
