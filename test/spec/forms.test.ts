/** What people type into forms, as the bodies of commands. */
import { describe, expect, test } from 'vitest';
import { labelOf } from '../../src/ledger/labels.ts';
import { commands } from '../../src/ledger/ledger.ts';
import { amountsIn, centsIn, dateIn, decode, roughDateIn } from '../../src/web/forms/decode.ts';
import { type Field, fieldsOf } from '../../src/web/forms/schema.ts';
import { anyWord } from '../../src/web/words.ts';

const codes = new Map([
  ['oss', 'gm0828'],
  ['gm0828', 'gm0828'],
  ['boekel', 'gm0755'],
]);

const commandNamed = (name: string) => commands.find((command) => command.name === name)!;
const decoded = (name: string, typed: Readonly<Record<string, string>>) =>
  decode(fieldsOf(commandNamed(name)), (field) => typed[field], codes);

describe('dates', () => {
  test.each([
    ['1-7-2021', '2021-07-01'],
    ['1 juli 2021', '2021-07-01'],
    ['2021-07-01', '2021-07-01'],
    ['31/12/2021', '2021-12-31'],
  ])('%s is %s', (typed, date) => expect(dateIn(typed)).toBe(date));

  test('may be known roughly', () => {
    expect(roughDateIn('uiterlijk 30-6-2021')).toEqual({ latest: '2021-06-30' });
    expect(roughDateIn('tussen 1-3-2021 en 30-6-2021')).toEqual({
      earliest: '2021-03-01',
      latest: '2021-06-30',
    });
  });

  test('anything else is a flaw', () => expect(() => dateIn('morgen')).toThrow('datum'));
});

describe('amounts', () => {
  test.each([
    ['1.234,56', '123456'],
    ['€ 1234', '123400'],
    ['0', '0'],
    ['457.601,-', '45760100'],
  ])('%s is %s cents', (typed, cents) => expect(centsIn(typed)).toBe(cents));

  test.each(['1,5', '1.23', '12.34,5', '-5', 'veel'])('%s is a flaw', (typed) =>
    expect(() => centsIn(typed)).toThrow('euro'),
  );

  test('a pasted table becomes years with shares', () => {
    expect(
      amountsIn(
        'gemeente\t2025\t2026\nOss\t1.000\t2.000\nBoekel\t10,50\t\ntotaal\t1.010,50\t',
        codes,
      ),
    ).toEqual([
      {
        year: 2025,
        totalCents: '101050',
        shares: [
          { municipality: 'gm0828', amountCents: '100000', origin: 'published' },
          { municipality: 'gm0755', amountCents: '1050', origin: 'published' },
        ],
      },
      {
        year: 2026,
        shares: [{ municipality: 'gm0828', amountCents: '200000', origin: 'published' }],
      },
    ]);
  });

  test('a table without years, or of somebody who does not take part, is a flaw', () => {
    expect(() => amountsIn('Oss; 1', codes)).toThrow('begin met');
    expect(() => amountsIn('gemeente; 2025\nParijs; 1', codes)).toThrow('Parijs');
  });
});

describe('a form', () => {
  test('asks what its command asks, save the id of what it makes', () => {
    const names = fieldsOf(commandNamed('make-payment')).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['municipality', 'amountCents', 'settles.lumpSumId']),
    );
    expect(names).not.toContain('paymentId');
  });

  test('gives a body that the command takes', () => {
    const { body, flaws } = decoded('make-payment', { municipality: 'Oss', amountCents: '12,50' });
    expect(flaws).toEqual({});
    expect(body).toEqual({ municipality: 'gm0828', amountCents: '1250' });
  });

  test('tells of each field what is wrong, and keeps the others', () => {
    const { body, flaws } = decoded('make-payment', { municipality: 'Parijs', amountCents: '1' });
    expect(Object.keys(flaws)).toEqual(['municipality']);
    expect(body).toEqual({ amountCents: '100' });
  });

  const everyField = (fields: readonly Field[]): readonly Field[] =>
    fields.flatMap((field) => [
      field,
      ...(field.columns ?? []),
      ...(field.item === undefined ? [] : [field.item]),
    ]);

  test.each(commands.map(({ name }) => name))('of %s is in Dutch', (name) => {
    for (const field of everyField(fieldsOf(commandNamed(name)))) {
      const last = field.name.split('.').at(-1)!;
      if (!sameInDutch.has(last)) expect(labelOf(last), field.name).not.toBe(last);
      for (const option of field.options ?? [])
        if (!sameInDutch.has(option)) expect(anyWord(option), field.name).not.toBe(option);
      const words = (field.options ?? []).map(anyWord);
      expect(words.length, `${field.name}: two that read the same`).toBe(new Set(words).size);
    }
  });
});

