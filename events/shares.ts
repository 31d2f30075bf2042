/**
 * Dividing an amount by largest remainder (Hamilton), in whole cents (R8). Shares always add up
 * to the amount; ties go by municipality code.
 */
import { onOneScale } from './decimals.ts';

interface Weight {
  readonly municipality: string;
  /** A decimal string, not negative. */
  readonly weight: string;
}

/**
 * Cents per municipality, in the order of the weights. A negative amount is divided as its
 * absolute value. Zero weight gets zero.
 * @throws RangeError when no weight is positive, or one is negative
 */
export const largestRemainder = (
  amountCents: bigint,
  weights: readonly Weight[],
): readonly bigint[] => {
  const parts = onOneScale(weights.map(({ weight }) => weight));
  const sum = parts.reduce((a, b) => a + b, 0n);
  if (parts.some((part) => part < 0n)) throw new RangeError('a weight is negative');
  if (sum === 0n) throw new RangeError('no weight is positive');
  const amount = amountCents < 0n ? -amountCents : amountCents;
  const shares = parts.map((part) => (amount * part) / sum);
  const left = Number(amount - shares.reduce((a, b) => a + b, 0n));
  const order = parts
    .map((part, index) => ({ index, remainder: (amount * part) % sum }))
    .filter(({ index }) => parts[index]! > 0n)
    .sort((a, b) =>
      a.remainder !== b.remainder
        ? a.remainder > b.remainder
          ? -1
          : 1
        : weights[a.index]!.municipality < weights[b.index]!.municipality
          ? -1
          : 1,
    );
  for (const { index } of order.slice(0, left)) shares[index]! += 1n;
  return amountCents < 0n ? shares.map((share) => -share) : shares;
};
