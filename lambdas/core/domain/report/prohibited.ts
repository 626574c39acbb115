/**
 * The tripwire for what the ledger must not hold (row X of the report; docs/PRIVACY). It looks at every string that is not a word of a closed vocabulary.
 * It is a tripwire, not a filter: it knows numbers by shape and people by the phrases that introduce them, in English and Spanish. A bare name, a misspelling,
 * another language or a picture passes it; so accepted text is sealed all the same and never published. A harmless sentence is sometimes refused; the codes of
 * the report say the same without describing a person.
 */
import { type TextKind, tripwires } from './tripwires.ts';
import { wordFinder } from './word-finder.ts';

/** Fixed sentences by code; none quotes what was found. */
export const prohibitedMessages: Readonly<Record<string, string>> = {
  E501: 'The text seems to state the immigration or citizenship status of a person, which the city does not record',
  E502: 'The text seems to state a country of birth, origin or nationality of a person, which the city does not record',
  E503: 'The text seems to hold an alien registration number',
  E504: 'The text seems to hold a social security or taxpayer number',
  E505: 'The text seems to hold a date of birth',
  E506: 'The text seems to hold a telephone number',
  E507: 'The text seems to hold an e-mail address',
  E508: 'The text seems to hold a home address',
  E509: 'The text seems to hold a passport, licence or consular number',
  E510: 'The text seems to name a person; describe the role instead',
};

/** What no reader sees: soft hyphens, joiners, directions, fillers, variation selectors, tags. */
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const plain = /^[\x20-\x7e\n¡«¿»À-ÖØ-öø-ÿ]*$/;

/** Whether a text holds nothing but what keyboards of the west write, each letter as one: it is read as it stands, and nothing in it needs a second look. */
export const isPlain = (text: string): boolean => plain.test(text);

/** Cyrillic and Greek letters that look like a Latin one, each above the letter it looks like. */
const alike = new Map(
  Array.from('АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυικχ', (letter, at) => [
    letter,
    'ABESIJKMHOPCTYXabesijkmhopctyxdhqwABEZHIKMNOPTYXavopuikx'.charAt(at),
  ]),
);
const letterAlike = new RegExp(`[${[...alike.keys()].join('')}]`, 'g');

/** A decimal digit of any script as 0 to 9: the digits of a script stand together, in order. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** The text as a reader takes it: one form of each letter, Latin digits, plain hyphens, nothing invisible. */
const flatten = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(letterAlike, (letter) => alike.get(letter) ?? letter)
    .replace(/(?![0-9])\p{Nd}/gu, latinDigit)
    .replace(/[\u2010-\u2015\u2212]/g, '-');

const digit = /[0-9]/;

function digitsOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) count++;
  }
  return count;
}

const hintsIn = wordFinder(tripwires.map(({ hints }) => hints ?? []));

/** The tripwires as they are looked at for each text: objects of one form, which the engine reads many times as fast. */
const trials = tripwires.map(({ code, hints, spares = [], digits = 0, cased = false, pattern }, at) => ({
  code,
  /** The bit of the hints that must be found; 0 when none is needed. */
  hint: hints === undefined ? 0 : 1 << at,
  spares: new Set<TextKind>(spares),
  digits,
  cased,
  pattern,
}));

const none: readonly string[] = [];

/** Codes of every tripwire that a text sets off, in order; empty for most. `isPlain` may be told by who knows it. */
export function prohibitedIn(text: string, kind: TextKind, known = isPlain(text)): readonly string[] {
  const flat = known ? text : flatten(text);
  const digits = digit.test(flat) ? digitsOf(flat) : 0;
  // A record number has no words: only numbers of seven digits and more can be another kind of number.
  if (kind === 'identifier' && digits < 7) return none;
  const lower = flat.toLowerCase();
  const hints = hintsIn(lower);
  const codes: string[] = [];
  for (const trial of trials) {
    if ((hints & trial.hint) !== trial.hint || digits < trial.digits || trial.spares.has(kind)) continue;
    if (trial.pattern.test(trial.cased ? flat : lower)) codes.push(trial.code);
  }
  return codes;
}
