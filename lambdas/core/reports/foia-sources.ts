/** The agency files behind a count of FOIA records, told beside it: on pages by release, in data and exhibits by hash (docs/METHODS.md §4). */
import type { FoiaFile, ReleasedTable } from '../disclosure/released-table.ts';
import { answerCsv } from './answer-csv.ts';
import type { Phrases } from './phrases.ts';
import type { Speech } from './speech.ts';

const releasesOf = (files: readonly FoiaFile[]): readonly string[] => [...new Set(files.map(({ release }) => release))];

/** What is said under the table; undefined for a count of anything else. A release of which one file counts is named as counted. */
export function foiaNote({ foiaFiles }: ReleasedTable, speech: Speech, phrases: Phrases): string | undefined {
  if (!foiaFiles) return undefined;
  const counted = releasesOf(foiaFiles.filter(({ standing }) => standing === 'counted'));
  const former = new Map<string, FoiaFile>();
  for (const file of foiaFiles)
    if (file.standing !== 'counted' && !counted.includes(file.release)) former.set(file.release, file);
  const said = [...former.values()].map(({ release, replacedBy }) =>
    phrases.noLongerCounted(speech.aside(release), replacedBy === undefined ? undefined : speech.aside(replacedBy)),
  );
  return [
    phrases.countedReleases(speech.list(counted.map(speech.aside))),
    ...(said.length > 0 ? [phrases.formerReleases(said.join('; '))] : []),
  ].join(' ');
}

/** The same as sources of a data resource (Frictionless): one for each file, those that no longer count included. */
export function foiaSources({ foiaFiles }: ReleasedTable): readonly Readonly<Record<string, string>>[] | undefined {
  return foiaFiles?.map(({ release, file, standing, reading, replacedBy }) => ({
    title: `Agency file of release ${release}`,
    release,
    hash: `sha256:${file}`,
    standing,
    reading: String(reading),
    ...(replacedBy === undefined ? {} : { replaced_by: replacedBy }),
  }));
}

/** The same as a table: what other parties may ask to inspect, as received (Federal Rule of Evidence 1006(b)). */
export const agencyFilesCsv = ({ foiaFiles }: ReleasedTable): Uint8Array | undefined =>
  foiaFiles &&
  answerCsv({
    columns: ['foia_release', 'file_sha256', 'standing', 'reading', 'replaced_by'].map((name) => ({ name })),
    rows: foiaFiles.map(({ release, file, standing, reading, replacedBy }) => [
      release,
      file,
      standing,
      reading,
      replacedBy ?? null,
    ]),
  });

/** The same as lines of an exhibit. */
export const foiaFacts = ({ foiaFiles }: ReleasedTable): readonly (readonly [string, string])[] =>
  (foiaFiles ?? []).map(({ release, file, standing, reading, replacedBy }) => [
    standing === 'counted' ? 'Agency file counted' : `Agency file ${standing}`,
    `${release}, reading ${reading}, SHA-256 ${file}${replacedBy === undefined ? '' : `, replaced by ${replacedBy}`}`,
  ]);
