/** Values that random programs are made of: few of each, so that they meet. */
import fc from 'fast-check';
import { id } from './scenario.ts';

/** Commands with what their bodies may be. */
export type Bodies = Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>>;

/** A step to begin with, registered on the first day. */
export interface Beginning {
  readonly command: string;
  readonly body: Record<string, unknown>;
}

export const codes = ['gm0001', 'gm0002', 'gm0003', 'gm0004'];
export const code = fc.constantFrom(...codes);
export const date = fc
  .tuple(fc.integer({ min: 2020, max: 2024 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-01`);

export const rough = fc.oneof(
  { weight: 4, arbitrary: date.map((d) => ({ earliest: d, latest: d })) },
  { weight: 1, arbitrary: date.map((d) => ({ latest: d })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(date, date)
      .map(([a, b]) => (a < b ? { earliest: a, latest: b } : { earliest: b, latest: a })),
  },
);

export const decisionId = fc.constantFrom('d1', 'd2', 'd3').map(id);
export const reason = fc.constantFrom('x', 'y');
