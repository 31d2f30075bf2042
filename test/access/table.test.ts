/** The table of access: what it says, and that nothing is left out of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { entryTypes } from '../../events/index.ts';
import { personalTypes } from '../../events/people.ts';
import { projections } from '../../projections/index.ts';
import {
  type Access,
  isHidden,
  localAccess,
  may,
  municipalitiesIn,
  publicAccess,
  reachOf,
  resourceOfEventType,
  resourceOfPath,
  resourcesNamed,
  type Role,
  roleFor,
  roleNames,
} from '../../src/ledger/access/index.ts';
import { parts, type Resource } from '../../src/ledger/access/table.ts';
import { commands } from '../../src/ledger/ledger.ts';
import { accessDocument } from './document.ts';

const as = (...roles: Role[]): Access => ({ roles, municipalities: [] });
const oss: Access = { roles: ['municipality'], municipalities: ['gm0828'] };
const rolesThat = (action: Parameters<typeof may>[2], resource: Resource): readonly Role[] =>
  roleNames.filter((role) => reachOf(as(role), resource, action) !== undefined);

test('docs/access.md is made of it (node test/access/make.ts)', () => {
  const stored = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
  expect(stored).toBe(accessDocument());
});

describe('everything is in it', () => {
  test.each(projections.map(({ question }) => question))('the question %s', (question) => {
    expect(resourceOfPath(question)).toBe(question);
  });

  test.each(commands.map(({ name, path }) => [name, path]))('the command %s', (_name, path) => {
    const recorders = rolesThat('record', resourceOfPath(path));
    expect(recorders).toContain('registrar');
    expect(recorders).not.toContain('public');
  });

  test('and nothing twice', () => {
    const names = parts.flatMap(({ resources }) => [...resources]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('and nothing beside it: a path that is not there is an error', () => {
    expect(() => resourceOfPath('nothing')).toThrow('not in the table');
  });
});

describe('persons', () => {
  it.each(personalTypes)('%s is seen by few, opened by fewer', (type) => {
    const resource = resourceOfEventType(type);
    // That there is a circumstance tells something by itself.
    expect(rolesThat('read', resource)).toEqual(
      type === 'CircumstanceRecorded'
        ? ['municipality', 'ibn', 'local']
        : ['auditor', 'municipality', 'registrar', 'ibn', 'local'],
    );
    expect(rolesThat('follow', resource)).toEqual([]);
    expect(rolesThat('read', 'personal-fields')).toEqual(['municipality', 'ibn', 'local']);
  });

  it('are a municipality’s own only', () => {
    expect(may(oss, 'placements', 'read', 'gm0828')).toBe(true);
    expect(may(oss, 'placements', 'read', 'gm0755')).toBe(false);
    expect(may(oss, 'placements', 'read', 'gm0828', 'gm0755')).toBe(false);
    expect(may(oss, 'placements', 'read')).toBe(false);
  });
});

describe('roles', () => {
  it('add up: the furthest reach counts', () => {
    const both: Access = { roles: ['municipality', 'registrar'], municipalities: ['gm0828'] };
    expect(reachOf(oss, 'payments', 'read')).toBe('own');
    expect(reachOf(both, 'payments', 'read')).toBe('all');
  });

  it('an administrator reads no more data than anybody', () => {
    const readable = (role: Role) =>
      parts
        .flatMap(({ resources }) => [...resources])
        .filter((resource) => may(as(role), resource, 'read'));
    // Of a subscription it sees whose it is and how it goes, not what was delivered.
    expect(readable('administrator').filter((r) => !readable('public').includes(r))).toEqual([
      'metrics',
      'webhooks',
    ]);
  });

  it('the one by which somebody acts is told', () => {
    expect(roleFor(as('auditor', 'registrar'), 'decisions', 'record')?.role).toBe('registrar');
    expect(roleFor(localAccess, 'imports', 'manage')).toEqual({ role: 'local', reach: 'all' });
    expect(roleFor(publicAccess, 'payments', 'read')).toBeUndefined();
  });

  it('what is private is hidden; what is only closed is not', () => {
    expect(isHidden('imports')).toBe(true);
    expect(isHidden('placements')).toBe(false);
  });

  it('the public records, follows and manages nothing, and tries only what councils publish', () => {
    for (const resource of parts.flatMap((part) => [...part.resources])) {
      if (resource === 'checkpoints') continue;
      if (reachOf(as('public'), resource, 'preview') !== undefined)
        expect(reachOf(as('public'), resource, 'read'), resource).toBe('all');
      for (const action of ['record', 'manage', 'follow'] as const)
        expect(reachOf(as('public'), resource, action), `${resource} ${action}`).toBeUndefined();
    }
    expect(reachOf(as('public'), 'payments', 'preview')).toBeUndefined();
  });

  it('without a role nothing may', () => {
    expect(may(as(), 'decisions', 'read')).toBe(false);
  });
});

describe('whose it is', () => {
  it.each([
    [{ municipality: 'gm0828' }, ['gm0828']],
    [{ postings: [{ municipality: 'gm0828' }, { municipality: 'gm0755' }] }, ['gm0828', 'gm0755']],
    [{ about: ['municipality:gm0828', 'decision:01'] }, ['gm0828']],
    [{ year: 2025 }, []],
  ])('%j is of %j', (data, expected) => {
    expect(municipalitiesIn(data)).toEqual(expected);
  });
});

describe('tags', () => {
  it('of restricted things are known by the resource that is restricted', () => {
    expect(resourcesNamed(['payment:01', 'decision:02', 'placement:03', 'payment:04'])).toEqual([
      'payments',
      'placements',
    ]);
  });

  it('every type of event belongs to a resource that somebody reads', () => {
    for (const type of entryTypes)
      expect(rolesThat('read', resourceOfEventType(type)), type).toContain('local');
  });
});
