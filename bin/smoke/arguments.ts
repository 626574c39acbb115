import { parseArgs } from 'node:util';
import { defaultCity } from '../default-city.ts';

export type Arguments = {
  readonly url: string;
  readonly tokenUrl: string;
  readonly city: string;
  /** The folder of a city at home, whose clients are in a file. */
  readonly data?: string;
  /** The function to call for the dry run of the release, in the cloud. */
  readonly releaseFunction?: string;
};

export const usage = `npm run smoke -- --url URL [options]
  --url URL                 where the interface is: the output ApiAddress, or http://localhost:8080
  --token-url URL           where tokens are given: the output TokenAddress (default URL/oauth2/token)
  --city NAME               the folder in cities/ (default ${defaultCity})
  --data DIR                a city at home: take its clients from DIR/credentials.json
  --release-function NAME   in the cloud: the output DryRunName, called with the aws command line and your own credentials
  --help                    this text

In the cloud, by environment: SMOKE_CLIENT_ID and SMOKE_CLIENT_SECRET of one department's client, SMOKE_API_KEY its key.`;

/** Reads the command line; a text instead of arguments says what is wrong with it. */
export function readArguments(
  argv: readonly string[],
): Arguments | { readonly wrong: string } | { readonly help: true } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        url: { type: 'string' },
        'token-url': { type: 'string' },
        city: { type: 'string', default: defaultCity },
        data: { type: 'string' },
        'release-function': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { help: true };
    if (values.url === undefined || !URL.canParse(values.url))
      return { wrong: '--url takes the address of the interface' };
    const url = values.url.replace(/\/+$/, '');
    const releaseFunction = values['release-function'];
    if ((values.data === undefined) === (releaseFunction === undefined))
      return { wrong: 'give --data for a city at home, or --release-function for one in the cloud' };
    return {
      url,
      tokenUrl: values['token-url'] ?? `${url}/oauth2/token`,
      city: values.city,
      ...(values.data === undefined ? {} : { data: values.data }),
      ...(releaseFunction === undefined ? {} : { releaseFunction }),
    };
  } catch (cause) {
    return { wrong: (cause as Error).message.split('. ')[0] ?? 'the command line is not understood' };
  }
}
