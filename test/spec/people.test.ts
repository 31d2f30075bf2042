/** Referrals, placements and circumstances: R12 – R15, and what contradicts the ledger. */
import { describe, expect, test } from 'vitest';
import {
  anna,
  beschut,
  bram,
  chosen,
  circumstance,
  farOff,
  placed,
  placement,
  ready,
  referral,
  step,
  temporary,
  withAuthority,
} from '../support/people.ts';
import {
  expectAccepted,
  expectRefused,
  id,
  inferred,
  partnership,
  personRef,
  type Scenario,
} from '../support/scenario.ts';

const lastRemarks = (scenario: Scenario) => scenario.remarks().map(({ kind }) => kind);

/**
 * A breach, by one command: taken it is refused where the rule has force; registered, or taken
 * while the rule is only an explanation, it is remarked on under seal.
 */
const breaks = (
  rule: string,
  kind: string,
  given: () => Scenario,
  name: string,
  body: Record<string, unknown>,
  on = '2022-03-01',
): void => {
  test(`${kind} is refused where ${rule} has force, naming rule, authority and decision`, () => {
    const scenario = withAuthority(given(), rule, 'decision');
    expectRefused(scenario, () => scenario.try(name, body, { on }), 'rule', {
      rule,
      authority: 'decision',
      decisionIds: [id('ground')],
    });
  });

  test(`${kind} is remarked on, under seal, when it is registered`, () => {
    const scenario = withAuthority(given(), rule, 'decision').registered(name, body, { on });
    expectRemarked(scenario, kind, rule);
  });

  test(`${kind} is remarked on, under seal, where ${rule} only explains`, () => {
    const scenario = withAuthority(given(), rule, 'explanation').given(name, body, { on });
    expectRemarked(scenario, kind, rule);
  });
};

const expectRemarked = (scenario: Scenario, kind: string, rule: string): void => {
  const setBy = scenario.of('RuleSet').findLast((e) => e.data.rule === rule)!.id;
  expect(scenario.remarks()).toEqual([{ kind, rule, ruleSetBy: setBy }]);
  const last = scenario.entries.at(-1)!;
  if (last.type !== 'FindingRecorded') {
    // That there is a remark would tell what was recorded.
    expect(last.type).not.toBe('PlacementRecorded');
    expect(last.data).toMatchObject({ outcome: 'sealed' });
    return;
  }
  const [event, finding] = scenario.entries.slice(-2);
  expect(event).toMatchObject({ type: 'PlacementRecorded', data: { outcome: 'with-remarks' } });
  expect(finding?.type === 'FindingRecorded' && finding.data).toMatchObject({
    kind: 'person-record-with-remarks',
    foundIn: event?.id,
    figures: [],
  });
  // Neither says which rule it was.
  expect(JSON.stringify([event, finding])).not.toMatch(/"R1\d"|"R23"/);
  expect([...(event?.restsOn ?? []), ...(finding?.restsOn ?? [])]).not.toContain(setBy);
};

