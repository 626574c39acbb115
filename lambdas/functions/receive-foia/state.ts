/** Statements about a file: written down beside it and in the lake, where questions see what counts. */
import type { FoiaCustody, FoiaStatement } from '#core/domain/foia-custody.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { FoiaFiles, Lake } from '#core/ports.ts';

type Said = Pick<FoiaStatement, 'statement' | 'by' | 'at'> & { readonly why?: string; readonly replacedBy?: string };

/** Adds a statement to those about a file. The same statement of the same moment is written once, however often it is tried. */
export async function state(
  { foia, lake }: { readonly foia: FoiaFiles; readonly lake: Pick<Lake, 'append'> },
  { sha256, release, reading }: Pick<FoiaCustody, 'sha256' | 'release' | 'reading'>,
  { statement, by, at, why = '', replacedBy }: Said,
): Promise<void> {
  for (;;) {
    const before = await foia.statements(sha256);
    const again = before.find(
      (known) => known.at === at && known.statement === statement && known.by === by && known.reading === reading,
    );
    const made: FoiaStatement = again ?? {
      file: sha256,
      release,
      sequence: before.length + 1,
      statement,
      reading,
      by,
      why,
      at,
      ...(replacedBy === undefined ? {} : { replacedBy }),
    };
    if (!again && !(await foia.state(made))) continue;
    const name = `${sha256.slice(0, 16)}-${made.sequence}`;
    await lake.append('foia_statements', { partition: partitionOf(made.at), name }, [
      {
        file_sha256: made.file,
        foia_release: made.release,
        sequence: made.sequence,
        statement: made.statement,
        reading: made.reading,
        replaced_by: made.replacedBy ?? null,
        recorded_at: made.at,
      },
    ]);
    return;
  }
}
