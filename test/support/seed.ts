/**
 * Properties begin from one seed, so that a run can be repeated and a change is judged by itself.
 * `npm run test:long` begins from another every time.
 */
import fc from 'fast-check';

const { PROGRAMS } = process.env;

fc.configureGlobal({ seed: PROGRAMS === undefined ? 20_261_124 : Date.now() });
