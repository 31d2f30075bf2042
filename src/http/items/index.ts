/** What the items of each question look like: the names that users may count on. */
export * from './goals.ts';
export * from './governance.ts';
export * from './lawfulness.ts';
export * from './money.ts';
export * from './people.ts';
export * from './pluspakket.ts';
