/** Persons as the faces ask for them: by which reference they are known, and who looked. */
import { tag } from '../../events/index.ts';
import type { EventLog } from './event-log.ts';
import type { LookLog, People } from './ports.ts';

interface PersonParts {
  readonly log: EventLog;
  readonly people: People;
  readonly looks: LookLog;
}

export const personReader = ({ log, people, looks }: PersonParts) => ({
  /** The opaque reference to a person whom somebody names. */
  personOf: people.personOf,

  /** Municipalities that recorded something of a person, by opaque reference. */
  municipalitiesOf: async (person: string): Promise<readonly string[]> => {
    const events = await log.read([{ tags: [tag('person', person)] }]);
    const named = events.map(({ entry: { data } }) => data);
    return [...new Set(named.flatMap((d) => ('municipality' in d ? (d.municipality ?? []) : [])))];
  },

  /** Who looked at a person, by opaque reference. @throws LookLogError */
  looks: (person: string, limit: number) => looks.of(person, limit),
});
