import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine, freePort, mustBe, run, serve, sha256Of } from './engine.ts';

const pinned = '1bed966b5eb504444fb6bc9a3d35bf415cde726bc89a0a6505570d985ebed5c9';

/** DynamoDB Local, by the makers of DynamoDB: transactions, conditions, indexes and streams as the service has them. */
export const dynamodbLocal: Engine = {
  name: 'dynamodb-local',
  version: '2.6.1',
  needs: [
    { program: 'java', arguments: ['-version'] },
    { program: 'mvn', arguments: ['--version'] },
  ],
  async fetch(folder) {
    copyFileSync(fileURLToPath(new URL('dynamodb-local.pom.xml', import.meta.url)), join(folder, 'pom.xml'));
    await run('mvn', ['-q', '-B', '-C', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], folder);
    const jars = readdirSync(join(folder, 'lib')).sort();
    const list = jars.map((name) => `${sha256Of(join(folder, 'lib', name))}  ${name}\n`).join('');
    mustBe('DynamoDB Local with all it needs', createHash('sha256').update(list).digest('hex'), pinned);
  },
  async start(installed, work) {
    const port = await freePort();
    const main = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';
    const args = ['-Xmx512m', '-Dsqlite4java.library.path=lib', '-cp', 'lib/*', main];
    return serve('java', [...args, '-inMemory', '-port', String(port), '-disableTelemetry'], {
      port,
      work,
      cwd: installed,
    });
  },
};
