import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, id, partnership, setRule } from '../support/scenario.ts';

const packageId = id('first');
const tasks = [
  { task: 'wsw', title: 'Wsw' },
  { task: 'expertise', title: 'Expertise' },
];
const whole = {
  packageId,
  until: '2023-01-01',
  tasks,
  size: '200 plekken',
  intendedResults: ['uitstroom'],
  costCents: '100',
  decisionIds: [id('ground')],
};
const first = () => partnership().given('determine-package', whole);

describe('R2: the basispakket is determined for consecutive periods', () => {
  test('the first runs a year and a half, the next two years', () => {
    const scenario = first();
    expectAccepted(
      scenario.try(
        'determine-package',
        { ...whole, packageId: id('second'), until: '2025-01-01' },
        { on: '2023-01-01' },
      ),
      'PackageDetermined',
    );
  });

  test.each([
    ['too short', '2023-01-01', '2024-01-01', 'period-length'],
    ['a gap', '2023-02-01', '2025-02-01', 'period-gap'],
    ['an overlap', '2022-06-01', '2024-06-01', 'period-overlap'],
  ])('%s is refused when taken, a finding when registered', (_name, on, until, kind) => {
    const scenario = first();
    const body = { ...whole, packageId: id('second'), until };
    expectRefused(scenario, () => scenario.try('determine-package', body, { on }), 'rule', {
      rule: 'R2',
    });
    scenario.registered('determine-package', body, { on });
    expect(scenario.findings()).toContain(kind);
  });

  test.each(['0.5', '-1', '100000000000000'])(
    'a figure of %s years expects no length, and nothing breaks',
    (value) => {
      const figures = [{ name: 'period-years', value, unit: 'years' }];
      const scenario = setRule(partnership(), 'R2', 'decision', figures);
      expectAccepted(scenario.try('determine-package', whole), 'PackageDetermined');
    },
  );

  test('without size, results and costs it is refused; the sources may be silent', () => {
    const scenario = partnership();
    const { size: _s, intendedResults: _r, costCents: _c, ...bare } = whole;
    expectRefused(scenario, () => scenario.try('determine-package', bare), 'rule', {
      rule: 'R2',
    });
    scenario.registered('determine-package', bare);
    expect(scenario.findings()).toContain('package-incomplete');
  });

  test('a task twice, an end before the start, an unknown decision', () => {
    const scenario = partnership();
    const attempt = (more: object) => () =>
      scenario.try('determine-package', { ...whole, ...more });
    expectRefused(scenario, attempt({ tasks: [tasks[0], tasks[0]] }), 'contradiction');
    expectRefused(scenario, attempt({ until: '2021-06-30' }), 'contradiction');
    expectRefused(scenario, attempt({ decisionIds: [id('none')] }), 'unknown-reference');
  });
});

test('what rests on a decision needs it to be in force by then', () => {
  const scenario = partnership().given('propose-decision', {
    decisionId: id('idea'),
    title: 'idee',
    needsAdoptionBy: [],
    organs: [],
  });
  const body = { ...whole, decisionIds: [id('idea')] };
  expectRefused(scenario, () => scenario.try('determine-package', body), 'rule', { rule: 'R2' });
  scenario.registered('determine-package', body);
  expect(scenario.findings()).toContain('decision-not-in-force');
});

describe('R3, R4: an interim change', () => {
  const change = {
    packageId,
    added: [{ task: 'language', title: 'Taal' }],
    removed: [],
    decisionIds: [id('ground')],
  };

  test('needs compelling circumstances', () => {
    const scenario = first();
    expectRefused(
      scenario,
      () => scenario.try('change-package', change, { on: '2022-01-01' }),
      'rule',
      { rule: 'R3' },
    );
    expectAccepted(
      scenario.try(
        'change-package',
        { ...change, circumstances: 'pandemie' },
        { on: '2022-01-01' },
      ),
      'PackageChanged',
    );
  });

  test('without a joint decision it only warns: R4 rests on an explanation', () => {
    const scenario = first();
    expectAccepted(
      scenario.try(
        'change-package',
        { ...change, decisionIds: [], circumstances: 'pandemie' },
        { on: '2022-01-01' },
      ),
      'PackageChanged',
      'FindingRecorded',
    );
    expect(scenario.findings()).toContain('no-joint-decision');
  });

  test('once a decision gives R4 force, the same change is refused', () => {
    const scenario = first().registered(
      'set-rule',
      {
        rule: 'R4',
        title: 'R4',
        summary: 'R4',
        authority: 'decision',
        decisionIds: [id('ground')],
        figures: [],
      },
      { on: '2021-12-01' },
    );
    expectRefused(
      scenario,
      () =>
        scenario.try(
          'change-package',
          { ...change, decisionIds: [], circumstances: 'pandemie' },
          { on: '2022-01-01' },
        ),
      'rule',
      { rule: 'R4', authority: 'decision' },
    );
  });

  test('outside its period, an absent task out, a present task in', () => {
    const scenario = first();
    const attempt = (more: object, on: string) => () =>
      scenario.try('change-package', { ...change, circumstances: 'x', ...more }, { on });
    expectRefused(scenario, attempt({}, '2023-01-01'), 'contradiction');
    expectRefused(scenario, attempt({ removed: ['taal'] }, '2022-01-01'), 'contradiction');
    expectRefused(scenario, attempt({ added: [tasks[0]] }, '2022-01-01'), 'nothing-to-do');
  });
});

describe('R5: a member may leave a part unused', () => {
  test('it is noted, with the duty to keep paying; and can be resumed', () => {
    const scenario = first();
    const part = { municipality: 'gm0828', task: 'expertise' };
    expectAccepted(
      scenario.try('leave-part-unused', part, { on: '2021-09-01' }),
      'PackagePartLeftUnused',
      'FindingRecorded',
    );
    expectAccepted(scenario.try('resume-part', part, { on: '2022-01-01' }), 'PackagePartResumed');
    expectRefused(scenario, () => scenario.try('resume-part', part), 'nothing-to-do');
  });

  test('only of what is in the package, only by a member', () => {
    const scenario = first();
    const attempt = (municipality: string, task: string) => () =>
      scenario.try('leave-part-unused', { municipality, task }, { on: '2021-09-01' });
    expectRefused(scenario, attempt('gm0828', 'taal'), 'not-found');
    expectRefused(scenario, attempt('gm9999', 'wsw'), 'not-a-member');
  });
});
