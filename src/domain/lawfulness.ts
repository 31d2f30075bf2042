/** Awarding without a tender: shareholdings, judgements of the criteria, and who contests them. */
import { onOneScale } from '../../events/decimals.ts';
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  AttestationContested,
  CriterionAttested,
  ShareholdingRecorded,
} from '../../events/lawfulness.ts';
import { accept, command, propose, refuse, same, seeing } from './core.ts';

// --- state

interface Attestation {
  readonly attested: EntryFor<'CriterionAttested'>;
  readonly contested?: EntryFor<'AttestationContested'>;
}
type Shareholding = EntryFor<'ShareholdingRecorded'>;
export interface Lawfulness {
  readonly attestations: ReadonlyMap<string, Attestation>;
  /** Every recorded shareholding, in the order of the log. */
  readonly shareholdings: readonly Shareholding[];
}

export const lawfulnessOf = (events: readonly Entry[]): Lawfulness => {
  const attestations = new Map<string, Attestation>();
  const shareholdings: Shareholding[] = [];
  for (const e of events) {
    if (e.type === 'ShareholdingRecorded') shareholdings.push(e);
    else if (e.type === 'CriterionAttested')
      attestations.set(e.data.attestationId, { attested: e });
    else if (e.type === 'AttestationContested') {
      const found = attestations.get(e.data.attestationId);
      if (found) attestations.set(e.data.attestationId, { ...found, contested: e });
    }
  }
  return { attestations, shareholdings };
};

const holderOf = ({ data }: Pick<Shareholding, 'data'>): string | undefined =>
  data.municipality ?? data.organisation;

/** What each holder holds on a date, in percent; the last recorded wins among equal dates. */
const heldAt = (shareholdings: readonly Shareholding[], date: string) => {
  const held = new Map<string, Shareholding>();
  for (const e of shareholdings) {
    if (e.validFrom.latest > date) continue;
    const holder = holderOf(e)!;
    const before = held.get(holder);
    if (before === undefined || e.validFrom.latest >= before.validFrom.latest) held.set(holder, e);
  }
  return held;
};

// --- checks against the ledger itself

/** Events by which IBN is awarded something, each with the kind of its tag: its id is the award's. */
const awards = {
  LumpSumDetermined: 'lump-sum',
  PlusContractConcluded: 'contract',
  PilotStarted: 'pilot',
} as const satisfies Partial<Record<EntryType, string>>;

const seeingAward = (awardId: string) =>
  Object.entries(awards).map(([type, kind]) => seeing([type as EntryType], tag(kind, awardId)));
const seeingAttestation = (attestationId: string) => ({
  tags: [tag('attestation', attestationId)],
});

const sumIsOver100 = (percents: readonly string[]): boolean => {
  const [all = 0n, ...parts] = onOneScale(['100', ...percents]);
  return parts.reduce((sum, part) => sum + part, 0n) > all;
};

// --- commands

const recordShareholding = command({
  name: 'record-shareholding',
  path: 'shareholdings',
  summary: 'Legt vast welk aandeel een houder in IBN heeft, vanaf een datum',
  body: ShareholdingRecorded.schema,
  // All of them: together they are at most the whole.
  sees: () => [seeing(['ShareholdingRecorded'])],
  decide: (body, books, context) => {
    const holder = body.municipality ?? body.organisation;
    if (holder === undefined || (body.municipality && body.organisation))
      return refuse('contradiction', 'Een aandeel hoort bij één gemeente of één organisatie.');
    if (body.percent.startsWith('-'))
      return refuse('contradiction', 'Een aandeel kan niet negatief zijn.');
    if (body.municipality !== undefined && body.kind === 'private')
      return refuse('contradiction', 'Een gemeente is geen private aandeelhouder.');
    const held = heldAt(books.lawfulness.shareholdings, context.validFrom.latest);
    const before = held.get(holder);
    if (before !== undefined && same(before.data, body))
      return refuse('nothing-to-do', 'Dit aandeel is al zo vastgelegd.');
    const others = [...held].flatMap(([h, e]) => (h === holder ? [] : [e.data.percent]));
    if (sumIsOver100([...others, body.percent]))
      return refuse('contradiction', 'Samen zouden de aandelen meer dan 100 % zijn.');
    return accept(propose(context, 'ShareholdingRecorded', body));
  },
});

const attestCriterion = command({
  name: 'attest-criterion',
  path: 'attestations',
  summary: 'Legt een oordeel over een criterium voor quasi-inbesteden vast',
  body: CriterionAttested.schema,
  creates: 'attestationId',
  sees: (body) => [
    seeingAttestation(body.attestationId),
    ...(body.awardId === undefined ? [] : seeingAward(body.awardId)),
  ],
  decide: (body, books, context) => {
    if (books.lawfulness.attestations.has(body.attestationId))
      return refuse('already-exists', `Oordeel ${body.attestationId} bestaat al.`);
    const award = books.events.findLast((e) => e.type in awards);
    if (body.awardId !== undefined && award === undefined)
      return refuse('unknown-reference', `Gunning ${body.awardId} bestaat niet.`);
    if (body.evidenceHeld && context.evidence.length === 0)
      return refuse('contradiction', 'Een oordeel met bewijs noemt dat bewijs (evidence).');
    const restsOn = award === undefined ? [] : [award.id];
    return accept(propose(context, 'CriterionAttested', body, { restsOn }));
  },
});

const contestAttestation = command({
  name: 'contest-attestation',
  path: 'attestations/{attestationId}/_contest',
  summary: 'Legt vast dat een oordeel wordt betwist',
  body: AttestationContested.schema.omit({ awardId: true }),
  thing: (body) => tag('attestation', body.attestationId),
  sees: (body) => [seeingAttestation(body.attestationId)],
  decide: (body, books, context) => {
    const found = books.lawfulness.attestations.get(body.attestationId);
    if (found === undefined)
      return refuse('not-found', `Oordeel ${body.attestationId} bestaat niet.`);
    if (found.contested) return refuse('nothing-to-do', 'Dit oordeel is al betwist.');
    if (context.validFrom.latest < found.attested.validFrom.latest)
      return refuse('contradiction', 'Een oordeel kan niet worden betwist voordat het er was.');
    const { awardId } = found.attested.data;
    const data = awardId === undefined ? body : { ...body, awardId };
    const restsOn = [found.attested.id];
    return accept(propose(context, 'AttestationContested', data, { restsOn }));
  },
});

export const lawfulnessCommands = [recordShareholding, attestCriterion, contestAttestation];
