/** R16: services to people who speak another language are pluspakket. */
import type { EntryFor } from '../../../events/index.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r16 = ruleOf('R16');

export const moveBreaches = ({
  name,
  targetGroup,
}: EntryFor<'PlusServiceOffered'>['data']): Breach[] =>
  targetGroup === 'other-language'
    ? [
        r16.breach(
          'other-language-moved',
          `${name} is dienstverlening aan anderstaligen; die is in beginsel pluspakket.`,
        ),
      ]
    : [];
