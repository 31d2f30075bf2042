import { describe, expect, test } from 'vitest';
import { decisionsOf, decisionStatus } from '../../src/domain/decisions.ts';
import {
  codes2021,
  decisionInForce,
  expectAccepted,
  expectRefused,
  id,
  inferred,
  partnership,
  Scenario,
} from '../support/scenario.ts';

const decisionId = id('new');
const proposal = {
  decisionId,
  title: 'Een besluit',
  needsAdoptionBy: ['gm0828', 'gm1948'],
  organs: ['college'],
  effectiveDate: '2022-01-01',
};

const proposed = () => partnership().given('propose-decision', proposal, { on: '2021-07-01' });
const advised = () =>
  proposed().given(
    'advise-decision',
    { decisionId, body: 'stuurgroep', outcome: 'positive' },
    { on: '2021-07-01' },
  );
const decided = () =>
  advised().given(
    'decide-decision',
    { decisionId, body: 'bestuurlijk-overleg' },
    { on: '2021-07-01' },
  );

describe('R1: the course of a decision', () => {
  test('proposed, advised, decided, adopted by each whose consent it needs', () => {
    const scenario = decided();
    for (const municipality of ['gm0828', 'gm1948'])
      expectAccepted(
        scenario.try(
          'adopt-decision',
          { decisionId, municipality, organ: 'college' },
          { on: '2021-10-01' },
        ),
        'DecisionAdopted',
      );
  });

  test('taking the decision before the advice is refused, with rule and decision named', () => {
    const scenario = proposed();
    expectRefused(
      scenario,
      () => scenario.try('decide-decision', { decisionId, body: 'bestuurlijk-overleg' }),
      'rule',
      { rule: 'R1', authority: 'decision', decisionIds: [id('ground')] },
    );
  });

  test('registered without advice it is recorded, with a finding', () => {
    const scenario = proposed();
    expectAccepted(
      scenario.try(
        'decide-decision',
        { decisionId, body: 'bestuurlijk-overleg' },
        { mode: 'register' },
      ),
      'DecisionDecided',
      'FindingRecorded',
    );
    expect(scenario.findings()).toContain('advice-missing');
  });

  test('before the rule holds, a broken rule is a finding only', () => {
    const scenario = new Scenario().registered(
      'join-member',
      { municipality: 'gm0828', name: 'Oss' },
      { on: '2017-01-01' },
    );
    scenario.given(
      'propose-decision',
      { ...proposal, needsAdoptionBy: ['gm0828'] },
      { on: '2021-01-01' },
    );
    expectAccepted(
      scenario.try(
        'decide-decision',
        { decisionId, body: 'bestuurlijk-overleg' },
        { on: '2021-02-01' },
      ),
      'DecisionDecided',
      'FindingRecorded',
    );
  });

  test('adopting before the decision is refused', () => {
    const scenario = advised();
    expectRefused(
      scenario,
      () =>
        scenario.try('adopt-decision', { decisionId, municipality: 'gm0828', organ: 'college' }),
      'rule',
      { rule: 'R1' },
    );
  });

  test('a stranger, or a member whose consent is not asked, cannot adopt', () => {
    const scenario = decided();
    const adopt = (municipality: string) => () =>
      scenario.try('adopt-decision', { decisionId, municipality, organ: 'college' });
    expectRefused(scenario, adopt('gm9999'), 'not-a-member');
    expectRefused(scenario, adopt('gm1721'), 'contradiction');
  });

  test('adopting twice changes nothing, and says so', () => {
    const scenario = decided().given('adopt-decision', {
      decisionId,
      municipality: 'gm0828',
      organ: 'college',
    });
    expectRefused(
      scenario,
      () =>
        scenario.try('adopt-decision', { decisionId, municipality: 'gm0828', organ: 'college' }),
      'nothing-to-do',
    );
  });

  test('a stated adoption may follow the same adoption inferred', () => {
    const scenario = partnership();
    expectAccepted(
      scenario.try(
        'adopt-decision',
        { decisionId: id('ground'), municipality: 'gm0828' },
        { mode: 'register', on: '2021-05-20' },
      ),
      'DecisionAdopted',
    );
    expectRefused(
      scenario,
      () =>
        scenario.try(
          'adopt-decision',
          { decisionId: id('ground'), municipality: 'gm0828' },
          { mode: 'register', on: '2021-05-21', evidence: [inferred] },
        ),
      'nothing-to-do',
    );
  });

  test('a successor adopts on behalf of the members that merged into it', () => {
    const scenario = decided().registered(
      'merge-municipalities',
      { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
      { on: '2022-01-01' },
    );
    scenario.given(
      'propose-decision',
      { ...proposal, decisionId: id('other'), needsAdoptionBy: ['gm1685', 'gm0856'] },
      { on: '2021-12-01' },
    );
    scenario.registered(
      'decide-decision',
      { decisionId: id('other'), body: 'bestuurlijk-overleg' },
      { on: '2021-12-15' },
    );
    scenario.given(
      'adopt-decision',
      { decisionId: id('other'), municipality: 'gm1991', organ: 'college' },
      { on: '2022-02-01' },
    );
    expect(scenario.of('DecisionAdopted').at(-1)?.data.onBehalfOf).toEqual(['gm1685', 'gm0856']);
  });

  test.each([
    ['withdraw-decision', { reason: 'niet meer nodig' }],
    ['refuse-decision', { body: 'college', municipality: 'gm0828' }],
    ['end-decision', { reason: 'klaar' }],
  ])('after %s no step may follow', (name, more) => {
    const scenario = decided().given(name, { decisionId, ...more });
    expectRefused(
      scenario,
      () =>
        scenario.try('adopt-decision', { decisionId, municipality: 'gm0828', organ: 'college' }),
      'contradiction',
    );
  });

  test('a decision cannot supersede itself, not even in a circle', () => {
    const scenario = partnership();
    for (const name of ['a', 'b', 'c']) decisionInForce(scenario, name);
    const supersede = (from: string, by: string) =>
      scenario.try('supersede-decision', { decisionId: id(from), by: id(by) });
    expectRefused(scenario, () => supersede('a', 'a'), 'contradiction');
    expectAccepted(supersede('a', 'b'), 'DecisionSuperseded');
    expectAccepted(supersede('b', 'c'), 'DecisionSuperseded');
    expectRefused(scenario, () => supersede('c', 'a'), 'contradiction');
  });

  test('each organ that is asked must adopt, and no other can', () => {
    const scenario = partnership();
    const both = { ...proposal, needsAdoptionBy: ['gm0828'], organs: ['college', 'raad'] };
    scenario
      .given('propose-decision', both)
      .given('advise-decision', { decisionId, body: 'stuurgroep', outcome: 'positive' })
      .given('decide-decision', { decisionId, body: 'bestuurlijk-overleg' });
    const adopt = (organ?: string) =>
      scenario.try('adopt-decision', {
        decisionId,
        municipality: 'gm0828',
        ...(organ === undefined ? {} : { organ }),
      });
    const status = () =>
      decisionStatus(decisionsOf(scenario.entries).get(decisionId)!, '2023-01-01');
    expectRefused(scenario, () => adopt(), 'contradiction');
    expectAccepted(adopt('college'), 'DecisionAdopted');
    expect(status()).toBe('decided');
    expectAccepted(adopt('raad'), 'DecisionAdopted');
    expect(status()).toBe('in-force');
  });

  test('what was decided or adopted is not refused any more by whoever did so', () => {
    const scenario = decided();
    const refuse = (body: string, municipality?: string) => () =>
      scenario.try('refuse-decision', {
        decisionId,
        body,
        ...(municipality === undefined ? {} : { municipality }),
      });
    expectRefused(scenario, refuse('bestuurlijk-overleg'), 'contradiction');
    expectRefused(scenario, refuse('raad', 'gm0828'), 'contradiction');
    expectRefused(scenario, refuse('college'), 'contradiction');
    scenario.given('adopt-decision', { decisionId, municipality: 'gm0828', organ: 'college' });
    expectRefused(scenario, refuse('college', 'gm0828'), 'contradiction');
    expectAccepted(refuse('college', 'gm1948')(), 'DecisionRefused');
  });

  test('only a decision in force takes the place of another', () => {
    const scenario = decided();
    const supersede = () =>
      scenario.try('supersede-decision', { decisionId: id('ground'), by: decisionId });
    expectRefused(scenario, supersede, 'rule', { rule: 'R1' });
  });

  test('the same id twice, an unknown id, a member named twice', () => {
    const scenario = proposed();
    expectRefused(scenario, () => scenario.try('propose-decision', proposal), 'already-exists');
    expectRefused(
      scenario,
      () => scenario.try('withdraw-decision', { decisionId: id('none'), reason: 'x' }),
      'not-found',
    );
    expectRefused(
      scenario,
      () =>
        scenario.try('propose-decision', {
          ...proposal,
          decisionId: id('dup'),
          needsAdoptionBy: [codes2021[0], codes2021[0]],
        }),
      'contradiction',
    );
  });
});
