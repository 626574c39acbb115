import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine, freePort, mustBe, run, serve, sha256Of } from './engine.ts';

const version = '5.2.5';
const pinned = 'eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528';
const constraints = fileURLToPath(new URL('moto.constraints.txt', import.meta.url));

/** Moto as a server: the protocols of Athena, KMS, SES and others, answered by others' reading of the documentation. */
export const moto: Engine = {
  name: 'moto',
  version,
  needs: [{ program: 'python3', arguments: ['-m', 'venv', '--help'] }],
  async fetch(folder) {
    // A virtual environment cannot be moved: its programs are run through its own Python, by path.
    await run('python3', ['-m', 'venv', 'venv'], folder);
    const pip = ['-m', 'pip', '--disable-pip-version-check'];
    const python = join(folder, 'venv/bin/python');
    await run(python, [...pip, 'download', '-q', '--no-deps', '-d', 'wheel', `moto==${version}`], folder);
    const wheel = join(folder, 'wheel', readdirSync(join(folder, 'wheel'))[0] ?? '');
    mustBe('moto', sha256Of(wheel), pinned);
    const extras = '[server,s3,athena,glue,ses,kms,sqs]';
    await run(python, [...pip, 'install', '-q', '-c', constraints, `${wheel}${extras}`], folder);
  },
  async start(installed, work) {
    const port = await freePort();
    const args = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)];
    return serve(join(installed, 'venv/bin/python'), args, { port, work, cwd: work });
  },
};
