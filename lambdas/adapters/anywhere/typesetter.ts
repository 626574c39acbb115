import { createRequire } from 'node:module';
import type { Assets, Typesetter } from '#core/ports.ts';

type Typst = typeof import('@myriaddreamin/typst-ts-node-compiler');

/** Thrown when a document does not set without a word of complaint: missing glyph, missing alternative text, unknown font, anything. */
class TypesettingError extends Error {
  override name = 'TypesettingError';
}

/** A folder that is on no disk: the document sees the files it was given and nothing else. */
const world = '/typesetting-world';

/** The diagnostics name places in our own templates, never their data. */
const complaint = (kind: string, diagnostics: readonly { readonly message?: string }[]): TypesettingError =>
  new TypesettingError(`${kind}: ${diagnostics.map(({ message }) => message ?? 'no message').join('; ')}`);

const fontFiles = [
  ...['Regular', 'Italic', 'SemiBold', 'Bold'].map((style) => `web/fonts/PublicSans-${style}.ttf`),
  'web/fonts/RobotoMono-Regular.ttf',
];

/**
 * Sets Typst documents with the fonts that ship with the program. One compiler is kept for the life of the process; documents are set one after the other.
 * Templates must say `fallback: false`: then a glyph that the fonts lack is an error and never taken from the machine.
 */
export function typesetter(assets: Pick<Assets, 'bytes'>): Typesetter {
  const load = async () => {
    const fonts = await Promise.all(fontFiles.map((file) => assets.bytes(file)));
    // The package is CommonJS behind a native addon; `require` gives the same object under every loader.
    const typst: Typst = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler');
    return typst.NodeCompiler.create({
      workspace: world,
      fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }],
    });
  };
  let loading: ReturnType<typeof load> | undefined;
  return {
    async pdf({ main, files, standard, date }) {
      loading ??= load();
      const compiler = await loading.catch((cause: unknown) => {
        loading = undefined;
        throw new TypesettingError('the typesetter does not start', { cause });
      });
      // From here to the end nothing waits, so two documents never share a world.
      try {
        compiler.resetShadow();
        for (const [path, bytes] of files) compiler.mapShadow(`${world}${path}`, Buffer.from(bytes));
        const compiled = compiler.compile({ mainFilePath: `${world}${main}` });
        const error = compiled.takeError();
        if (error) throw complaint('the document does not compile', error.shortDiagnostics);
        const warnings = compiled.takeWarnings();
        if (warnings?.shortDiagnostics.length) throw complaint('the document warns', warnings.shortDiagnostics);
        if (!compiled.result) throw new TypesettingError('the document is empty');
        const pdf = compiler.pdf(compiled.result, {
          pdfStandard: standard,
          creationTimestamp: Math.floor(Date.parse(date) / 1000),
        });
        return new Uint8Array(pdf);
      } catch (cause) {
        if (cause instanceof TypesettingError) throw cause;
        throw new TypesettingError('the document cannot be exported', { cause });
      } finally {
        compiler.resetShadow();
        compiler.evictCache(2);
      }
    },
  };
}
