/** What is wrong with a clock, in Dutch. */
import type { ClockError } from './event-log.ts';

/** Of how many milliseconds one is, and up to how many it is told in. */
const units = [
  [1_000, 120, 'seconden'],
  [60_000, 120, 'minuten'],
  [3_600_000, 48, 'uur'],
  [86_400_000, Infinity, 'dagen'],
] as const;

const spanOf = (milliseconds: number): string => {
  const [size, , unit] = units.find(([one, most]) => milliseconds / one < most)!;
  const count = Math.round(milliseconds / size);
  return count === 1 && unit === 'seconden' ? '1 seconde' : `${count} ${unit}`;
};

/** @param ahead milliseconds; negative: behind */
export const clockWords = (ahead: number): string =>
  `${spanOf(Math.abs(ahead))} ${ahead < 0 ? 'achter' : 'voor'}`;

export const clockText = ({ ahead, of }: Pick<ClockError, 'ahead' | 'of'>): string => {
  const what = {
    server: `loopt ${clockWords(ahead)} op die van KurrentDB`,
    ledger: `loopt ${clockWords(ahead)} op de laatste gebeurtenis`,
    itself: `is ${spanOf(Math.abs(ahead))} ${ahead < 0 ? 'achteruit' : 'vooruit'} gezet terwijl het grootboek liep`,
  }[of];
  const then =
    of === 'itself'
      ? 'zet hem terug, of start het grootboek opnieuw als hij nu goed staat'
      : 'zet hem goed';
  return `De klok van deze machine ${what}. Zolang wordt er niets vastgelegd: ${then}.`;
};
