/** Access as the faces and the use cases see it. */
export { type Access, isHidden, localAccess, may, publicAccess, reachOf, roleFor } from './may.ts';
export { actingAs, actorAs, type Caller, localCaller, publicCaller } from './caller.ts';
export {
  givenRoles,
  type IdentityProvider,
  type LinkRequest,
  type PendingSignIn,
  type Tokens,
  type TokenShown,
} from './ports.ts';
export { municipalitiesIn, resourceOfEventType, resourceOfPath, resourcesNamed } from './events.ts';
export { checkAsks, everything, type Finder, type Rights, rightsOf } from './rights.ts';
export { type Action, type Resource, type Role, roleNames } from './table.ts';
