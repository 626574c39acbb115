/** Who may import whom. A room not listed on the right of its own line is forbidden to it. */
const domain = 'lambdas/core/domain/';
const ports = 'lambdas/core/ports[.]ts';
const released = 'lambdas/core/disclosure/(release|released-table|ledger-entry)[.]ts';
const door = 'lambdas/core/disclosure/[^/]+[.]ts';
const system = 'lambdas/core/disclosure/system/';
const edges = 'lambdas/functions/(http|batch|env|triggers)[.]ts';
const rooms = {
  'lambdas/core/domain/': [],
  'lambdas/core/foia/': [domain],
  'lambdas/core/lake/': [domain],
  'lambdas/core/disclosure/': [domain, 'lambdas/core/lake/'],
  // From the equations up: each knows only the rooms above it. The door, the files of the folder itself, knows them all.
  'lambdas/core/disclosure/system/': [domain],
  'lambdas/core/disclosure/walk/': [domain, system],
  'lambdas/core/disclosure/audit/': [domain, system, 'lambdas/core/disclosure/walk/'],
  'lambdas/core/disclosure/tables/': [domain, 'lambdas/core/lake/', system, door],
  'lambdas/core/disclosure/protect/': [domain, 'lambdas/core/disclosure/'],
  'lambdas/core/reports/': [domain, released, 'lambdas/core/lake/question[.]ts', ports],
  'lambdas/core/requests/': [domain, ports],
  'lambdas/core/ports[.]ts': [domain, 'lambdas/core/lake/', released],
  'lambdas/adapters/aws/': [ports, domain, 'lambdas/core/lake/', released, 'lambdas/adapters/anywhere/'],
  'lambdas/adapters/local/': [ports, domain, 'lambdas/core/lake/', released, 'lambdas/adapters/anywhere/'],
  'lambdas/adapters/anywhere/': [ports, domain],
  'lambdas/functions/': ['lambdas/core/', 'lambdas/adapters/(aws|anywhere)/'],
  'lib/': [
    'lambdas/functions/triggers[.]ts',
    'lambdas/functions/[^/]+/env[.]ts',
    // Two closed lists that the infrastructure spells out again: decisions/0006.
    'lambdas/core/lake/tables[.]ts',
    'lambdas/core/domain/principal[.]ts',
    // The city is read and checked when the service is deployed: decisions/0011.
    'lambdas/core/domain/city(-files)?[.]ts',
    'queries/',
    'cities/',
  ],
  'web/': [],
  'cities/': [],
  'bin/app[.]ts': ['lib/'],
  // The outsider shares no code with what it attacks.
  'bin/attack([.]ts|/)': ['bin/attack/'],
  'bin/(?!app[.]ts|attack)': ['lambdas/'],
};
const ours = '^(bin|lib|lambdas|queries|cities|web|test)/';
export default {
  forbidden: [
    ...Object.entries(rooms).map(([room, may]) => ({
      name: `room ${room.replaceAll('[.]', '.')}`,
      comment: `may import only: ${[room, ...may].join('  ')}`,
      severity: 'error',
      from: { path: `^${room}` },
      to: { path: ours, pathNot: [room, ...may].map((p) => `^${p}`) },
    })),
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
    {
      name: 'core touches no machine',
      comment: 'pure: no clock, disk, network, environment; compute libraries only',
      severity: 'error',
      from: { path: '^lambdas/core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev'],
        pathNot:
          '(^(node:)?(crypto|buffer|stream|zlib)$|node_modules/(@types/)?(zod|h3-js|d3-[a-z]+|internmap|papaparse|unpdf|yauzl|saxes|htmlparser2|hyparquet-writer|iconv-lite|yazl)/)',
      },
    },
    {
      name: 'the SDK lives in adapters/aws',
      severity: 'error',
      from: { pathNot: '^(lambdas/adapters/aws|test)/' },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'the CDK lives in bin and lib',
      severity: 'error',
      from: { pathNot: '^(bin|lib|test)/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs)/' },
    },
    {
      name: 'only handler.ts and what it loads later wire adapters',
      severity: 'error',
      from: { path: '^lambdas/functions/', pathNot: '/(handler|stores)[.]ts$' },
      to: { path: '^lambdas/adapters/' },
    },
    {
      name: 'functions are islands',
      severity: 'error',
      from: { path: '^lambdas/functions/([^/]+)/' },
      to: { path: '^lambdas/functions/[^/]+/', pathNot: '^lambdas/functions/$1/' },
    },
    {
      name: 'edges know no function',
      severity: 'error',
      from: { path: `^${edges}` },
      to: { path: '^lambdas/functions/[^/]+/' },
    },
    { name: 'nothing ships a test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
