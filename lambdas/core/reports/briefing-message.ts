/**
 * The weekly mail: the headline in both languages and the PDF. It says nothing that the briefing does not, and is read back before it is answered.
 */
import type { Released } from '../disclosure/release.ts';
import type { City } from '../domain/city.ts';
import { invariant } from '../domain/invariant.ts';
import type { Message } from '../ports.ts';
import type { Briefing } from './briefing-model.ts';
import { escaped } from './markup.ts';
import { phrases } from './phrases.ts';
import { allowedIn } from './read-back.ts';
import { messageFault } from './read-back-message.ts';

/** Mail has no style sheet of its own. */
const style = {
  body: 'font-family:Arial,Helvetica,sans-serif;color:#14243d;max-width:640px;line-height:1.5',
  title: 'font-size:20px;color:#14243d',
  week: 'color:#55514a',
  headline: 'font-size:22px;color:#103f75',
} as const;

const lines = ({ headline }: Briefing): readonly string[] => [
  [headline.figure, headline.label].filter(Boolean).join(' '),
  ...headline.facts,
];

function asText(briefing: Briefing): string {
  const words = phrases[briefing.language];
  const [first = '', ...more] = lines(briefing);
  return [
    briefing.title,
    words.weekOf(briefing.week),
    '',
    first,
    ...more.map((line) => `- ${line}`),
    '',
    ...words.protectionLead,
  ].join('\n');
}

function asHtml(briefing: Briefing): string {
  const words = phrases[briefing.language];
  const [first = '', ...more] = lines(briefing);
  return [
    `<div lang="${briefing.language}"><h1 style="${style.title}">${escaped(briefing.title)}</h1>`,
    `<p style="${style.week}">${escaped(words.weekOf(briefing.week))}</p>`,
    `<p style="${style.headline}"><strong>${escaped(first)}</strong></p>`,
    `<ul>${more.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
    words.protectionLead.map((line) => `<p>${escaped(line)}</p>`).join(''),
    '</div>',
  ].join('');
}

/** The messages of a release, one to all who receive the briefing; none when nobody does. `files` are those of `briefingFiles`. */
export function briefingMessage(
  released: Released,
  sources: {
    readonly city: City;
    readonly briefings: readonly Briefing[];
    readonly files: ReadonlyMap<string, Uint8Array>;
  },
): readonly Message[] {
  const { city, briefings, files } = sources;
  if (city.mail.briefingTo.length === 0) return [];
  const pdf = files.get('briefing.pdf');
  invariant(pdf, 'every release has its PDF');
  const subject = briefings
    .map(({ eyebrow, language, week }) => `${eyebrow}: ${phrases[language].weekOf(week)}`)
    .join(' / ');
  const attached = { name: `briefing-${released.week}.pdf`, content: pdf };
  const message: Message = {
    id: `briefing-${released.id}`,
    from: city.mail.from,
    to: city.mail.briefingTo,
    subject: `${city.shortName} – ${subject}`,
    text: `${briefings.map(asText).join('\n\n----------\n\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body style="${style.body}">${briefings.map(asHtml).join('<hr>')}</body></html>\n`,
    attachments: [{ ...attached, type: 'application/pdf' }],
    date: released.approvedAt,
  };
  const said = briefings.map((briefing) => allowedIn(released, briefing));
  const allowed = {
    numbers: new Set(said.flatMap(({ numbers }) => [...numbers])),
    asides: said.flatMap(({ asides }) => asides),
  };
  const fault = messageFault(message, allowed, { attached, styles: new Set(Object.values(style)) });
  invariant(fault === undefined, `the mail says what was released and nothing else: it ${fault}`);
  return [message];
}