describe('R12: demand-led, a candidate is ready for the vacancy', () => {
  const refer = (details: object) => referral({ details: { ...ready, ...details } });
  const breach = (kind: string, details: object) =>
    breaks('R12', kind, partnership, 'record-referral', refer(details));

  breach('demand-led-without-skills', { workSkills: 'insufficient' });
  breach('demand-led-with-voortraject', { voortrajectNeeded: true });
  breach('demand-led-loonwaarde', { estimatedLoonwaardePercent: '45' });
  breach('demand-led-loonwaarde', { estimatedLoonwaardePercent: undefined });
  breach('demand-led-not-soon', { canStartSoon: false });
  breach('demand-led-not-fitting', { meetsVacancy: undefined });
  breach('applied-without-vacancy', { route: 'own-application', direction: 'supply-led' });
  breaks(
    'R12',
    'demand-led-with-voortraject',
    chosen,
    'record-referral-step',
    step('referral', 'voortraject-started'),
  );

  test.each(['60', '99.5', '100'])(
    'an estimate of %s % will do, for an applicant too',
    (percent) => {
      const scenario = partnership();
      const details = { route: 'own-application', estimatedLoonwaardePercent: percent };
      expectAccepted(scenario.try('record-referral', refer(details)), 'ReferralRecorded');
      expect(scenario.remarks()).toEqual([]);
    },
  );

  test('the bounds are those of the rule in force on the date', () => {
    const scenario = partnership().registered(
      'set-rule',
      {
        rule: 'R12',
        title: 'R12',
        summary: 'R12',
        authority: 'agreement',
        decisionIds: [],
        figures: [{ name: 'loonwaarde-minimum-percent', value: '40', unit: 'percent' }],
      },
      { on: '2023-01-01' },
    );
    const attempt = (on: string) => () =>
      scenario.try('record-referral', refer({ estimatedLoonwaardePercent: '45' }), { on });
    expectRefused(scenario, attempt('2022-12-31'), 'rule', { rule: 'R12', authority: 'agreement' });
    expectAccepted(attempt('2023-01-01')(), 'ReferralRecorded');
  });

  test('supply-led, a low loonwaarde is no hindrance', () => {
    expectAccepted(
      partnership().try('record-referral', referral({ details: farOff })),
      'ReferralRecorded',
    );
  });
});

describe('R12: IBN chooses whom it places', () => {
  const place = (details: object) => placement({ details: { ...temporary, ...details } });
  const referred = (details: object) => () =>
    partnership().given('record-referral', referral({ details }), { on: '2022-01-10' });

  breaks('R12', 'placed-without-referral', partnership, 'record-placement', {
    ...placement({ referralId: undefined }),
  });
  breaks('R12', 'placed-without-choice', referred(ready), 'record-placement', placement());
  breaks(
    'R12',
    'placed-without-choice',
    () =>
      referred(ready)().given('record-referral-step', step('referral', 'declined'), {
        on: '2022-02-01',
      }),
    'record-placement',
    placement(),
  );
  breaks(
    'R12',
    'placed-without-voortraject',
    () => chosen(farOff),
    'record-placement',
    place({ direction: 'supply-led' }),
  );
  breaks(
    'R12',
    'demand-led-loonwaarde',
    () =>
      chosen().given(
        'record-referral-step',
        step('referral', 'loonwaarde-estimated', { loonwaardePercent: '45' }),
        { on: '2022-02-02' },
      ),
    'record-placement',
    placement(),
  );

  test('after the voortraject that was needed, somebody is placed', () => {
    const scenario = chosen(farOff)
      .given('record-referral-step', step('referral', 'voortraject-started'), { on: '2022-02-02' })
      .given('record-referral-step', step('referral', 'voortraject-ended'), { on: '2022-02-20' });
    const body = place({ direction: 'supply-led' });
    expectAccepted(
      scenario.try('record-placement', body, { on: '2022-03-01' }),
      'PlacementRecorded',
    );
  });
});

describe('R13: temporary first', () => {
  const structural = { ...temporary, term: 'structural' };
  const made = (outflowImpossible: boolean) =>
    step('placement', 'made-structural', { outflowImpossible });

  breaks('R13', 'structural-too-soon', chosen, 'record-placement', {
    ...placement({ details: structural }),
  });
  breaks('R13', 'structural-too-soon', placed, 'record-placement-step', made(false));

  test('structural once outflow has proved impossible, and once only', () => {
    const scenario = withAuthority(placed(), 'R13', 'decision');
    const attempt = () => scenario.try('record-placement-step', made(true), { on: '2023-03-01' });
    expectAccepted(attempt(), 'PlacementStepRecorded');
    expectRefused(scenario, attempt, 'nothing-to-do');
    expect(scenario.remarks()).toEqual([]);
  });
});

