/** Pluspakket contracts (R10): on the model agreement, at cost plus a surcharge, shared. */
import { describe, expect, test } from 'vitest';
import { onDay } from '../../events/values.ts';
import { expectAccepted, expectRefused, id, partnership, setRule } from '../support/scenario.ts';

const contractId = id('contract');
const serviceId = id('lessons');
const contract = {
  contractId,
  title: 'Taallessen in Boekel',
  serviceId,
  municipalities: ['gm0755'],
  organisations: [],
  runsFrom: onDay('2022-02-01'),
  runsUntil: onDay('2023-02-01'),
  nature: 'lessen',
  size: 'twintig deelnemers',
  interimTermination: 'drie maanden',
  reporting: 'elk kwartaal',
  accountability: 'jaarverslag',
  costCents: '10000000',
  priceCents: '10300000',
  fitsPurpose: { fits: true, reasoning: 'leidt naar werk' },
};
const surcharge = (value: string) => [{ name: 'surcharge-percent', value, unit: 'percent' }];
const on = '2022-01-01';

/** R10 by an authority, with a surcharge of so many percent, and a service. */
const given = (authority = 'explanation', percent = '3') =>
  setRule(partnership(), 'R10', authority, surcharge(percent)).given('offer-plus-service', {
    serviceId,
    name: 'Taallessen',
    targetGroup: 'other-language',
  });
const concluded = (authority?: string) =>
  given(authority).given('conclude-plus-contract', contract, { on });

const without = (...terms: readonly (keyof typeof contract)[]) =>
  Object.fromEntries(Object.entries(contract).filter(([name]) => !terms.some((t) => t === name)));

test('a contract by the rule is concluded, also where the rule has force', () => {
  const scenario = given('decision');
  expectAccepted(scenario.try('conclude-plus-contract', contract, { on }), 'PlusContractConcluded');
});

const broken: readonly (readonly [string, object, string])[] = [
  ['a price that is not cost plus the surcharge', { priceCents: '10400000' }, 'price-off-rule'],
  ['no client', { municipalities: [] }, 'client-unknown'],
  [
    'no fit with the purpose of IBN',
    { fitsPurpose: { fits: false, reasoning: 'handel' } },
    'purpose-not-fitted',
  ],
];
const missing = [
  'nature',
  'size',
  'runsUntil',
  'interimTermination',
  'reporting',
  'accountability',
] as const;

describe.each([
  ...broken.map(([name, more, kind]) => [name, { ...contract, ...more }, kind] as const),
  ...missing.map((term) => [`no ${term}`, without(term), 'contract-term-missing'] as const),
  ['no cost', without('costCents'), 'price-unknown'] as const,
  ['no price', without('priceCents'), 'price-unknown'] as const,
])('R10: a contract with %s', (_name, body, kind) => {
  test('is refused when a decision gives the rule force', () => {
    const scenario = given('decision');
    const attempt = () => scenario.try('conclude-plus-contract', body, { on });
    expectRefused(scenario, attempt, 'rule', {
      rule: 'R10',
      authority: 'decision',
      decisionIds: [id('ground')],
    });
  });

  test('is a finding while the rule is an explanation, and when it is registered', () => {
    const taken = given();
    expectAccepted(
      taken.try('conclude-plus-contract', body, { on }),
      'PlusContractConcluded',
      'FindingRecorded',
    );
    expect(taken.findings()).toEqual([kind]);
    const registered = given('decision').registered('conclude-plus-contract', body, { on });
    expect(registered.findings()).toEqual([kind]);
    expect(registered.of('FindingRecorded')[0]!.data).toMatchObject({
      rule: 'R10',
      decisionId: id('ground'),
      about: [`contract:${contractId.toLowerCase()}`],
    });
  });
});

describe('R10: the price', () => {
  const price = (percent: string, costCents: string, priceCents: string) => {
    const scenario = given('explanation', percent);
    scenario.given('conclude-plus-contract', { ...contract, costCents, priceCents }, { on });
    return scenario.findings();
  };

  test('follows the figure of the rule: 4 % is right once the rule says so', () => {
    expect(price('3', '10000000', '10400000')).toEqual(['price-off-rule']);
    expect(price('4', '10000000', '10400000')).toEqual([]);
  });

  test('is rounded to the cent, halves up', () => {
    expect(price('3', '50', '52')).toEqual([]);
    expect(price('3', '50', '51')).toEqual(['price-off-rule']);
    expect(price('2.5', '99', '101')).toEqual([]);
  });

  test('the finding has the figures', () => {
    const scenario = given().given(
      'conclude-plus-contract',
      { ...contract, priceCents: '10400000' },
      { on },
    );
    expect(scenario.of('FindingRecorded')[0]!.data.figures).toEqual([
      { name: 'cost-cents', value: '10000000' },
      { name: 'price-cents', value: '10400000' },
      { name: 'surcharge-percent', value: '3' },
      { name: 'expected-cents', value: '10300000' },
      { name: 'difference-cents', value: '100000' },
    ]);
  });

  test('before the rule holds there is no figure to hold it against', () => {
    const scenario = given();
    const early = {
      ...contract,
      serviceId: undefined,
      priceCents: '1',
      runsFrom: onDay('2021-01-01'),
    };
    scenario.given('conclude-plus-contract', early, { on: '2021-01-01' });
    expect(scenario.findings()).toEqual([]);
  });
});

