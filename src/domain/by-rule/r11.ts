/** R11: scenario III starts as a pilot of some years, its plan discussed beforehand (decision 6). */
import { certainlyBefore, later } from '../../../events/calendar.ts';
import type { EntryFor } from '../../../events/index.ts';
import type { RoughDate } from '../../../events/values.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r11 = ruleOf('R11');

/** @param start when the pilot starts; the figure is that of the rule in force then */
export const startBreaches = (
  books: Books,
  body: EntryFor<'PilotStarted'>['data'],
  start: RoughDate,
): Breach[] => {
  const breaches: Breach[] = [];
  const discussed = body.planDiscussedOn;
  if (discussed === undefined || certainlyBefore(start, discussed))
    breaches.push(
      r11.breach(
        'pilot-plan-not-discussed',
        'Het pilotplan is niet vooraf in het bestuurlijk overleg besproken.',
      ),
    );
  const years = r11.figure(books, 'pilot-years', start.latest);
  const limit = years === undefined ? undefined : later(start.latest, 'years', years);
  const planned = body.plannedUntil?.latest;
  if (limit !== undefined && planned !== undefined && limit < planned)
    breaches.push(
      r11.breach(
        'pilot-too-long',
        `De pilot is gepland tot ${planned}; de regel laat hem lopen tot ${limit}.`,
        {
          figures: [
            { name: 'years', value: years! },
            { name: 'planned-until', value: planned },
            { name: 'latest-end', value: limit },
          ],
        },
      ),
    );
  return breaches;
};
