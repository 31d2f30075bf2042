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

/** What was timed, in milliseconds, against the most that one in a hundred may take. */
export const latency = (what: string, times: readonly number[], most: number): Row => {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return {
    what,
    figure: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    target: `p99 ≤ ${most} ms`,
    met: p99 <= most,
  };
};

export const table = (rows: readonly Row[]): string =>
  [
    '| measured | figure | target | |',
    '| --- | --- | --- | --- |',
    ...rows.map((r) => `| ${r.what} | ${r.figure} | ${r.target} | ${r.met ? 'met' : 'short'} |`),
  ].join('\n');
