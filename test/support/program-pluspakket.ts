/** Random commands about the pluspakket, pilots and area agreements. */
import fc from 'fast-check';
import {
  type Beginning,
  type Bodies,
  code,
  codes,
  decisionId,
  reason,
  rough,
} from './program-values.ts';
import { id } from './scenario.ts';

const serviceId = fc.constantFrom('v1', 'v2').map(id);
const contractId = fc.constantFrom('c1', 'c2').map(id);
const areaId = fc.constant(id('g1'));
const pilotId = fc.constantFrom('q1', 'q2').map(id);
const areaAgreementId = fc.constant(id('h1'));
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const terms = {
  nature: some(reason),
  runsUntil: some(rough),
  interimTermination: some(reason),
  costCents: fc.constantFrom('100', '250'),
  priceCents: fc.constantFrom('103', '258', '300'),
};
export const pluspakketBodies: Bodies = {
  'offer-plus-service': fc.record({
    serviceId,
    name: reason,
    targetGroup: fc.constantFrom('general', 'other-language'),
  }),
  'arrange-plus-service': fc.record({ serviceId, municipality: code, provider: reason }),
  'end-plus-service': fc.record(
    { serviceId, municipality: code, reason },
    { requiredKeys: ['serviceId', 'reason'] },
  ),
  'move-plus-service': fc.record({
    serviceId,
    decisionIds: fc.oneof(
      fc.constant([]),
      decisionId.map((d) => [d]),
    ),
  }),
  'conclude-plus-contract': fc.record({
    contractId,
    title: reason,
    serviceId: some(serviceId),
    municipalities: fc.uniqueArray(code, { maxLength: 2 }),
    organisations: fc.constant([]),
    runsFrom: rough,
    ...terms,
  }),
  'amend-plus-contract': fc.record({ contractId, ...terms, reason }),
  'share-plus-contract': fc.record({ contractId }),
  'terminate-plus-contract': fc.record({ contractId, reason }),
  'complete-plus-contract': fc.record({ contractId }),
  'start-pilot': fc.record({
    pilotId,
    areaId,
    title: reason,
    scenario: fc.constant('III'),
    plannedUntil: some(rough),
    planDiscussedOn: some(rough),
  }),
  'evaluate-pilot': fc.record({
    pilotId,
    outcome: fc.constantFrom('continue', 'stop'),
    note: reason,
  }),
  'end-pilot': fc.record({ pilotId, how: fc.constantFrom('ended', 'made-structural'), reason }),
  'make-area-agreement': fc.record({ areaAgreementId, areaId, title: reason }),
  'note-area-agreement-conflict': fc.record({ areaAgreementId, decisionId, reasoning: reason }),
  'end-area-agreement': fc.record({ areaAgreementId, reason }),
};

/** An area with a pilot, a service, and a contract for it. */
export const pluspakketBeginning: readonly Beginning[] = [
  {
    command: 'form-area',
    body: { areaId: id('g1'), name: 'x', municipalities: codes.slice(0, 2) },
  },
  {
    command: 'offer-plus-service',
    body: { serviceId: id('v1'), name: 'x', targetGroup: 'other-language' },
  },
  {
    command: 'conclude-plus-contract',
    body: {
      contractId: id('c1'),
      title: 'x',
      serviceId: id('v1'),
      municipalities: codes.slice(0, 1),
      organisations: [],
      runsFrom: { earliest: '2021-01-01', latest: '2021-06-01' },
    },
  },
  {
    command: 'start-pilot',
    body: { pilotId: id('q1'), areaId: id('g1'), title: 'x', scenario: 'III' },
  },
];
