/** Who asks, and in which capacity. */
import type { Actor } from '../../../events/entry.ts';
import { municipalitiesIn, resourceOfPath } from './events.ts';
import { type Access, localAccess, ownsAll, publicAccess, roleFor } from './may.ts';
import { forbidden } from './rights.ts';
import type { Role } from './table.ts';

export interface Caller {
  /** Stable and opaque: never a name. */
  readonly id: string;
  readonly access: Access;
  /** The municipality that it acts for. */
  readonly municipality?: string | undefined;
}

export const publicCaller: Caller = { id: 'public', access: publicAccess };

/** Who works on the machine itself records as the registrar. */
export const localCaller: Caller = { id: 'local', access: localAccess };

/** Somebody in one of their roles, as it is written down. */
export const actorAs = ({ id, municipality }: Caller, role: Role): Actor => ({
  id,
  office: role === 'local' ? 'registrar' : role,
  ...(municipality === undefined ? {} : { municipality }),
});

type Fields = Readonly<Record<string, unknown>>;

/**
 * As whom somebody carries out, or tries, a command.
 * @param path of the command, as the domain lays it down
 * @throws ProblemError `forbidden`
 */
export const actingAs = (
  caller: Caller,
  action: 'record' | 'preview',
  command: { readonly name: string; readonly path: string } | undefined,
  body: Fields,
): Actor => {
  // Of a command that does not exist, recording tells.
  if (command === undefined) return { id: caller.id, office: 'public' };
  const { access } = caller;
  const { name, path } = command;
  const resource = resourceOfPath(path);
  const as = roleFor(access, resource, action);
  const done = action === 'record' ? 'vastleggen' : 'proberen';
  if (as === undefined) throw forbidden(`U mag ${name} niet ${done}.`);
  if (as.reach === 'own' && !ownsAll(access, municipalitiesIn(body)))
    throw forbidden(`U mag ${name} alleen voor uw eigen gemeente ${done}.`);
  return actorAs(caller, as.role);
};
