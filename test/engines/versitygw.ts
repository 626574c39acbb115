import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Engine, freePort, mustBe, run, serve } from './engine.ts';
import { credentials } from './stand-in.ts';

const module = 'github.com/versity/versitygw';
const version = '1.8.0';
const pinned = 'h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=';

/** Versity S3 Gateway: a production S3 server over a folder. Objects are plain files under `<folder>/s3/<bucket>/<key>`. */
export const versitygw: Engine = {
  name: 'versitygw',
  version,
  needs: [{ program: 'go', arguments: ['version'] }],
  async fetch(folder) {
    // The checksum database of Go vouches for what the module itself needs.
    const download = await run('go', ['mod', 'download', '-json', `${module}@v${version}`], folder);
    mustBe('versitygw', z.object({ Sum: z.string() }).parse(JSON.parse(download)).Sum, pinned);
    await run('go', ['install', `${module}/cmd/versitygw@v${version}`], folder, { GOBIN: folder });
  },
  async start(installed, work) {
    const port = await freePort();
    for (const folder of ['s3', 'versions']) mkdirSync(join(work, folder), { recursive: true });
    const args = ['--port', `127.0.0.1:${port}`, '--region', 'us-west-2', '--quiet'];
    return serve(
      join(installed, 'versitygw'),
      [...args, 'posix', '--versioning-dir', join(work, 'versions'), join(work, 's3')],
      {
        port,
        work,
        cwd: work,
        env: { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey },
      },
    );
  },
};
