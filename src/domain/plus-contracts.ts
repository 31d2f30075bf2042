/** Pluspakket contracts: concluded, amended, shared, terminated or completed (R10). */
import { certainlyBefore } from '../../events/calendar.ts';
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  PlusContractAmended,
  PlusContractCompleted,
  PlusContractConcluded,
  PlusContractShared,
  PlusContractTerminated,
} from '../../events/pluspakket.ts';
import { areaRuns, seeingArea } from './areas.ts';
import type { Books } from './books.ts';
import {
  alreadyInPackage,
  amendmentBreaches,
  contractBreaches,
  r10,
  terminationBreaches,
} from './by-rule/r10.ts';
import { accept, command, propose, refuse, type Refusal, same, seeing } from './core.ts';
import { isMergedAway, seeingMembers } from './members.ts';
import { isInPackage, seeingPackages } from './package.ts';
import { inPackageBreaches, seeingService, serviceEnded } from './plus-services.ts';
import { type Breach, judge } from './rules.ts';

// --- state

interface PlusContract {
  readonly concluded: EntryFor<'PlusContractConcluded'>;
  readonly amendments: readonly EntryFor<'PlusContractAmended'>[];
  readonly shared?: EntryFor<'PlusContractShared'>;
  readonly terminated?: EntryFor<'PlusContractTerminated'>;
  readonly completed?: EntryFor<'PlusContractCompleted'>;
}
export type PlusContracts = ReadonlyMap<string, PlusContract>;

const contractTypes = [
  'PlusContractConcluded',
  'PlusContractAmended',
  'PlusContractShared',
  'PlusContractTerminated',
  'PlusContractCompleted',
] as const satisfies readonly EntryType[];
type Step = Exclude<EntryFor<(typeof contractTypes)[number]>, EntryFor<'PlusContractConcluded'>>;

export const plusContractsOf = (events: readonly Entry[]): PlusContracts => {
  const contracts = new Map<string, PlusContract>();
  for (const e of events) {
    if (e.type === 'PlusContractConcluded') {
      contracts.set(e.data.contractId, { concluded: e, amendments: [] });
      continue;
    }
    if (!isStep(e)) continue;
    const before = contracts.get(e.data.contractId);
    if (before) contracts.set(e.data.contractId, evolve(before, e));
  }
  return contracts;
};

const isStep = (e: Entry): e is Step => (contractTypes as readonly string[]).includes(e.type);

const evolve = (contract: PlusContract, e: Step): PlusContract => {
  switch (e.type) {
    case 'PlusContractAmended':
      return { ...contract, amendments: [...contract.amendments, e] };
    case 'PlusContractShared':
      return { ...contract, shared: e };
    case 'PlusContractTerminated':
      return { ...contract, terminated: e };
    case 'PlusContractCompleted':
      return { ...contract, completed: e };
  }
};

type Conclusion = EntryFor<'PlusContractConcluded'>['data'];

/** The contract as it was concluded, with what was amended by a date; absent: ever. */
const termsOf = ({ concluded, amendments }: PlusContract, date?: string): Conclusion =>
  amendments
    .filter((e) => date === undefined || e.validFrom.latest <= date)
    .toSorted((a, b) => (a.validFrom.latest < b.validFrom.latest ? -1 : 1))
    .reduce((terms, { data }) => {
      const { reason: _reason, ...changed } = data;
      return { ...terms, ...changed };
    }, concluded.data);

/** The first day on which it does not run any more; undefined: no end is known. */
const endOf = (contract: PlusContract): string | undefined =>
  [contract.terminated?.validFrom.latest, termsOf(contract).runsUntil?.latest]
    .filter((day) => day !== undefined)
    .sort()[0];

// Two contracts for the same may not run at once, so a writer looks at all of them.
const seeingContracts = [seeing(contractTypes)];

// --- checks

const contradiction = (detail: string): Refusal => ({ code: 'contradiction', detail });

const periodRefusal = ({ runsFrom, runsUntil }: Conclusion): Refusal | undefined =>
  runsUntil !== undefined && runsUntil.latest <= runsFrom.latest
    ? contradiction('Een contract kan niet eindigen voordat het begint.')
    : undefined;

