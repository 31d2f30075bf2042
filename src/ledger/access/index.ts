/** Access as the faces and the use cases see it. */
export { type Access, isHidden, localAccess, may, publicAccess, reachOf, roleFor } from './may.ts';
export { municipalitiesIn, resourceOfEventType, resourceOfPath, resourcesNamed } from './events.ts';
export { type Resource, type Role, roleNames } from './table.ts';