describe('R14: beschut werk', () => {
  const place = placement({ details: beschut });
  const given = (scenario: Scenario, ...all: readonly (readonly [string, string])[]): Scenario =>
    all.reduce(
      (before, [kind, on]) =>
        before.given('record-circumstance', circumstance(`${on}${kind}`, kind), { on }),
      scenario,
    );
  const granted = ['indication-granted', '2022-01-05'] as const;

  breaks('R14', 'beschut-without-indication', chosen, 'record-placement', place);
  breaks(
    'R14',
    'beschut-without-indication',
    () => given(chosen(), granted, ['indication-withdrawn', '2022-02-10']),
    'record-placement',
    place,
  );
  breaks(
    'R14',
    'beschut-while-too-ill',
    () => given(chosen(), granted, ['too-ill', '2022-02-10']),
    'record-placement',
    place,
  );

  test('with an indication, also elsewhere, and again when able', () => {
    const scenario = withAuthority(chosen(), 'R14', 'decision');
    given(scenario, granted, ['too-ill', '2022-02-10'], ['able-again', '2022-02-20']);
    const body = placement({ details: { ...beschut, employer: 'elsewhere' } });
    const outcome = scenario.try('record-placement', body, { on: '2022-03-01' });
    expectAccepted(outcome, 'PlacementRecorded');
    expect(scenario.remarks()).toEqual([]);
  });

  test('that there is no indication can be noted, so that a circumstance tells of none', () => {
    const scenario = given(partnership(), ['no-indication', '2022-01-05']);
    const indicated = given(partnership(), ['indication-granted', '2022-01-05']);
    expect(scenario.entries.at(-1)?.data).toMatchObject({ outcome: 'sealed' });
    expect(Object.keys(scenario.entries.at(-1)!.data)).toEqual(
      Object.keys(indicated.entries.at(-1)!.data),
    );
    const again = circumstance('again', 'no-indication');
    const attempt = () => indicated.try('record-circumstance', again, { on: '2022-02-01' });
    expectRefused(indicated, attempt, 'contradiction');
  });

  test('of an indication of before the rule, the transfer is open: a remark', () => {
    const scenario = given(partnership(), ['indication-granted', '2021-06-30']);
    expect(lastRemarks(scenario)).toEqual(['caseload-before-the-rule']);
  });

  test('what does not follow from what is known is refused', () => {
    const scenario = partnership();
    const attempt = (kind: string, on: string) => () =>
      scenario.try('record-circumstance', circumstance(on + kind, kind), { on });
    for (const kind of ['indication-withdrawn', 'withdrawal-advised', 'job-lost'])
      expectRefused(scenario, attempt(kind, '2022-01-05'), 'contradiction');
    expectRefused(scenario, attempt('caseload-taken-over', '2022-01-05'), 'contradiction');
    expectRefused(scenario, attempt('able-again', '2022-01-05'), 'nothing-to-do');
    given(scenario, granted, ['too-ill', '2022-02-10'], ['job-lost', '2022-02-11']);
    expectRefused(scenario, attempt('indication-granted', '2022-03-01'), 'nothing-to-do');
    expectRefused(scenario, attempt('too-ill', '2022-03-01'), 'nothing-to-do');
    given(scenario, ['withdrawal-advised', '2022-03-02'], ['caseload-taken-over', '2022-03-03']);
    expectRefused(scenario, attempt('caseload-taken-over', '2022-04-01'), 'nothing-to-do');
  });
});