/** For one municipality a service is bought once at a time. */
const overlapRefusal = (body: Conclusion, contracts: PlusContracts): Refusal | undefined => {
  if (body.serviceId === undefined) return undefined;
  const until = body.runsUntil?.latest;
  const clash = [...contracts].find(([id, other]) => {
    const terms = termsOf(other);
    const end = endOf(other);
    return (
      id !== body.contractId &&
      terms.serviceId === body.serviceId &&
      terms.municipalities.some((code) => body.municipalities.includes(code)) &&
      (until === undefined || terms.runsFrom.latest < until) &&
      (end === undefined || body.runsFrom.latest < end)
    );
  });
  return clash && contradiction(`Voor deze dienst loopt dan al contract ${clash[0]}.`);
};

const partyRefusal = (body: Conclusion, books: Books, at: string): Refusal | undefined => {
  if (new Set(body.municipalities).size < body.municipalities.length)
    return contradiction('Een gemeente staat twee keer in de lijst.');
  const gone = body.municipalities.find((code) => isMergedAway(books.members, code, at));
  if (gone !== undefined)
    return { code: 'not-a-member', detail: `${gone} bestaat op ${at} niet meer.` };
  const { areaId, serviceId } = body;
  if (areaId !== undefined && !books.areas.has(areaId))
    return { code: 'unknown-reference', detail: `Gebied ${areaId} bestaat niet.` };
  if (areaId !== undefined && !areaRuns(books.areas, areaId, at))
    return contradiction('Dit gebied is dan al beëindigd.');
  const service = serviceId === undefined ? undefined : books.plusServices.get(serviceId);
  if (serviceId !== undefined && service === undefined)
    return { code: 'unknown-reference', detail: `Plusdienst ${serviceId} bestaat niet.` };
  if (service !== undefined && serviceEnded(service, at))
    return contradiction('Deze dienst is dan al beëindigd.');
  return undefined;
};

// --- rules

/** R10: what the basispakket holds is no pluspakket. */
const packageBreaches = ({ serviceId, task }: Conclusion, books: Books, at: string): Breach[] => {
  const service = serviceId === undefined ? undefined : books.plusServices.get(serviceId);
  return [
    ...(service === undefined ? [] : inPackageBreaches(service, at)),
    ...(task !== undefined && isInPackage(books.packages, task, at)
      ? [alreadyInPackage(`Taak ${task}`, at)]
      : []),
  ];
};

const about = (contractId: string) => [tag('contract', contractId)];

// --- commands

const concludeContract = command({
  name: 'conclude-plus-contract',
  path: 'pluspakket-contracts',
  summary: 'Legt een pluspakketcontract vast',
  body: PlusContractConcluded.schema,
  creates: 'contractId',
  sees: (body) => [
    ...seeingContracts,
    ...seeingMembers,
    ...seeingPackages,
    ...(body.serviceId === undefined ? [] : [seeingService(body.serviceId)]),
    ...(body.areaId === undefined ? [] : [seeingArea(body.areaId)]),
    r10.sees,
  ],
  decide: (body, books, context) => {
    if (books.plusContracts.has(body.contractId))
      return refuse('already-exists', `Contract ${body.contractId} bestaat al.`);
    const at = context.validFrom.latest;
    const refusal =
      periodRefusal(body) ??
      partyRefusal(body, books, at) ??
      overlapRefusal(body, books.plusContracts);
    if (refusal) return { ok: false, refusal };
    const service = books.plusServices.get(body.serviceId ?? '');
    const area = books.areas.get(body.areaId ?? '');
    const restsOn = [...(service ? [service.offered.id] : []), ...(area ? [area.formed.id] : [])];
    const event = propose(context, 'PlusContractConcluded', body, { restsOn });
    const breaches = [...contractBreaches(books, body, at), ...packageBreaches(body, books, at)];
    return judge(books, context, breaches, [event], about(body.contractId));
  },
});

/** The contract of a step that can still be taken on the date of the step. */
const running = (
  books: Books,
  contractId: string,
  context: Parameters<typeof propose>[0],
): PlusContract | Refusal => {
  const contract = books.plusContracts.get(contractId);
  if (contract === undefined)
    return { code: 'not-found', detail: `Contract ${contractId} bestaat niet.` };
  if (contract.completed) return contradiction('Dit contract is al afgerond.');
  if (certainlyBefore(context.validFrom, contract.concluded.validFrom))
    return contradiction('Dit contract was toen nog niet gesloten.');
  const end = endOf(contract);
  return end !== undefined && end <= context.validFrom.latest
    ? contradiction(`Dit contract loopt per ${end} niet meer.`)
    : contract;
};

