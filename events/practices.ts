/** How something is arranged in practice, where no rule or decision says so. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, Note, Slug } from './values.ts';

/** From the valid date on; a later event for the same practice replaces it. */
export const PracticeSet = event(
  'PracticeSet',
  z.strictObject({
    /** What is arranged, e.g. `job-coach`. */
    practice: Slug,
    title: Line,
    /** How, in one word, e.g. `own-function`. */
    arrangement: Slug,
    description: Note,
  }),
  (data) => ({ practice: data.practice }),
);

export const practiceEvents = [PracticeSet] as const;
