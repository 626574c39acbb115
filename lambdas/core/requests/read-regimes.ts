/** Opens the regimes that ship with the program: a folder each with `regime.json`, `calendar.json`, `days.csv` and `letters/*.md`, read once at start. */
import Papa from 'papaparse';
import * as z from 'zod';
import { calendarFile, type DayOverride, dayOverride } from './day-calendar.ts';
import { readLetterTemplate } from './letter-template.ts';
import { type Regime, regimeFile } from './regime.ts';

export type RegimeFiles = {
  text(path: string): Promise<string>;
  list(folder: string): Promise<readonly string[]>;
};

/** Thrown when a regime does not read; the message names the file and the place in it. */
class RegimeError extends Error {
  override name = 'RegimeError';
}

export const regimesFolder = 'lambdas/core/requests/regimes';

const lastName = (path: string): string => path.replace(/\/$/, '').split('/').at(-1) ?? path;

/** Reads every regime of a folder, in the order of their names. Throws RegimeError. */
export async function readRegimes(files: RegimeFiles, folder = regimesFolder): Promise<readonly Regime[]> {
  const names = [...new Set((await files.list(folder)).map(lastName))].filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
  return Promise.all(names.sort().map((name) => readRegime(files, `${folder}/${name}`, name)));
}

async function readRegime(files: RegimeFiles, folder: string, name: string): Promise<Regime> {
  const facts = readJson(`${folder}/regime.json`, await files.text(`${folder}/regime.json`), regimeFile);
  if (facts.id !== name) throw new RegimeError(`${folder}/regime.json: the id is the name of the folder`);
  for (const { pattern, example } of facts.numbers)
    if (!new RegExp(`^(?:${pattern})$`).test(example))
      throw new RegimeError(`${folder}/regime.json: the example ${example} does not match its own pattern`);
  const calendar = readJson(`${folder}/calendar.json`, await files.text(`${folder}/calendar.json`), calendarFile);
  const overrides = readOverrides(`${folder}/days.csv`, await files.text(`${folder}/days.csv`));
  const letterNames = (await files.list(`${folder}/letters`)).map(lastName).filter((file) => file.endsWith('.md'));
  const letters = await Promise.all(
    letterNames.sort().map(async (file) => {
      const path = `${folder}/letters/${file}`;
      const template = readLetterTemplate(file.slice(0, -'.md'.length), await files.text(path));
      if ('wrong' in template) throw new RegimeError(`${path}: ${template.wrong}`);
      return template;
    }),
  );
  return { ...facts, calendar: { ...calendar, overrides }, letters: letters.sort((a, b) => a.order - b.order) };
}

function readJson<Schema extends z.ZodType>(path: string, content: string, schema: Schema): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new RegimeError(`${path}: this is not JSON`, { cause });
  }
  const read = schema.safeParse(json);
  if (!read.success) throw new RegimeError(`${path}: ${z.prettifyError(read.error)}`);
  return read.data;
}

function readOverrides(path: string, content: string): readonly DayOverride[] {
  const { data } = Papa.parse<Record<string, string>>(content.trim(), { header: true, delimiter: ',' });
  return data.map((row, at) => {
    const read = dayOverride.safeParse(row);
    if (!read.success) throw new RegimeError(`${path}, row ${at + 2}: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}
