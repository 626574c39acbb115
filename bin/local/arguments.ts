import { parseArgs } from 'node:util';
import { defaultCity } from '../default-city.ts';

export type Arguments = {
  readonly port: number;
  readonly data: string;
  readonly city: string;
  readonly once: boolean;
  readonly foia: readonly string[];
};

export const usage = `npm start -- [options]
  --port N       serve on http://localhost:N (default 8080)
  --data DIR     keep everything under DIR (default .local)
  --foia FILE    drop an agency file, xlsx or csv (repeatable; default: a generated sample workbook)
  --city NAME    the folder in cities/ (default ${defaultCity})
  --once         run the main job, then exit 0
  --help         this text`;

/** Reads the command line; a text instead of arguments says what is wrong with it. */
export function readArguments(
  argv: readonly string[],
): Arguments | { readonly wrong: string } | { readonly help: true } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '8080' },
        data: { type: 'string', default: '.local' },
        city: { type: 'string', default: defaultCity },
        foia: { type: 'string', multiple: true, default: [] },
        once: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { help: true };
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return { wrong: '--port takes a number from 0 to 65535' };
    if (!/^[a-z0-9-]+$/.test(values.city)) return { wrong: '--city takes the name of a folder in cities/' };
    return { port, data: values.data, city: values.city, once: values.once, foia: values.foia };
  } catch (cause) {
    return { wrong: (cause as Error).message.split('. ')[0] ?? 'the command line is not understood' };
  }
}
