import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, id, partnership, Scenario } from '../support/scenario.ts';

describe('members', () => {
  const merge = { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] };

  test('a merger passes membership to the successor on its date', () => {
    const scenario = partnership().registered('merge-municipalities', merge, {
      on: '2022-01-01',
    });
    const seat = (municipality: string, on: string) =>
      scenario.try(
        'form-area',
        { areaId: id(`${municipality}${on}`), name: 'x', municipalities: [municipality] },
        { on },
      ).ok;
    expect(seat('gm0856', '2021-12-31')).toBe(true);
    expect(seat('gm0856', '2022-01-01')).toBe(false);
    expect(seat('gm1991', '2021-12-31')).toBe(false);
    expect(seat('gm1991', '2022-01-01')).toBe(true);
  });

  test('a merger into itself, of a stranger, of the same twice, or once more', () => {
    const scenario = partnership();
    const attempt = (more: object) => () =>
      scenario.try('merge-municipalities', { ...merge, ...more }, { on: '2022-01-01' });
    expectRefused(scenario, attempt({ predecessors: ['gm1991'] }), 'contradiction');
    expectRefused(scenario, attempt({ predecessors: ['gm9999'] }), 'not-a-member');
    expectRefused(scenario, attempt({ predecessors: ['gm0856', 'gm0856'] }), 'contradiction');
    expect(attempt({})().ok).toBe(true);
    expectRefused(scenario, attempt({ successor: 'gm1992' }), 'contradiction');
    expectRefused(scenario, attempt({}), 'already-exists');
  });
});

describe('bodies', () => {
  const bodyId = id('overleg');
  const seat = {
    bodyId,
    seatId: id('seat'),
    municipality: 'gm0828',
    office: 'portfolio-holder',
    chair: true,
  };
  const established = () =>
    partnership().given('establish-body', {
      bodyId,
      kind: 'bestuurlijk-overleg',
      name: 'Bestuurlijk overleg',
      role: 'stuurt',
    });

  test('a seat belongs to one municipality or one organisation, once', () => {
    const scenario = established();
    const attempt = (more: object) => () =>
      scenario.try('appoint-representative', { ...seat, ...more });
    expectRefused(scenario, attempt({ organisation: 'ibn' }), 'contradiction');
    expectRefused(scenario, attempt({ bodyId: id('none') }), 'not-found');
    expectRefused(scenario, attempt({ municipality: 'gm9999' }), 'not-a-member');
    expectAccepted(attempt({})(), 'RepresentativeAppointed');
    expectRefused(scenario, attempt({}), 'already-exists');
  });

  test('a seat falls vacant once, and not before it was held', () => {
    const scenario = established().given('appoint-representative', seat);
    const attempt = (on: string) => () =>
      scenario.try(
        'withdraw-representative',
        { bodyId, seatId: seat.seatId, reason: 'fusie' },
        { on },
      );
    expectRefused(scenario, attempt('2021-06-30'), 'contradiction');
    expectAccepted(attempt('2022-01-01')(), 'RepresentativeWithdrawn');
    expectRefused(scenario, attempt('2022-01-01'), 'nothing-to-do');
  });
});

describe('agreements', () => {
  const agreementId = id('covenant');
  const concluded = () =>
    new Scenario().registered('conclude-agreement', {
      agreementId,
      kind: 'covenant',
      title: 'Convenant',
      municipalities: [],
      organisations: ['ibn'],
      signedBy: [],
      runsFrom: { earliest: '2017-01-01', latest: '2017-01-01' },
      runsUntil: { earliest: '2021-01-01', latest: '2021-01-01' },
    });

  test('is extended, never shortened, and ended once', () => {
    const scenario = concluded();
    const extend = (latest: string) => () =>
      scenario.try('extend-agreement', {
        agreementId,
        runsUntil: { earliest: latest, latest },
        reason: 'pandemie',
      });
    expectRefused(scenario, extend('2020-12-31'), 'contradiction');
    expectRefused(scenario, extend('2021-01-01'), 'nothing-to-do');
    expectAccepted(extend('2021-07-01')(), 'AgreementExtended');
    const end = () => scenario.try('end-agreement', { agreementId, reason: 'opgevolgd' });
    expectAccepted(end(), 'AgreementEnded');
    expectRefused(scenario, end, 'nothing-to-do');
  });
});

describe('rules', () => {
  test('a rule by a decision must name one that is known and, when taken, in force', () => {
    const scenario = partnership();
    const rule = {
      rule: 'R18',
      title: 'Verhouding',
      summary: 'jaarlijks',
      authority: 'decision',
      decisionIds: [] as string[],
      figures: [],
    };
    const attempt =
      (more: object, on = '2021-07-01') =>
      () =>
        scenario.try('set-rule', { ...rule, ...more }, { on });
    expectRefused(scenario, attempt({}), 'contradiction');
    expectRefused(scenario, attempt({ decisionIds: [id('none')] }), 'unknown-reference');
    expectRefused(
      scenario,
      attempt({ decisionIds: [id('ground')] }, '2021-06-30'),
      'contradiction',
    );
    expectAccepted(attempt({ decisionIds: [id('ground')] })(), 'RuleSet');
    expectRefused(scenario, attempt({ decisionIds: [id('ground')] }), 'nothing-to-do');
  });
});

describe('reversal', () => {
  test('takes a fact back once; what rested on it stays', () => {
    const scenario = partnership();
    const adopted = scenario.of('DecisionAdopted')[0]!;
    const reverse = () =>
      scenario.try('reverse-fact', { event: adopted.id, reason: 'verkeerde gemeente' });
    expectAccepted(reverse(), 'FactReversed');
    expect(scenario.of('FactReversed')[0]).toMatchObject({
      reverses: adopted.id,
      validFrom: adopted.validFrom,
    });
    expectRefused(scenario, reverse, 'nothing-to-do');
  });

  test('what was taken back no longer counts for any decision', () => {
    const scenario = partnership();
    const joined = scenario.of('MemberJoined').find((e) => e.data.municipality === 'gm0828')!;
    scenario.given('reverse-fact', { event: joined.id, reason: 'vergissing' });
    expectAccepted(
      scenario.try('join-member', { municipality: 'gm0828', name: 'Oss' }),
      'MemberJoined',
    );
  });

  test('a reversal is not itself reversed', () => {
    const scenario = partnership();
    const joined = scenario.of('MemberJoined')[0]!;
    scenario.given('reverse-fact', { event: joined.id, reason: 'vergissing' });
    const reversal = scenario.of('FactReversed')[0]!;
    expectRefused(
      scenario,
      () => scenario.try('reverse-fact', { event: reversal.id, reason: 'toch wel' }),
      'contradiction',
    );
  });
});

describe('findings noted by hand', () => {
  test('are resolved once', () => {
    const findingId = id('finding');
    const scenario = new Scenario().given('note-finding', {
      findingId,
      kind: 'source-conflict',
      severity: 'note',
      description: 'Twee bronnen verschillen.',
      about: [],
      figures: [],
    });
    const resolve = () => scenario.try('resolve-finding', { findingId, reason: 'uitgezocht' });
    expectAccepted(resolve(), 'FindingResolved');
    expectRefused(scenario, resolve, 'nothing-to-do');
  });
});