/** Words that are Dutch as well. */
const sameInDutch = new Set([
  ...['pilot', 'scenario', 'partnership', 'pluspakket', 'college', 'raad', 'I', 'II', 'III'],
  ...['credit', 'per', 'ratio', 'stop'],
]);

describe('lines and rows', () => {
  test('are of the kind that the command takes', () => {
    const key = decoded('set-distribution-key', {
      title: 'Sleutel',
      measure: 'wsw-plaatsen',
      years: '2027\n2028',
      weights: 'Oss; 42,5\nBoekel; 57,5',
    });
    expect(key.flaws).toEqual({});
    expect(key.body).toMatchObject({
      years: [2027, 2028],
      weights: [
        { municipality: 'gm0828', weight: '42.5' },
        { municipality: 'gm0755', weight: '57.5' },
      ],
    });
    expect(decoded('set-distribution-key', { years: 'ooit' }).flaws.years).toContain('getal');
  });

  test('are typed in the words that are shown', () => {
    const { body } = decoded('set-rule', { figures: 'surcharge-percent; 3; procent' });
    expect(body).toEqual({
      decisionIds: [],
      figures: [{ name: 'surcharge-percent', value: '3', unit: 'percent' }],
    });
    const proposed = decoded('propose-decision', {
      needsAdoptionBy: 'Oss\nBoekel',
      organs: 'Raad',
    });
    expect(proposed.body).toMatchObject({
      needsAdoptionBy: ['gm0828', 'gm0755'],
      organs: ['raad'],
    });
    expect(decoded('form-area', { municipalities: 'Parijs' }).flaws.municipalities).toContain(
      'Parijs',
    );
  });
});

describe('a municipality that is new', () => {
  test.each([
    ['join-member', 'municipality'],
    ['merge-municipalities', 'successor'],
  ])('is typed by its code in %s, and others by their names', (command, field) => {
    expect(decoded(command, { [field]: 'gm0796' }).body).toMatchObject({ [field]: 'gm0796' });
    expect(decoded(command, { [field]: 'Oss' }).body).toMatchObject({ [field]: 'gm0828' });
  });
});

describe('what is about a person', () => {
  const person = '01JABCDEFGHJKMNPQRSTVWXYZ0';

  test('of kinds with fields of their own, the kind is chosen and the rest is asked', () => {
    const fields = fieldsOf(commandNamed('record-placement-step'));
    const byName = new Map(fields.map((field) => [field.name, field]));
    expect(byName.get('step.kind')).toMatchObject({ kind: 'choice', required: true });
    expect(byName.get('step.kind')!.options).toContain('outflow');
    expect(byName.get('step.to')).toMatchObject({ kind: 'choice', required: false });
    expect(byName.get('step.until')).toMatchObject({ kind: 'date', required: false });
    const { body, flaws } = decoded('record-placement-step', {
      placementId: person,
      personId: person,
      'step.kind': 'loonwaarde-measured',
      'step.loonwaardePercent': '42,50 %',
    });
    expect(flaws).toEqual({});
    expect(commandNamed('record-placement-step').body.safeParse(body)).toMatchObject({
      success: true,
      data: { step: { kind: 'loonwaarde-measured', loonwaardePercent: '42.5' } },
    });
  });

  test('no kind of thing is left as one field of text', () => {
    for (const command of commands.filter(({ personal }) => personal === true))
      expect(fieldsOf(command).map(({ name }) => name)).not.toContain(
        command.name === 'record-circumstance' ? 'details' : 'step',
      );
  });

  test('a number that is none is a flaw', () => {
    const typed = { 'step.kind': 'loonwaarde-estimated', 'step.loonwaardePercent': 'veel' };
    // What is missing is told in the same round.
    expect(decoded('record-referral-step', typed).flaws).toEqual({
      referralId: 'ontbreekt',
      personId: 'ontbreekt',
      'step.loonwaardePercent': 'verwacht een getal als 42,5',
    });
  });
});
