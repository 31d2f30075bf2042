/** Decimal strings as whole numbers of one common scale, so that they add and compare exactly. */
export const onOneScale = (decimals: readonly string[]): readonly bigint[] => {
  const digits = decimals.map((decimal) => decimal.split('.')[1]?.length ?? 0);
  const scale = Math.max(0, ...digits);
  return decimals.map((decimal) => {
    const [whole = '0', fraction = ''] = decimal.split('.');
    return BigInt(whole + fraction.padEnd(scale, '0'));
  });
};