const amendContract = command({
  name: 'amend-plus-contract',
  path: 'pluspakket-contracts/{contractId}/_amend',
  summary: 'Wijzigt afspraken in een pluspakketcontract',
  body: PlusContractAmended.schema,
  thing: (body) => tag('contract', body.contractId),
  sees: () => [...seeingContracts, r10.sees],
  decide: (body, books, context) => {
    const contract = running(books, body.contractId, context);
    if ('code' in contract) return { ok: false, refusal: contract };
    const { contractId: _id, reason: _reason, ...changed } = body;
    const at = context.validFrom.latest;
    const before: Record<string, unknown> = termsOf(contract, at);
    if (Object.entries(changed).every(([term, value]) => same(before[term], value)))
      return refuse('nothing-to-do', 'Er is niets dat wijzigt.');
    const after = { ...termsOf(contract, at), ...changed };
    const refusal = periodRefusal(after) ?? overlapRefusal(after, books.plusContracts);
    if (refusal) return { ok: false, refusal };
    const restsOn = [contract.concluded.id];
    const event = propose(context, 'PlusContractAmended', body, { restsOn });
    const breaches = amendmentBreaches(books, changed, after, at);
    return judge(books, context, breaches, [event], about(body.contractId));
  },
});

const shareContract = command({
  name: 'share-plus-contract',
  path: 'pluspakket-contracts/{contractId}/_share',
  summary: 'Legt vast dat een pluspakketcontract is gedeeld in de ambtelijke stuurgroep',
  body: PlusContractShared.schema,
  thing: (body) => tag('contract', body.contractId),
  sees: () => seeingContracts,
  decide: (body, books, context) => {
    const contract = books.plusContracts.get(body.contractId);
    if (contract === undefined)
      return refuse('not-found', `Contract ${body.contractId} bestaat niet.`);
    if (contract.shared) return refuse('nothing-to-do', 'Dit contract is al gedeeld.');
    if (certainlyBefore(context.validFrom, contract.concluded.validFrom))
      return refuse('contradiction', 'Dit contract was toen nog niet gesloten.');
    const restsOn = [contract.concluded.id];
    return accept(propose(context, 'PlusContractShared', body, { restsOn }));
  },
});

const terminateContract = command({
  name: 'terminate-plus-contract',
  path: 'pluspakket-contracts/{contractId}/_terminate',
  summary: 'Zegt een pluspakketcontract tussentijds op',
  body: PlusContractTerminated.schema,
  thing: (body) => tag('contract', body.contractId),
  sees: () => [...seeingContracts, r10.sees],
  decide: (body, books, context) => {
    if (books.plusContracts.get(body.contractId)?.terminated)
      return refuse('nothing-to-do', 'Dit contract is al opgezegd.');
    const contract = running(books, body.contractId, context);
    if ('code' in contract) return { ok: false, refusal: contract };
    const restsOn = [contract.concluded.id];
    const event = propose(context, 'PlusContractTerminated', body, { restsOn });
    const breaches = terminationBreaches(termsOf(contract, context.validFrom.latest));
    return judge(books, context, breaches, [event], about(body.contractId));
  },
});

const completeContract = command({
  name: 'complete-plus-contract',
  path: 'pluspakket-contracts/{contractId}/_complete',
  summary: 'Legt vast dat een pluspakketcontract is uitgevoerd',
  body: PlusContractCompleted.schema,
  thing: (body) => tag('contract', body.contractId),
  sees: () => seeingContracts,
  decide: (body, books, context) => {
    const contract = books.plusContracts.get(body.contractId);
    if (contract === undefined)
      return refuse('not-found', `Contract ${body.contractId} bestaat niet.`);
    if (contract.completed) return refuse('nothing-to-do', 'Dit contract is al afgerond.');
    if (contract.terminated) return refuse('contradiction', 'Dit contract is opgezegd.');
    if (certainlyBefore(context.validFrom, contract.concluded.data.runsFrom))
      return refuse('contradiction', 'Dit contract was toen nog niet begonnen.');
    const restsOn = [contract.concluded.id];
    return accept(propose(context, 'PlusContractCompleted', body, { restsOn }));
  },
});

export const plusContractCommands = [
  concludeContract,
  amendContract,
  shareContract,
  terminateContract,
  completeContract,
];
