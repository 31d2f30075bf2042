/** R5: a member that leaves a part of the basispakket unused keeps paying its full share. */
import { type Breach, ruleOf } from '../rules.ts';

export const r5 = ruleOf('R5');

export const leftUnused = (municipality: string, task: string): Breach =>
  r5.breach(
    'part-left-unused',
    `${municipality} gebruikt ${task} niet en blijft volledig meebetalen.`,
    { onlyFinding: true },
  );
