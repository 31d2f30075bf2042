/** What a reader has in place of the office: all of it is with the writer. */
import { elsewhere, peopleElsewhere } from '../host/reading.ts';
import type { Office } from '../privacy/office.ts';

export const officeElsewhere: Office = {
  people: peopleElsewhere,
  looks: { note: elsewhere, of: elsewhere },
  wrapping: { key: elsewhere, rotate: elsewhere },
  missing: [],
  losses: [],
  close: () => undefined,
};
