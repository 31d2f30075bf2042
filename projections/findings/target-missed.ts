/** A goal of which a final result did not reach the target. */
import { tag, type EntryFor } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';
import { indicators } from '../indicators/index.ts';
import type { DerivedKind } from './derived.ts';

type Goal = EntryFor<'IndicatorAgreed'>['data'] & {
  readonly results: readonly EntryFor<'ResultReported'>['data'][];
};

const units = { percent: ' %', count: '', ratio: '', 'euro-cents': ' eurocent' } as const;
const directions = { 'at-least': 'ten minste', 'at-most': 'ten hoogste' } as const;

const valueText = ({ unit }: Goal, value: string): string =>
  `${value.replace('.', ',')}${units[unit]}`;

export const targetMissed: DerivedKind = {
  kind: 'target-missed',
  apply: indicators.apply,
  assemble: (indicatorId, facts, _common, validAt) => {
    const found = indicators.assemble(indicatorId, facts, [], validAt);
    const goal = found?.item as unknown as Goal | undefined;
    const missed = goal?.results.filter(({ reached }) => reached === false) ?? [];
    const last = missed.at(-1);
    if (goal === undefined || last === undefined) return undefined;
    const { title, targetValue, direction, municipality } = goal;
    const target =
      targetValue === undefined || direction === undefined
        ? ''
        : ` (${directions[direction]} ${valueText(goal, targetValue)})`;
    const result =
      last.value === undefined
        ? ''
        : `: ${last.approximate ? 'ongeveer ' : ''}${valueText(goal, last.value)}`;
    return {
      description: `Niet gehaald over ${last.from} – ${last.until}: ${title}${target}${result}.`,
      since: onDay(missed[0]!.until),
      about: [
        tag('indicator', indicatorId),
        ...(municipality === undefined ? [] : [tag('municipality', municipality)]),
      ],
      figures: [
        ...(targetValue === undefined ? [] : [{ name: 'target', value: targetValue }]),
        ...(last.value === undefined ? [] : [{ name: 'result', value: last.value }]),
      ],
    };
  },
};
