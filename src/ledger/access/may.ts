/** Asking the table. */
import { type Action, type Part, parts, type Reach, type Resource, type Role } from './table.ts';

/** What somebody is allowed to be: every role that was given, and for which municipality. */
export interface Access {
  readonly roles: readonly Role[];
  /** Its own, with those that merged into it. */
  readonly municipalities: readonly string[];
  /** Types of events it may see, of those its roles allow; absent: all of these. */
  readonly types?: readonly string[];
}

export const publicAccess: Access = { roles: ['public'], municipalities: [] };
export const localAccess: Access = { roles: ['local'], municipalities: [] };

const byResource = new Map<string, Part>(
  parts.flatMap((part) => part.resources.map((resource) => [resource, part] as const)),
);

export const isResource = (name: string): name is Resource => byResource.has(name);

/** That it exists is told only to who may use it. */
export const isHidden = (resource: Resource): boolean => byResource.get(resource)?.hidden === true;

/** The role by which somebody may; the one that reaches furthest. */
export const roleFor = (
  { roles }: Access,
  resource: Resource,
  action: Action,
): { readonly role: Role; readonly reach: Reach } | undefined => {
  const reaches = byResource.get(resource)?.may[action] ?? {};
  const role =
    roles.find((each) => reaches[each] === 'all') ??
    roles.find((each) => reaches[each] !== undefined);
  const reach = role === undefined ? undefined : reaches[role];
  return role === undefined || reach === undefined ? undefined : { role, reach };
};

/** How far somebody may; undefined: not at all. */
export const reachOf = (access: Access, resource: Resource, action: Action): Reach | undefined =>
  roleFor(access, resource, action)?.reach;

/** Whether all of these are its own; of nobody is not. */
export const ownsAll = ({ municipalities: own }: Access, municipalities: readonly string[]) =>
  municipalities.length > 0 && municipalities.every((one) => own.includes(one));

/**
 * Whether somebody may.
 * @param municipalities all whose it is; who may see only their own sees it when all of these are,
 *   and does not when that is not known
 */
export const may = (
  access: Access,
  resource: Resource,
  action: Action,
  ...municipalities: readonly string[]
): boolean => {
  const reach = reachOf(access, resource, action);
  return reach === 'own' ? ownsAll(access, municipalities) : reach === 'all';
};
