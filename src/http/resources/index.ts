/** The nouns that can be read. */
import { goals } from './goals.ts';
import { governance } from './governance.ts';
import { lawfulness } from './lawfulness.ts';
import { money } from './money.ts';
import { people } from './people.ts';
import { pluspakket } from './pluspakket.ts';
import type { Resource } from './resource.ts';

export type { Resource } from './resource.ts';

export const resources: readonly Resource[] = [
  ...governance,
  ...pluspakket,
  ...people,
  ...money,
  ...goals,
  ...lawfulness,
];

export const resourceAt = (path: string): Resource | undefined =>
  resources.find((resource) => resource.path === path);
