/** Reckoning with decimal strings in whole numbers; nothing is ever a float. */

/** A decimal string as a fraction of whole numbers. */
export const fraction = (decimal: string): { readonly over: bigint; readonly under: bigint } => {
  const [whole = '0', rest = ''] = decimal.split('.');
  return { over: BigInt(whole + rest), under: 10n ** BigInt(rest.length) };
};

/** a ÷ b to the nearest whole, halves away from zero; b positive. */
export const nearest = (a: bigint, b: bigint): bigint =>
  a < 0n ? -nearest(-a, b) : (2n * a + b) / (2n * b);

/** Decimal strings as whole numbers of one common scale, so that they add and compare exactly. */
export const onOneScale = (decimals: readonly string[]): readonly bigint[] => {
  const digits = decimals.map((decimal) => decimal.split('.')[1]?.length ?? 0);
  const scale = Math.max(0, ...digits);
  return decimals.map((decimal) => {
    const [whole = '0', fraction = ''] = decimal.split('.');
    return BigInt(whole + fraction.padEnd(scale, '0'));
  });
};

/** Negative when the first is smaller, zero when they are equal, positive when it is larger. */
export const compareDecimals = (a: string, b: string): number => {
  const [left, right] = [fraction(a), fraction(b)];
  const difference = left.over * right.under - right.over * left.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Whether a decimal string is a whole number. */
export const isWhole = (decimal: string): boolean => !decimal.includes('.');
