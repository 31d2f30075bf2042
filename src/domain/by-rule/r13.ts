/** R13: temporary first; structural only after outflow to regular work has proved impossible. */
import { type Breach, ruleOf } from '../rules.ts';

export const r13 = ruleOf('R13');

/** @param proved outflow to regular work has proved impossible */
export const structuralBreaches = (proved: boolean): readonly Breach[] =>
  proved
    ? []
    : [
        r13.breach(
          'structural-too-soon',
          'Structureel pas als uitstroom naar regulier werk onmogelijk is gebleken.',
        ),
      ];
