/** `node test/bench/verifying.ts EXPORT STATE KEY…`: verifies, and tells what that took, as JSON. */
import { verify } from '../../src/join/verifying.ts';

const [what = '', state = '', ...keys] = process.argv.slice(2);
const started = performance.now();
const now = new Date().toISOString();
const { outcome, found } = await verify({ what, keys, witnesses: [], receipts: [], state, now });
const seconds = (performance.now() - started) / 1_000;
/** Of processor time; this thread reads and proves, the other folds. */
const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000_000;
const here = secondsOf(process.threadCpuUsage());
const busiest = Math.max(here, secondsOf(process.cpuUsage()) - here);
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ outcome, found, seconds, busiest, peak }));