describe('R15 and the law: wage-cost subsidy', () => {
  const grant = (grantedPercent: string, reimbursedPercent: string) =>
    step('placement', 'subsidy-granted', { grantedPercent, reimbursedPercent });
  const inCaseload =
    (since = '2022-01-05') =>
    () =>
      chosen()
        .given('record-circumstance', circumstance('i', 'indication-granted'), { on: since })
        .given('record-placement', placement({ details: beschut }), { on: '2022-03-01' });

  breaks('R15', 'subsidy-not-in-full', placed, 'record-placement-step', grant('50', '45'));
  breaks(
    'R15',
    'beschut-subsidy-differs',
    inCaseload(),
    'record-placement-step',
    grant('50', '50'),
  );
  breaks('R23', 'subsidy-above-maximum', placed, 'record-placement-step', grant('71', '71'));

  const accepted = (scenario: Scenario, body: Record<string, unknown>) =>
    expectAccepted(
      scenario.try('record-placement-step', body, { on: '2022-03-01' }),
      'PlacementStepRecorded',
    );

  test('as granted to the person, up to the maximum', () => {
    accepted(placed(), grant('70', '70'));
    accepted(placed(), grant('12.5', '12.5'));
  });

  test('beschut in the caseload: 70 %, whatever was granted', () => {
    accepted(inCaseload()(), grant('40', '70'));
  });

  test('an indication of before the rule is not in the caseload until it is taken over', () => {
    const scenario = partnership()
      .given('record-circumstance', circumstance('i', 'indication-granted'), { on: '2021-01-05' })
      .given('record-referral', referral(), { on: '2022-01-10' })
      .given('record-referral-step', step('referral', 'chosen'), { on: '2022-02-01' })
      .given('record-placement', placement({ details: beschut }), { on: '2022-03-01' });
    const attempt = () =>
      scenario.try('record-placement-step', grant('40', '70'), { on: '2022-05-01' });
    expectRefused(scenario, attempt, 'rule', { rule: 'R15' });
    scenario.given('record-circumstance', circumstance('t', 'caseload-taken-over'), {
      on: '2022-04-01',
    });
    expectAccepted(attempt(), 'PlacementStepRecorded');
  });

  test('the percentage is that of the rule on the date', () => {
    const scenario = inCaseload()();
    scenario.registered(
      'set-rule',
      {
        ...scenario.of('RuleSet').find((e) => e.data.rule === 'R15')!.data,
        figures: [{ name: 'beschut-subsidy-percent', value: '65', unit: 'percent' }],
      },
      { on: '2023-01-01' },
    );
    const attempt = (on: string) => () =>
      scenario.try('record-placement-step', grant('40', '65'), { on });
    expectRefused(scenario, attempt('2022-12-31'), 'rule', { rule: 'R15' });
    expectAccepted(attempt('2023-01-01')(), 'PlacementStepRecorded');
  });

  test('is granted once, and changed only after that', () => {
    const scenario = placed();
    const attempt = (kind: string) => () =>
      scenario.try(
        'record-placement-step',
        step('placement', kind, { grantedPercent: '50', reimbursedPercent: '50' }),
        { on: '2022-03-01' },
      );
    expectRefused(scenario, attempt('subsidy-changed'), 'contradiction');
    expectAccepted(attempt('subsidy-granted')(), 'PlacementStepRecorded');
    expectRefused(scenario, attempt('subsidy-granted'), 'contradiction');
    expectAccepted(attempt('subsidy-changed')(), 'PlacementStepRecorded');
  });
});

