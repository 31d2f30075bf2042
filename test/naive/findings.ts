/** What was found and is not settled; and what follows from the date alone. */
import { memberCodes, seatsOf } from './partnership.ts';
import { contractAt, pilots } from './pluspakket.ts';
import { type Answers, happened, type Seen, unique } from './seen.ts';

/** Recorded ones: until they are resolved, or what they were found in is taken back. */
const recorded = (seen: Seen, everything: Seen): readonly (readonly [string, unknown])[] => {
  const resolved = happened(seen, 'FindingResolved').map((e) => e.data.findingId);
  const reversed = everything.events.map((e) => e.reverses);
  return happened(seen, 'FindingRecorded')
    .filter(({ data }) => !resolved.includes(data.findingId))
    .filter(({ data }) => data.foundIn === undefined || !reversed.includes(data.foundIn))
    .map(({ data }) => [
      data.findingId,
      { kind: data.kind, severity: data.severity, rule: data.rule },
    ]);
};

/** Bodies in which every member has a seat (DOMAIN §1, §6). */
const ofAllMembers = [
  'bestuurlijk-overleg',
  'ibn-general-meeting',
  'ibn-supervisory-board',
  'ibn-board',
];

export const derivedKinds = ['contract-not-shared', 'pilot-past-limit', 'member-not-represented'];

/** What follows from facts and the date, with what each is about. */
export const derived = (seen: Seen): readonly string[] => {
  const contracts = unique(happened(seen, 'PlusContractConcluded').map((e) => e.data.contractId))
    .filter((contractId) => contractAt(seen, contractId)?.shared === false)
    .map((contractId) => `contract-not-shared contract:${contractId.toLowerCase()}`);
  const late = [...pilots(seen)].flatMap(([pilotId, pilot]) => {
    const { status, latestEnd } = pilot as { status: string; latestEnd?: string };
    return status === 'running' && latestEnd !== undefined && latestEnd <= seen.v
      ? [`pilot-past-limit pilot:${pilotId.toLowerCase()}`]
      : [];
  });
  const unseated = happened(seen, 'BodyEstablished')
    .filter((e) => ofAllMembers.includes(e.data.kind))
    .filter(({ data }) => {
      const seated = seatsOf(seen, data.bodyId).map(({ municipality }) => municipality);
      return memberCodes(seen).some((code) => !seated.includes(code));
    });
  return [
    ...contracts,
    ...late,
    ...unseated.map(({ data }) => `member-not-represented body:${data.bodyId.toLowerCase()}`),
  ].sort();
};

export const findings = (seen: Seen, everything: Seen): Answers =>
  new Map(recorded(seen, everything));
