/** The list of a bundle's files, for people (`manifest.json`) and for `sha256sum -c` (`manifest.sha256`). */
import { canonicalJson } from '../domain/canonical-json.ts';
import { sha256 } from '../domain/ids.ts';

const text = new TextEncoder();

/** Adds the two manifests to the files. `facts` says what the bundle is; the same files and facts give the same bytes. File names are plain ASCII without spaces. */
export function withManifest(
  files: ReadonlyMap<string, Uint8Array>,
  facts: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Uint8Array> {
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }));
  const manifest = text.encode(`${JSON.stringify(JSON.parse(canonicalJson({ ...facts, files: listed })), null, 2)}\n`);
  const lines = [...listed, { path: 'manifest.json', sha256: sha256(manifest) }].map(
    (file) => `${file.sha256}  ${file.path}\n`,
  );
  return new Map([...files, ['manifest.json', manifest], ['manifest.sha256', text.encode(lines.join(''))]]);
}