describe('what contradicts the ledger is refused, taken or registered', () => {
  const refused = (
    scenario: Scenario,
    name: string,
    body: Record<string, unknown>,
    on: string,
    code: string,
  ): void => {
    for (const mode of ['take', 'register'] as const)
      expectRefused(scenario, () => scenario.try(name, body, { on, mode }), code);
  };

  test('a referral or placement that exists, by a municipality that is no member', () => {
    const scenario = placed();
    const on = '2022-03-01';
    refused(scenario, 'record-referral', referral(), on, 'already-exists');
    refused(scenario, 'record-referral', referral({ personId: bram }), on, 'already-exists');
    refused(scenario, 'record-placement', placement(), on, 'already-exists');
    const strange = { municipality: 'gm9999' };
    const other = { referralId: id('other') };
    refused(scenario, 'record-referral', referral({ ...other, ...strange }), on, 'not-a-member');
    refused(
      scenario,
      'record-placement',
      placement({ placementId: id('x'), ...strange }),
      on,
      'not-a-member',
    );
    refused(
      scenario,
      'record-circumstance',
      { ...circumstance('c', 'too-ill'), ...strange },
      on,
      'not-a-member',
    );
  });

  test('a referral that is unknown, of somebody else, or of another municipality', () => {
    const scenario = chosen();
    const on = '2022-03-01';
    const attempt = (more: object, code: string) =>
      refused(scenario, 'record-placement', placement(more), on, code);
    attempt({ referralId: id('none') }, 'unknown-reference');
    attempt({ personId: bram }, 'unknown-reference');
    attempt({ municipality: 'gm1948' }, 'contradiction');
    const others = { ...step('referral', 'declined'), personId: bram };
    refused(scenario, 'record-referral-step', others, on, 'not-found');
    const unknown = { ...step('placement', 'outflow', { to: 'other' }) };
    refused(scenario, 'record-placement-step', unknown, on, 'not-found');
  });

  test('what a merged municipality referred, its successor may place', () => {
    const scenario = partnership()
      .given('record-referral', referral({ municipality: 'gm0856' }), { on: '2021-10-01' })
      .given('record-referral-step', step('referral', 'chosen'), { on: '2021-11-01' })
      .registered(
        'merge-municipalities',
        { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
        { on: '2022-01-01' },
      );
    const body = placement({ municipality: 'gm1991' });
    expectAccepted(
      scenario.try('record-placement', body, { on: '2022-02-01' }),
      'PlacementRecorded',
    );
  });

  test('two placements at once, also of a return', () => {
    const second = placement({ placementId: id('second') });
    const scenario = placed();
    refused(scenario, 'record-placement', second, '2022-06-01', 'contradiction');
    refused(scenario, 'record-placement', second, '2022-02-15', 'contradiction');
    scenario.given('record-placement-step', step('placement', 'outflow', { to: 'regular-work' }), {
      on: '2022-06-01',
    });
    scenario.given('record-placement', second, { on: '2022-06-01' });
    refused(
      scenario,
      'record-placement-step',
      step('placement', 'returned'),
      '2022-07-01',
      'contradiction',
    );
  });

  test('a contract for a time leaves room after it, and an extension takes it', () => {
    const until = (date: string) => ({ details: { ...temporary, until: date } });
    const scenario = chosen().given('record-placement', placement(until('2022-09-01')), {
      on: '2022-03-01',
    });
    const next = placement({ placementId: id('second'), ...until('2023-01-01') });
    refused(scenario, 'record-placement', next, '2022-08-31', 'contradiction');
    scenario.given(
      'record-placement-step',
      step('placement', 'extended', { until: '2022-10-01' }),
      {
        on: '2022-08-01',
      },
    );
    refused(scenario, 'record-placement', next, '2022-09-15', 'contradiction');
    scenario.given('record-placement', next, { on: '2022-10-01' });
  });

  test('a step before the start or after the end, an end before the start', () => {
    const scenario = placed();
    const outflow = step('placement', 'outflow', { to: 'other' });
    refused(scenario, 'record-placement-step', outflow, '2022-02-28', 'contradiction');
    refused(
      scenario,
      'record-placement',
      placement({ placementId: id('x'), details: { ...temporary, until: '2022-03-01' } }),
      '2022-03-01',
      'contradiction',
    );
    refused(
      scenario,
      'record-placement-step',
      step('placement', 'extended', { until: '2022-03-01' }),
      '2022-04-01',
      'contradiction',
    );
    refused(
      scenario,
      'record-placement-step',
      step('placement', 'returned'),
      '2022-04-01',
      'nothing-to-do',
    );
    scenario.given('record-placement-step', outflow, { on: '2022-06-01' });
    refused(scenario, 'record-placement-step', outflow, '2022-06-02', 'contradiction');
    scenario.given('record-placement-step', step('placement', 'returned'), { on: '2022-07-01' });
    scenario.given(
      'record-placement-step',
      step('placement', 'loonwaarde-measured', { loonwaardePercent: '55' }),
      { on: '2022-08-01' },
    );
  });

  test('steps of a referral out of order', () => {
    const scenario = partnership().given('record-referral', referral({ details: farOff }), {
      on: '2022-01-10',
    });
    const attempt = (kind: string, on: string, code: string) =>
      refused(scenario, 'record-referral-step', step('referral', kind), on, code);
    attempt('chosen', '2022-01-09', 'contradiction');
    attempt('voortraject-ended', '2022-02-01', 'contradiction');
    scenario.given('record-referral-step', step('referral', 'voortraject-started'), {
      on: '2022-02-01',
    });
    attempt('voortraject-started', '2022-02-02', 'nothing-to-do');
    scenario.given('record-referral-step', step('referral', 'withdrawn'), { on: '2022-03-01' });
    attempt('chosen', '2022-03-02', 'contradiction');
  });

  test('a placement before its referral', () => {
    refused(chosen(), 'record-placement', placement(), '2022-01-01', 'contradiction');
  });
});

describe('beside a person there is no free text', () => {
  const on = '2022-03-01';

  test('not in evidence, nor in a date', () => {
    const scenario = partnership();
    const attempt = (more: object) => () =>
      scenario.try('record-referral', referral(), { on, mode: 'register', ...more });
    const plain = { source: id('dossier'), basis: 'stated' } as const;
    for (const evidence of [
      inferred,
      { ...plain, source: 'Dossier van Anna' },
      { ...plain, place: 'blad 3' },
      { ...plain, learnedOn: { latest: on, wording: 'na haar verhuizing' } },
    ])
      expectRefused(scenario, attempt({ evidence: [evidence] }), 'contradiction');
    expectRefused(
      scenario,
      attempt({ evidence: [plain], on: { latest: on, wording: 'na haar ziekte' } }),
      'contradiction',
    );
    expectAccepted(attempt({ evidence: [plain] })(), 'ReferralRecorded');
  });

  test('not as the reason for taking something back', () => {
    const scenario = placed();
    const event = scenario.of('PlacementRecorded')[0]!.id;
    const attempt = (reason: string) => () => scenario.try('reverse-fact', { event, reason });
    expectRefused(scenario, attempt('Anna is ziek'), 'contradiction');
    expectAccepted(attempt('vergissing')(), 'FactReversed');
    const again = placement({ placementId: id('again') });
    expectAccepted(scenario.try('record-placement', again, { on }), 'PlacementRecorded');
  });

  test('not as a finding or an occurrence about somebody, nor to resolve one', () => {
    const scenario = chosen(farOff).registered(
      'record-placement',
      placement({ referralId: undefined }),
      { on },
    );
    const about = [`person:${personRef(anna)}`];
    const finding = { kind: 'source-conflict', severity: 'note', description: 'x', figures: [] };
    expectRefused(
      scenario,
      () => scenario.try('note-finding', { findingId: id('f'), ...finding, about }),
      'contradiction',
    );
    const occurrence = { occurrenceId: id('o'), kind: 'other', title: 'x', about };
    expectRefused(scenario, () => scenario.try('record-occurrence', occurrence), 'contradiction');
    const { findingId } = scenario.of('FindingRecorded').at(-1)!.data;
    const resolve = (reason: string) => () =>
      scenario.try('resolve-finding', { findingId, reason });
    expectRefused(scenario, resolve('Anna kan toch'), 'contradiction');
    expectAccepted(resolve('opgelost')(), 'FindingResolved');
  });

  test('and a field of one’s own does not fit', () => {
    const details = { ...ready, note: 'Anna' };
    expect(() => partnership().try('record-referral', referral({ details }))).toThrow();
    expect(() => partnership().try('record-referral', { ...referral(), name: 'Anna' })).toThrow();
  });
});
