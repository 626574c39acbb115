import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, freePort, mustBe, run, serve, sha256Of } from '../engines/engine.ts';
import { credentials, region } from '../engines/stand-in.ts';

const version = '476';
const pinned = 'cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f';

/** The Java that Trino 476 needs, as its release notes say. */
export const javaLeast = 24;
/** The catalog bears the name that Athena gives its own. */
export const catalog = 'awsdatacatalog';

/** Trino, the engine that Athena is, reading tables from an S3 server. Listens on this machine only; its catalog is a file that goes with the run. */
export const trino = (java: string, s3: string): Engine => ({
  name: 'trino',
  version,
  needs: [
    { program: 'mvn', arguments: ['--version'] },
    { program: 'tar', arguments: ['--version'] },
  ],
  async fetch(folder) {
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
    const artifact = `-Dartifact=io.trino:trino-server:${version}:tar.gz`;
    // A repository of its own, removed again: 821 MB need not lie in the user's for ever.
    await run(
      'mvn',
      ['-q', '-B', '-C', '-Dmaven.repo.local=repository', copy, artifact, '-DoutputDirectory=.'],
      folder,
    );
    rmSync(join(folder, 'repository'), { recursive: true });
    const archive = `trino-server-${version}.tar.gz`;
    mustBe('Trino', sha256Of(join(folder, archive)), pinned);
    await run('tar', ['-xzf', archive, '--strip-components=1'], folder);
    rmSync(join(folder, archive));
    // Files are hard links of one another across folders, so that all must be unpacked before most are dropped.
    for (const plugin of readdirSync(join(folder, 'plugin')))
      if (plugin !== 'hive') rmSync(join(folder, 'plugin', plugin), { recursive: true });
  },
  async start(installed, work) {
    const port = await freePort();
    for (const folder of ['etc/catalog', 'data', 'tables/metastore', 'plugin'])
      mkdirSync(join(work, folder), { recursive: true });
    symlinkSync(join(installed, 'plugin/hive'), join(work, 'plugin/hive'));
    const setting = (path: string, lines: readonly string[]) =>
      writeFileSync(join(work, 'etc', path), `${lines.join('\n')}\n`);
    setting('config.properties', [
      'coordinator=true',
      'node-scheduler.include-coordinator=true',
      `http-server.http.port=${port}`,
      `discovery.uri=http://127.0.0.1:${port}`,
      'query.max-memory=1GB',
      'catalog.management=static',
    ]);
    setting('log.properties', ['io.trino=WARN']);
    setting(`catalog/${catalog}.properties`, [
      'connector.name=hive',
      'hive.metastore=file',
      'hive.metastore.catalog.dir=local:///metastore',
      'fs.native-local.enabled=true',
      `local.location=${join(work, 'tables')}`,
      'fs.native-s3.enabled=true',
      `s3.endpoint=${s3}`,
      `s3.region=${region}`,
      's3.path-style-access=true',
      `s3.aws-access-key=${credentials.accessKeyId}`,
      `s3.aws-secret-key=${credentials.secretAccessKey}`,
      'hive.non-managed-table-writes-enabled=true',
    ]);
    const settings = {
      'plugin.dir': join(work, 'plugin'),
      'log.levels-file': join(work, 'etc/log.properties'),
      config: join(work, 'etc/config.properties'),
      'catalog.config-dir': join(work, 'etc/catalog'),
      'node.environment': 'test',
      'node.id': 'local',
      'node.data-dir': join(work, 'data'),
      'node.bind-ip': '127.0.0.1',
      'node.internal-address': '127.0.0.1',
      'user.timezone': 'UTC',
      'file.encoding': 'UTF-8',
      'jdk.attach.allowAttachSelf': 'true',
    };
    const machine = [
      '-Xmx2G',
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-XX:+ExitOnOutOfMemoryError',
      '-XX:ReservedCodeCacheSize=512M',
    ];
    const rights = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow'];
    const named = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
    const server = await serve(
      java,
      [
        ...machine,
        '-XX:+EnableDynamicAgentLoading',
        ...rights,
        '-cp',
        'lib/*',
        ...named,
        'io.trino.server.TrinoServer',
      ],
      { port, work, cwd: installed },
    );
    try {
      await ready(server.url);
    } catch (cause) {
      await server.stop();
      throw cause;
    }
    return server;
  },
});

const readyMs = 240_000;

/** It answers a while before it takes queries. */
async function ready(url: string): Promise<void> {
  for (const end = Date.now() + readyMs; Date.now() < end; ) {
    const info = (await (await fetch(`${url}/v1/info`)).json()) as { readonly starting: boolean };
    if (!info.starting) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Trino answers but does not take queries');
}
