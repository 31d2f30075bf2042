/**
 * Which way imports may point:
 * events ← projections ← src/ledger, events ← src/domain ← src/ledger, src/ledger ← the edges.
 * Only src/join and src/main.ts join the edges.
 */
const edges = '^src/(log|projector|http|cli|proof|privacy|web|webhooks|host)/';
const pure = '^(events|projections|src/domain)/';
const ours = '^(events|projections|src|test)/';
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg'];

/** What the modules in `path` may import of ours. */
const only = (name, comment, path, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path },
  to: { path: ours, pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('events-stand-alone', 'The vocabulary rests on nothing of ours.', '^events/', '^events/'),
    only(
      'projections-know-events',
      'A question is answered from events alone.',
      '^projections/',
      '^(events|projections)/',
    ),
    only(
      'domain-knows-events',
      'A command is decided on events alone.',
      '^src/domain/',
      '^(events|src/domain)/',
    ),
    only(
      'ledger-knows-no-edge',
      'Use cases name ports; they do not know who fills them.',
      '^src/ledger/',
      '^(events|projections|src/domain|src/ledger)/',
    ),
    only(
      'edges-know-the-ledger',
      'Edges know the use cases, not the deciders and not each other.',
      edges,
      '^(events|projections|src/ledger|src/$1)/',
    ),
    only(
      'joints-are-below-the-top',
      'Parts are joined for whoever runs them; they do not know who does.',
      '^src/join/',
      '^(events|projections|src/[a-z]+)/',
    ),
    {
      name: 'only-known-folders',
      comment: 'A new folder in src needs a rule about what it may import.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [edges, '^src/(domain|ledger|join)/', '^src/(main|verifier)\\.ts$'],
      },
      to: {},
    },
    {
      name: 'main-is-the-top',
      comment: 'Nothing imports the place where parts are joined.',
      severity: 'error',
      from: {},
      to: { path: '^src/(main|verifier)\\.ts$' },
    },
    {
      name: 'pure-without-node',
      comment: 'No clock, no randomness, no I/O: no built-in module at all.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-without-packages',
      comment: 'zod for shapes; canonicalize for the stored text.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: npm, pathNot: '(^|/)node_modules/(zod|canonicalize)/' },
    },
    {
      name: 'canonical-in-events',
      comment: 'Only the vocabulary makes stored text.',
      severity: 'error',
      from: { path: '^(projections|src/domain)/' },
      to: { path: '(^|/)node_modules/canonicalize/' },
    },
    {
      name: 'no-cycles',
      comment: 'Cycles of types alone vanish when the types are stripped.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment:
        'A module that nothing imports and that imports nothing; what browsers load is served.',
      severity: 'error',
      from: { orphan: true, path: '^(events|projections|src)/', pathNot: '^src/web/files/' },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'What runs stands in dependencies, not in devDependencies or by chance on disk.',
      severity: 'error',
      from: { path: '^(events|projections|src)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