test('R10: whether it fits the purpose may be left unjudged; that is noted, never refused', () => {
  const scenario = given('decision');
  expectAccepted(
    scenario.try('conclude-plus-contract', without('fitsPurpose'), { on }),
    'PlusContractConcluded',
    'FindingRecorded',
  );
  expect(scenario.findings()).toEqual(['purpose-not-judged']);
});

describe('R10: what the basispakket holds is no pluspakket', () => {
  const inPackage = (authority: string) =>
    given(authority).registered('determine-package', {
      packageId: id('package'),
      until: '2023-01-01',
      tasks: [{ task: 'wsw', title: 'Wsw' }],
      size: 'x',
      intendedResults: ['x'],
      costCents: '1',
      decisionIds: [id('ground')],
    });

  test('a contract for a task of the package', () => {
    const body = { ...contract, task: 'wsw' };
    const scenario = inPackage('decision');
    const attempt = () => scenario.try('conclude-plus-contract', body, { on });
    expectRefused(scenario, attempt, 'rule', { rule: 'R10' });
    scenario.registered('conclude-plus-contract', body, { on });
    expect(scenario.findings()).toEqual(['already-in-package']);
  });

  test('a contract, or an arrangement, for a service that moved into it', () => {
    const scenario = given('decision').registered(
      'move-plus-service',
      { serviceId, decisionIds: [id('ground')] },
      { on: '2021-12-01' },
    );
    const arrangement = { serviceId, municipality: 'gm0755', provider: 'IBN' };
    const attempts = [
      () => scenario.try('conclude-plus-contract', contract, { on }),
      () => scenario.try('arrange-plus-service', arrangement, { on }),
    ];
    for (const attempt of attempts) expectRefused(scenario, attempt, 'rule', { rule: 'R10' });
    const before = { on: '2021-11-30' };
    expectAccepted(
      scenario.try('arrange-plus-service', arrangement, before),
      'PlusServiceArranged',
    );
  });
});

