/** What the columns of a table that no layout knows seem to hold, by the rows that a person is shown of it. Only ever proposed to a person. */
import type { FoiaPreview } from '../domain/foia-custody.ts';
import { saysNothing, whenInText } from './dates.ts';
import { type AreaLists, normalWords } from './layout.ts';
import { redactionOf } from './redaction.ts';

type Rows = FoiaPreview['sheets'][number]['rows'];
type Level = 'aor' | 'sector' | 'state';

/** The header of the column that holds dates, identifiers of persons, or areas of one level; each only where one is found. */
export type LikelyColumns = {
  readonly eventDate?: string;
  readonly person?: string;
  readonly area?: string;
  readonly level?: Level;
};

const fewest = 3;
const most = 0.6;
const listOf = { aor: 'areasOfResponsibility', sector: 'sectors', state: 'states' } as const;
const levels: readonly Level[] = ['aor', 'sector', 'state'];

/** Finds the header among the rows and judges what stands under it; columns with too little under them are left to the person. */
export function likelyColumns(headers: readonly string[], rows: Rows, areas: AreaLists): LikelyColumns {
  const at = rows.findIndex(({ cells }) => headers.every((header) => cells.includes(header)));
  const header = rows[at];
  if (!header) return {};
  const under = (name: string): readonly string[] =>
    rows
      .slice(at + 1)
      .map(({ cells }) => cells[header.cells.indexOf(name)] ?? '')
      .filter((text) => !saysNothing(text) && !redactionOf(text));
  const holding = (is: (text: string) => boolean): string | undefined =>
    headers.find((name) => {
      const texts = under(name);
      return texts.length >= fewest && texts.filter(is).length >= texts.length * most;
    });
  const eventDate = holding((text) => whenInText(text).kind === 'day');
  const person = holding((text) => /^[0-9a-f]{32,64}$/i.test(text));
  const placed = levels.map((level) => {
    const list = areas[listOf[level]];
    return { level, area: holding((text) => list[normalWords(text)] !== undefined) };
  });
  const { area, level } = placed.find((one) => one.area !== undefined) ?? {};
  return {
    ...(eventDate === undefined ? {} : { eventDate }),
    ...(person === undefined ? {} : { person }),
    ...(area === undefined || level === undefined ? {} : { area, level }),
  };
}
