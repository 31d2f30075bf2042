/** Previews: what commands would change, recording nothing. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/ledger/errors.ts';
import type { PreviewRequest } from '../../src/ledger/preview.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { id, stated } from '../support/scenario.ts';

const actor = { id: 'test', office: 'registrar' };
const day = (date: string) => ({ earliest: date, latest: date });
const join = (municipality: string) => ({
  command: 'join-member',
  body: { municipality, name: municipality },
  validFrom: day('2021-01-01'),
});
const proposal = (decisionId: string) => ({
  command: 'propose-decision',
  body: {
    decisionId,
    title: 'Een besluit',
    needsAdoptionBy: ['gm0001'],
    organs: ['college'],
    effectiveDate: '2021-07-01',
  },
  validFrom: day('2021-01-01'),
});

let t: TestLedger;
beforeEach(async () => {
  t = await testLedger();
  const { command, body, validFrom } = join('gm0001');
  await t.take(command, body, { validFrom });
});

const preview = (
  commands: PreviewRequest['commands'],
  more: Partial<PreviewRequest> = {},
): ReturnType<TestLedger['ledger']['preview']> =>
  t.ledger.preview({ commands, actor, validAt: '2022-01-01', ...more });

/** Everything that can be asked, and the log. */
const whole = async () => ({
  events: await t.log.read('all'),
  members: await t.ledger.ask({ question: 'members', validAt: '2022-01-01' }),
  decisions: await t.ledger.ask({ question: 'decisions', validAt: '2022-01-01' }),
  findings: await t.ledger.ask({ question: 'findings', validAt: '2022-01-01' }),
  position: t.tables.position(),
});

describe('a preview', () => {
  test('tells what would be added, by events that have no place in the ledger', async () => {
    const answer = await preview([join('gm0002')]);
    expect(answer.items).toMatchObject([
      {
        question: 'members',
        thing: 'gm0002',
        change: 'added',
        before: null,
        after: { municipality: 'gm0002', status: 'member' },
        causedBy: ['preview:1'],
      },
    ]);
    expect(answer.events).toMatchObject([{ eventId: 'preview:1', type: 'MemberJoined' }]);
    expect(answer.events[0]).not.toHaveProperty('sequence');
    expect(answer.events[0]).not.toHaveProperty('recordedAt');
    expect(answer.asOf).toMatchObject({ validAt: '2022-01-01', knownAt: 1 });
  });

  test('records nothing, and leaves every answer as it was', async () => {
    const before = await whole();
    await preview([join('gm0002'), proposal(id('d1'))]);
    expect(await whole()).toEqual(before);
    await t.take('join-member', join('gm0003').body);
    const found = await t.ledger.ask({ question: 'members' });
    expect(found.items.map((m) => m.municipality)).toEqual(['gm0001', 'gm0003']);
  });

  test('lets later commands rest on earlier ones', async () => {
    const decisionId = id('d1');
    const answer = await preview([
      proposal(decisionId),
      {
        command: 'withdraw-decision',
        body: { decisionId, reason: 'toch niet' },
        validFrom: day('2021-02-01'),
      },
    ]);
    expect(answer.items).toMatchObject([
      { thing: decisionId, causedBy: ['preview:1', 'preview:2'] },
    ]);
    expect(answer.decisions).toEqual([]);
  });

  test('names its own events also within items', async () => {
    const amount = { year: 2021, subject: 'x', amountCents: '100', approximate: false, note: 'y' };
    const answer = await preview(
      [{ command: 'state-amount', body: amount, mode: 'register', evidence: [stated] }],
      { validAt: '2999-01-01' },
    );
    expect(answer.items).toMatchObject([
      { thing: 'preview:1', after: { eventId: 'preview:1' }, causedBy: ['preview:1'] },
    ]);
  });

  test('tells only of the question asked, and always of findings', async () => {
    const note = {
      command: 'note-finding',
      body: {
        findingId: id('f1'),
        kind: 'not-in-sources',
        severity: 'note',
        description: 'x',
        about: ['municipality:gm0001'],
        figures: [],
      },
      validFrom: day('2021-01-01'),
    };
    const answer = await preview([join('gm0002'), note], { question: { question: 'decisions' } });
    expect(answer.items).toEqual([]);
    expect(answer.also).toMatchObject([
      { question: 'findings', thing: id('f1'), change: 'added', causedBy: ['preview:2'] },
    ]);
  });

  test('takes a fact back', async () => {
    const [, joined] = await t.log.read('all');
    const answer = await preview([
      { command: 'reverse-fact', body: { event: joined!.entry.id, reason: 'vergissing' } },
    ]);
    expect(answer.items).toMatchObject([
      { thing: 'gm0001', change: 'removed', after: null, causedBy: ['preview:1'] },
    ]);
  });

  test('goes by what is recorded when it is asked, again and again', async () => {
    await Promise.all([
      preview([join('gm0002')]),
      t.take('join-member', join('gm0003').body),
      preview([join('gm0004')]),
      t.take('join-member', join('gm0005').body),
    ]).then(([first, , second]) => {
      expect(first.items).toMatchObject([{ thing: 'gm0002' }]);
      expect(second.items).toMatchObject([{ thing: 'gm0004' }]);
    });
  });
});

describe('a command that would be refused', () => {
  const refusal = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem;
  };

  test('is told as recording would, with its place in the list', async () => {
    const before = await whole();
    const problem = await refusal(preview([join('gm0002'), join('gm0003'), join('gm0001')]));
    const recorded = await refusal(t.take('join-member', join('gm0001').body));
    expect(problem).toEqual({
      ...recorded,
      errors: [{ pointer: '/commands/2', detail: recorded.detail }],
    });
    expect(await whole()).toEqual(before);
  });

  test('is refused for what a command before it in the list did', async () => {
    expect(await refusal(preview([join('gm0002'), join('gm0002')]))).toMatchObject({
      code: 'refused',
      errors: [{ pointer: '/commands/1' }],
    });
  });

  test('is told field by field when it is malformed', async () => {
    const wrong = { command: 'join-member', body: { municipality: 'x' }, mode: 'register' };
    const { code, errors } = await refusal(preview([join('gm0002'), wrong]));
    expect(code).toBe('invalid');
    expect(errors!.map((e) => e.pointer)).toEqual([
      '/commands/1/body/municipality',
      '/commands/1/body/name',
      '/commands/1/evidence',
    ]);
  });
});