test('others than members may buy, but not a municipality that went up in another', () => {
  const scenario = given().registered(
    'merge-municipalities',
    { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
    { on: '2022-01-01' },
  );
  const attempt = (municipality: string, name: string) => () =>
    scenario.try(
      'conclude-plus-contract',
      { ...contract, contractId: id(name), municipalities: [municipality] },
      { on },
    );
  expectRefused(scenario, attempt('gm0856', 'uden'), 'not-a-member');
  expectAccepted(attempt('gm0797', 'stranger')(), 'PlusContractConcluded');
});

test('a contract that contradicts the ledger, or itself', () => {
  const scenario = concluded();
  const attempt = (more: object) => () =>
    scenario.try(
      'conclude-plus-contract',
      { ...contract, contractId: id('other'), ...more },
      { on },
    );
  expectRefused(scenario, attempt({ contractId }), 'already-exists');
  expectRefused(scenario, attempt({ runsUntil: onDay('2022-02-01') }), 'contradiction');
  expectRefused(scenario, attempt({ serviceId: id('none') }), 'unknown-reference');
  expectRefused(scenario, attempt({ areaId: id('none') }), 'unknown-reference');
  expectRefused(scenario, attempt({ municipalities: ['gm0828', 'gm0828'] }), 'contradiction');
});

test('for one municipality a service runs under one contract at a time', () => {
  const scenario = concluded();
  const attempt =
    (from: string, until: string, municipality = 'gm0755') =>
    () =>
      scenario.try(
        'conclude-plus-contract',
        {
          ...contract,
          contractId: id(`${from}${municipality}`),
          municipalities: [municipality],
          runsFrom: onDay(from),
          runsUntil: onDay(until),
        },
        { on },
      );
  expectRefused(scenario, attempt('2023-01-31', '2024-01-01'), 'contradiction');
  expectAccepted(attempt('2023-01-31', '2024-01-01', 'gm0828')(), 'PlusContractConcluded');
  expectAccepted(attempt('2023-02-01', '2024-01-01')(), 'PlusContractConcluded');
});

describe('a contract is amended', () => {
  const amend = (more: object) => ({ contractId, reason: 'meer deelnemers', ...more });

  test('and the new price is held against the rule again', () => {
    const scenario = concluded('decision');
    const attempt = (more: object) => () =>
      scenario.try('amend-plus-contract', amend(more), { on: '2022-03-01' });
    expectRefused(scenario, attempt({ costCents: '20000000' }), 'rule', { rule: 'R10' });
    expectAccepted(
      attempt({ costCents: '20000000', priceCents: '20600000' })(),
      'PlusContractAmended',
    );
    const unfit = { fitsPurpose: { fits: false, reasoning: 'handel' } };
    expectRefused(scenario, attempt(unfit), 'rule', { rule: 'R10' });
    expectAccepted(attempt({ size: 'veertig' })(), 'PlusContractAmended');
  });

  test('with something new, before its end, within the ledger', () => {
    const scenario = concluded();
    const attempt =
      (more: object, at = '2022-03-01') =>
      () =>
        scenario.try('amend-plus-contract', amend(more), { on: at });
    expectRefused(scenario, attempt({ contractId: id('none') }), 'not-found');
    expectRefused(scenario, attempt({ size: contract.size }), 'nothing-to-do');
    expectRefused(scenario, attempt({}), 'nothing-to-do');
    expectRefused(scenario, attempt({ runsUntil: onDay('2022-01-15') }), 'contradiction');
    expectRefused(scenario, attempt({ size: 'meer' }, '2023-02-01'), 'contradiction');
    expectRefused(scenario, attempt({ size: 'meer' }, '2021-12-31'), 'contradiction');
  });

  test('not into the time of another contract', () => {
    const scenario = concluded();
    const next = { ...contract, contractId: id('next'), runsFrom: onDay('2023-02-01') };
    scenario.given('conclude-plus-contract', { ...next, runsUntil: onDay('2024-01-01') }, { on });
    const attempt = () =>
      scenario.try('amend-plus-contract', amend({ runsUntil: onDay('2023-06-01') }), {
        on: '2022-03-01',
      });
    expectRefused(scenario, attempt, 'contradiction');
  });
});

test('a contract is shared once, and not before it was concluded', () => {
  const scenario = concluded();
  const attempt =
    (at: string, of = contractId) =>
    () =>
      scenario.try('share-plus-contract', { contractId: of }, { on: at });
  expectRefused(scenario, attempt('2022-02-01', id('none')), 'not-found');
  expectRefused(scenario, attempt('2021-12-31'), 'contradiction');
  expectAccepted(attempt('2022-02-01')(), 'PlusContractShared');
  expectRefused(scenario, attempt('2022-03-01'), 'nothing-to-do');
});

describe('a contract ends', () => {
  const end = (command: string, at: string, of = contractId) =>
    [
      `${command}-plus-contract`,
      command === 'terminate' ? { contractId: of, reason: 'x' } : { contractId: of },
      { on: at },
    ] as const;

  test('by notice, once, before its end', () => {
    const scenario = concluded('decision');
    const attempt =
      (...given: Parameters<typeof end>) =>
      () =>
        scenario.try(...end(...given));
    expectRefused(scenario, attempt('terminate', '2022-06-01', id('none')), 'not-found');
    expectRefused(scenario, attempt('terminate', '2023-02-01'), 'contradiction');
    expectRefused(scenario, attempt('terminate', '2021-12-31'), 'contradiction');
    expectAccepted(attempt('terminate', '2022-06-01')(), 'PlusContractTerminated');
    expectRefused(scenario, attempt('terminate', '2022-07-01'), 'nothing-to-do');
    expectRefused(scenario, attempt('complete', '2022-07-01'), 'contradiction');
    const again = { ...contract, contractId: id('again'), runsFrom: onDay('2022-06-01') };
    expectAccepted(scenario.try('conclude-plus-contract', again, { on }), 'PlusContractConcluded');
  });

  test('R10: notice needs that something was agreed about it', () => {
    const silent = without('interimTermination');
    const scenario = given('decision').registered('conclude-plus-contract', silent, { on });
    const attempt = () => scenario.try(...end('terminate', '2022-06-01'));
    expectRefused(scenario, attempt, 'rule', { rule: 'R10' });
    const [command, body] = end('terminate', '2022-06-01');
    scenario.registered(command, body, { on: '2022-06-01' });
    expect(scenario.findings()).toEqual(['contract-term-missing', 'termination-not-agreed']);
  });

  test('by being done, once, after it began', () => {
    const scenario = concluded();
    const attempt =
      (...given: Parameters<typeof end>) =>
      () =>
        scenario.try(...end(...given));
    expectRefused(scenario, attempt('complete', '2022-01-31'), 'contradiction');
    expectRefused(scenario, attempt('complete', '2022-01-31', id('none')), 'not-found');
    expectAccepted(attempt('complete', '2023-02-01')(), 'PlusContractCompleted');
    expectRefused(scenario, attempt('complete', '2023-02-01'), 'nothing-to-do');
    expectRefused(scenario, attempt('terminate', '2022-07-01'), 'contradiction');
  });
});
