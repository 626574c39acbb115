/** What the forms of a request send, as the schemas of the interface want it: empty fields are left out, lists are lists, numbers are numbers. */
import type { CalendarDate } from '#core/domain/instant.ts';

type Form = Readonly<Record<string, unknown>>;

const text = (form: Form, name: string): string | undefined => {
  const value = form[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim().replaceAll('\r\n', '\n') : undefined;
};
const texts = (form: Form, name: string): readonly string[] => {
  const value = form[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
};
const some = <Item>(list: readonly Item[]): readonly Item[] | undefined => (list.length > 0 ? list : undefined);
const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
const number = (form: Form, name: string): number | undefined => {
  const said = text(form, name);
  return said === undefined ? undefined : Number(said);
};

const letterFields = [
  'addressee',
  'period',
  'format',
  'signatory_name',
  'signatory_title',
  'fee_waiver_reason',
  'expedite_reason',
];
const letterValues = (form: Form) => Object.fromEntries(letterFields.map((name) => [name, text(form, name)]));

/** The form that opens a request. */
export function factsOf(form: Form): Record<string, unknown> {
  const [regime, agency] = (text(form, 'agency') ?? '').split('/');
  const items = (text(form, 'items') ?? '').split('\n').map((item) => item.trim().replace(/^\d+[.)]\s+/, ''));
  return given({ regime, agency, title: text(form, 'title'), items: items.filter(Boolean), ...letterValues(form) });
}

/** The forms that add to the log; completing the facts happens today. */
export function eventOf(form: Form, today: CalendarDate): Record<string, unknown> {
  const kind = text(form, 'kind');
  if (kind === 'amended') return { kind, on: today, patch: given(letterValues(form)) };
  return given({
    kind,
    on: text(form, 'on'),
    ...Object.fromEntries(
      ['channel', 'number', 'outcome', 'reason', 'stage', 'until', 'note'].map((name) => [name, text(form, name)]),
    ),
    ...Object.fromEntries(['days', 'count', 'amount', 'strikes'].map((name) => [name, number(form, name)])),
    items: some(texts(form, 'items').map(Number)),
    files: some(texts(form, 'files')),
    exemptions: some(
      (text(form, 'exemptions') ?? '')
        .split(/[,;]/)
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  });
}

/** What was typed, to show it again. */
export const valuesOf = (form: Form): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    Object.keys(form)
      .filter((name) => name !== 'key')
      .map((name) => [name, Array.isArray(form[name]) ? texts(form, name) : (text(form, name) ?? '')]),
  );
