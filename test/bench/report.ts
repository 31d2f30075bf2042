/** Rows of the benchmark's table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly target: string;
  readonly met: boolean;
}

export const quantile = (times: readonly number[], q: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
};

export const table = (rows: readonly Row[]): string =>
  [
    '| measured | figure | target | |',
    '| --- | --- | --- | --- |',
    ...rows.map((r) => `| ${r.what} | ${r.figure} | ${r.target} | ${r.met ? 'met' : 'short'} |`),
  ].join('\n');
