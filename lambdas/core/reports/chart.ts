/**
 * Weekly totals as bars; a withheld week is a hatched gap, never a zero (docs/METHODS.md §5). Same input, same bytes.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import type { ReleasedValue } from '../disclosure/released-table.ts';
import type { Week } from '../domain/week.ts';
import { fontFamily, hatch, ink } from './map.ts';
import { escaped } from './markup.ts';

export type ChartWeek = { readonly week: Week; readonly value: ReleasedValue };

export type ChartWords = {
  readonly title: string;
  readonly description: string;
  readonly withheld: string;
  readonly latest: string;
  readonly count: (value: number) => string;
  readonly monthName: (week: Week) => string;
  readonly language: string;
};

/** The round numbers of the upright axis: read from the highest shown count alone. */
export function chartTicks(weeks: readonly ChartWeek[]): readonly number[] {
  const highest = Math.max(1, ...weeks.map(({ value }) => (value.kind === 'count' ? value.count : 0)));
  return scaleLinear([0, highest], [0, 1]).nice(4).ticks(4).filter(Number.isInteger);
}

/** The first week of each month in the series, and the first week of the month after it. */
function monthStarts(weeks: readonly ChartWeek[]) {
  const starts = weeks.flatMap(({ week }, index) =>
    weeks[index - 1]?.week.slice(0, 7) === week.slice(0, 7) ? [] : [{ week, index }],
  );
  return starts.map((start, at) => ({ ...start, next: starts[at + 1]?.week }));
}

/**
 * Draws the chart as an SVG. `wide` writes each week's count over its bar; the narrow one, for telephones, only the highest and the latest.
 */
export function chartSvg(picture: {
  readonly weeks: readonly ChartWeek[];
  readonly words: ChartWords;
  readonly wide: boolean;
}): string {
  const { weeks, words, wide } = picture;
  const [width, height] = wide ? [960, 280] : [360, 240];
  const ticks = chartTicks(weeks);
  // Room for the longest number on the axis: digits are about 7.4 wide at this size.
  const longest = Math.max(3, ...ticks.map((tick) => words.count(tick).length));
  const edge = { top: 26, right: 8, bottom: 46, left: Math.round(12 + 7.4 * longest) };
  const highestTick = ticks.at(-1) ?? 1;
  const highest = Math.max(1, ...weeks.map(({ value }) => (value.kind === 'count' ? value.count : 0)));
  const y = scaleLinear([0, Math.max(highestTick, highest)], [height - edge.bottom, edge.top]);
  const x = scaleBand<Week>(
    weeks.map(({ week }) => week),
    [edge.left, width - edge.right],
  ).padding(0.22);
  const bar = x.bandwidth();
  const size = wide ? 12 : 11;
  const name = wide ? 'chart-withheld' : 'chart-narrow-withheld';

  const grid = ticks.map(
    (tick) =>
      `<line x1="${edge.left}" x2="${width - edge.right}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="${tick ? '#e4e0d8' : '#6f6a60'}"/><text x="${edge.left - 7}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end" fill="#55514a">${escaped(words.count(tick))}</text>`,
  );
  const last = weeks.at(-1);
  const top = weeks.find(({ value }) => value.kind === 'count' && value.count === highest);
  const bars = weeks.map((entry) => {
    const left = x(entry.week) ?? 0;
    if (entry.value.kind !== 'count')
      return `<rect x="${left.toFixed(1)}" y="${edge.top}" width="${bar.toFixed(1)}" height="${height - edge.bottom - edge.top}" fill="url(#${name})"/>`;
    const { count } = entry.value;
    const labelled = wide ? count > 0 : entry === last || entry === top;
    const weight = entry === last ? ' font-weight="700"' : '';
    const label = labelled
      ? `<text x="${(left + bar / 2).toFixed(1)}" y="${(y(count) - 6).toFixed(1)}" text-anchor="middle" stroke="#fff" stroke-width="3" paint-order="stroke"${weight}>${escaped(words.count(count))}</text>`
      : '';
    return `<rect x="${left.toFixed(1)}" y="${y(count).toFixed(1)}" width="${bar.toFixed(1)}" height="${(y(0) - y(count)).toFixed(1)}" fill="${entry === last ? '#103f75' : '#7fb2dc'}"/>${label}`;
  });
  const months = monthStarts(weeks).map(({ week, index, next }) => {
    const left = x(week) ?? 0;
    // A month is named under its first week, when its name has room before the next one or the edge.
    const end = next ? (x(next) ?? 0) : width - edge.right;
    if (!next && end - left < 32)
      return `<text x="${end}" y="${height - edge.bottom + 18}" text-anchor="end" fill="#55514a">${escaped(words.monthName(week))}</text>`;
    if (end - left < 32 || (index === 0 && end - left < 48)) return '';
    return `<text x="${left.toFixed(1)}" y="${height - edge.bottom + 18}" fill="#55514a">${escaped(words.monthName(week))}</text>`;
  });
  const key = height - 16;
  const hidden = weeks.some(({ value }) => value.kind !== 'count');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:lang="${words.language}" font-family="${fontFamily}" font-size="${size}" fill="${ink}">`,
    `<title>${escaped(words.title)}</title><desc>${escaped(words.description)}</desc>`,
    hatch(name),
    grid.join(''),
    bars.join(''),
    months.join(''),
    hidden
      ? `<rect x="${edge.left}" y="${key}" width="16" height="11" fill="url(#${name})" stroke="#6f6a60" stroke-width=".6"/><text x="${edge.left + 22}" y="${key + 10}">${escaped(words.withheld)}</text>`
      : '',
    `<text x="${width - edge.right}" y="${key + 10}" text-anchor="end" font-weight="700" fill="#103f75">${escaped(words.latest)}</text>`,
    '</svg>',
  ].join('');
}
