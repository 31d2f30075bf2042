/** Erasures: a person is forgotten (AVG, art. 17). What it takes is the shell's to carry out. */
import { z } from 'zod';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { PersonErased, PersonErasureRequested } from '../../events/erasures.ts';
import { isPersonal } from '../../events/people.ts';
import { accept, command, propose, refuse } from './core.ts';
import { personalCommand, seeingPerson } from './people.ts';

// --- state

interface Erasure {
  readonly requested: EntryFor<'PersonErasureRequested'>;
  readonly erased?: EntryFor<'PersonErased'>;
}
export type Erasures = ReadonlyMap<string, Erasure>;

export const erasuresOf = (events: readonly Entry[]): Erasures => {
  const erasures = new Map<string, Erasure>();
  for (const e of events) {
    if (e.type === 'PersonErasureRequested') erasures.set(e.data.erasureId, { requested: e });
    else if (e.type === 'PersonErased') {
      const found = erasures.get(e.data.erasureId);
      if (found) erasures.set(e.data.erasureId, { ...found, erased: e });
    }
  }
  return erasures;
};

const seeingErasure = (erasureId: string) => ({ tags: [tag('erasure', erasureId)] });

// --- commands

const erasePerson = personalCommand({
  name: 'erase-person',
  path: 'erasures',
  summary: 'Wist een persoon: de sleutel wordt vernietigd en wat verzegeld is gaat nooit meer open',
  body: PersonErasureRequested.schema.pick({ erasureId: true }),
  creates: 'erasureId',
  sees: (body) => [...seeingPerson(body.person), seeingErasure(body.erasureId)],
  decide: ({ erasureId, person }, books, context) => {
    if (books.erasures.has(erasureId))
      return refuse('already-exists', `Wissing ${erasureId} bestaat al.`);
    const [sealed] = books.seen.filter(isPersonal).flatMap((e) => e.sealed ?? []);
    if (sealed === undefined) return refuse('not-found', 'Van deze persoon is niets vastgelegd.');
    // The key is destroyed now, whatever a source says and whatever is planned.
    if (context.mode !== 'take' || context.validFrom.latest > context.today)
      return refuse('contradiction', 'Wissen is een stap die hier en nu wordt gezet.');
    return accept(
      propose(context, 'PersonErasureRequested', { erasureId, person, keyId: sealed.key }),
    );
  },
});

export const erasureCommands = [erasePerson];

/** Only the ledger itself says so, once it is so: no face knows this command. */
export const completeErasure = command({
  name: 'complete-erasure',
  path: 'erasures/{erasureId}/_complete',
  summary: 'Legt vast dat een persoon is gewist',
  body: z.strictObject(PersonErased.schema.pick({ erasureId: true, confirmedBy: true }).shape),
  sees: (body) => [seeingErasure(body.erasureId)],
  decide: ({ erasureId, confirmedBy }, books, context) => {
    const found = books.erasures.get(erasureId);
    if (found === undefined) return refuse('not-found', `Wissing ${erasureId} bestaat niet.`);
    if (found.erased) return refuse('nothing-to-do', 'Deze persoon is al gewist.');
    const { person, keyId } = found.requested.data;
    const data = { erasureId, person, keyId, confirmedBy };
    return accept(propose(context, 'PersonErased', data, { restsOn: [found.requested.id] }));
  },
});
