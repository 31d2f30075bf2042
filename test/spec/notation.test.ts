/** Dates and amounts, as they are written in Dutch. */
import { describe, expect, test } from 'vitest';
import {
  countText,
  dateText,
  decimalText,
  euros,
  eurosChange,
  instantText,
  percentText,
  periodText,
  roughText,
  yearsText,
} from '../../src/web/notation.ts';

describe('amounts', () => {
  test.each([
    ['0', '€ 0'],
    ['-0', '€ 0'],
    ['1', '€ 0,01'],
    ['10', '€ 0,10'],
    ['100', '€ 1'],
    ['460369900', '€ 4.603.699'],
    ['26592550', '€ 265.925,50'],
    ['-100', '− € 1'],
    ['-123456', '− € 1.234,56'],
    ['9007199254740993', '€ 90.071.992.547.409,93'],
  ])('%s cents are %s', (cents, shown) => {
    expect(euros(cents)).toBe(shown);
  });

  test.each([
    ['460369900', '518764700', '+ € 583.948'],
    ['460369900', '460369800', '− € 1'],
    ['5', '5', 'gelijk'],
    ['-100', '50', '+ € 1,50'],
  ])('from %s to %s is %s', (from, to, shown) => {
    expect(eurosChange(from, to)).toBe(shown);
  });
});

describe('numbers', () => {
  test.each([
    ['42.2', '42,2'],
    ['-0.5', '−0,5'],
    ['1234567.89', '1.234.567,89'],
    ['999', '999'],
    ['1000', '1.000'],
  ])('%s is %s', (decimal, shown) => {
    expect(decimalText(decimal)).toBe(shown);
  });

  test('counts and percentages', () => {
    expect(countText(100_000)).toBe('100.000');
    expect(percentText('86.24')).toBe('86,24 %');
  });
});

describe('dates', () => {
  test('a day without leading zeros', () => {
    expect(dateText('2021-09-01')).toBe('1 september 2021');
    expect(dateText('2020-02-29')).toBe('29 februari 2020');
  });

  test('the end of a period is not in it', () => {
    expect(periodText({ from: '2021-07-01', until: '2023-01-01' })).toBe(
      '1 juli 2021 tot 1 januari 2023',
    );
    expect(periodText({ from: '2021-07-01' })).toBe('vanaf 1 juli 2021');
  });

  test.each([
    ['2025-01-01', '2027-01-01', '2025-2026'],
    ['2025-01-01', '2026-01-01', '2025'],
    ['2021-07-01', '2023-01-01', '2021-2022'],
    ['2024-03-01', '2025-06-01', '2024-2025'],
  ])('%s until %s are the years %s', (from, until, shown) => {
    expect(yearsText({ from, until })).toBe(shown);
  });

  test.each([
    [{ earliest: '2021-07-01', latest: '2021-07-01', wording: 'medio' }, '1 juli 2021'],
    [{ earliest: '2022-01-01', latest: '2022-12-31', wording: 'in 2022' }, 'in 2022'],
    [{ latest: '2021-06-30' }, 'uiterlijk 30 juni 2021'],
    [{ earliest: '2024-07-01', latest: '2024-12-31' }, 'tussen 1 juli 2024 en 31 december 2024'],
  ])('%o is %s', (date, shown) => {
    expect(roughText(date)).toBe(shown);
  });

  test('an instant is told in Amsterdam, in summer and in winter', () => {
    expect(instantText('2025-12-31T23:30:00.000Z')).toBe('1 januari 2026 om 00:30');
    expect(instantText('2026-07-01T12:00:00.000Z')).toBe('1 juli 2026 om 14:00');
  });
});
