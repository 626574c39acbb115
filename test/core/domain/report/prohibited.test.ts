import { describe, expect, it } from 'vitest';
import { isPlain, prohibitedIn } from '#core/domain/report/prohibited.ts';

describe('isPlain', () => {
  it('takes only letters that stand for themselves, alone and after any other', () => {
    const letters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isPlain);
    expect(letters).toEqual(expect.arrayContaining(['a', '9', '\n', 'ñ', 'Á', 'ü', '¿', '»']));
    for (const letter of letters) expect(letter).not.toMatch(/[^0-9\P{Nd}]|\p{Default_Ignorable_Code_Point}|\p{Cf}/u);
    for (const first of letters)
      for (const second of letters) expect((first + second).normalize('NFKC')).toBe(first + second);
    for (const other of ['\0', '\t', '\u00ad', '\u00aa', '\u00b2', '\u0301', '\u043e', 'e\u0301'])
      expect(isPlain(other)).toBe(false);
  });
});

describe('prohibitedIn', () => {
  it.each([
    ['E501', 'The man said he was undocumented.'],
    ['E501', 'She is a US citizen, they were told.'],
    ['E501', 'El trabajador es indocumentado.'],
    ['E501', 'Su estatus migratorio es irregular.'],
    ['E501', 'Two green card holders were there.'],
    ['E502', 'The woman was born in a village abroad.'],
    ['E502', 'A Guatemalan man was taken away.'],
    ['E502', 'The vendor is from Honduras.'],
    ['E502', 'Es originario de otro lugar.'],
    ['E503', 'The paper said A123456789.'],
    ['E503', 'The paper said A 123-456-789 on top.'],
    ['E503', 'A# 12345678'],
    ['E504', 'Number 123-45-6789 was read aloud.'],
    ['E504', 'SSN 123456789'],
    ['E504', 'ITIN 912-78-1234'],
    ['E505', 'DOB 04/05/1990'],
    ['E505', 'Fecha de nacimiento: 4 de mayo'],
    ['E505', 'He was born on May 4.'],
    ['E506', 'Call (213) 555-0123.'],
    ['E506', 'Call 213.555.0123.'],
    ['E506', 'Teléfono: 555-0123'],
    ['E507', 'Write to someone@example.org.'],
    ['E508', 'She lives at 12 Elm Street.'],
    ['E508', 'Vive en la calle Olmo.'],
    ['E508', 'They went to apt 4.'],
    ['E509', 'Passport number X1234567 was taken.'],
    ['E509', "Driver's license D1234567 was read."],
    ['E510', 'A worker named Juan was taken.'],
    ['E510', 'His name is Robert.'],
    ['E510', 'Se llama María.'],
    ['E510', 'Mr. Smith was questioned.'],
    ['E510', 'La Sra. Gómez fue interrogada.'],
    ['E503', 'The paper said Ａ１２３４５６７８９.'],
    ['E501', 'un\u200bdocumented'],
  ])('sets off %s', (code, text) => {
    expect(prohibitedIn(text, 'prose')).toContain(code);
  });

  it.each([
    'Charges under 8 U.S.C. 1325 and PC 148(a)(1) were mentioned.',
    'Immigration and Customs Enforcement and Homeland Security Investigations were on the vests.',
    'An immigration officer signed the I-200; another form was an I-205.',
    'U.S. Citizenship and Immigration Services has an office nearby.',
    'The senior citizen center closed early and the Immigrant Affairs Liaison was called.',
    'Agents in 4 vehicles, plates not seen, stood in the lot from 9:10 to 9:55 on 2026-06-09.',
    'Los agentes llegaron a la biblioteca y se retiraron a las 10:30.',
    'The park named Echo Park was closed. Incident 260609001187.',
    'The car was illegally parked. Staff called LAPD at 200 North Spring Street.',
    'A van with New Mexico plates waited. The National Guard and a national park ranger passed.',
    'Border Patrol asked for records of residents of the district; none were given.',
    'Se presentó una orden administrativa firmada por un oficial de inmigración.',
    'A200 form was not shown. Room A-12 was locked. Flight of 20 steps.',
  ])('lets plain facts through: %s', (text) => {
    expect(prohibitedIn(text, 'prose')).toEqual([]);
  });

  it('sees through what a reader does not see: invisible characters, look-alike letters, digits of other scripts', () => {
    for (const hidden of [
      '\u00ad',
      '\u200b',
      '\u202e',
      '\u2066',
      '\ufe0f',
      '\u034f',
      '\u180e',
      '\u2062',
      '\u3164',
      '\u{e0061}',
    ])
      expect(prohibitedIn(`an un${hidden}documented man`, 'prose')).toEqual(['E501']);
    for (const text of ['He is und\u043ecumented', 'He is undocu\u043cented', 'He is \u03c5ndocumented'])
      expect(prohibitedIn(text, 'prose')).toEqual(['E501']);
    for (const number of [
      '123\u221245\u22126789',
      '\u0661\u0662\u0663-\u0664\u0665-\u0666\u0667\u0668\u0669',
      '\u0967\u0968\u0969-\u096a\u096b-\u096c\u096d\u096e\u096f',
    ])
      expect(prohibitedIn(`SSN ${number}`, 'prose')).toEqual(['E504']);
    expect(prohibitedIn('La calle peatonal quedó cerrada 20 minutos — sin daños', 'prose')).toEqual([]);
  });

  it("lets the reporter's own work contact through", () => {
    expect(prohibitedIn('desk@library.example, (213) 555-0123', 'contact')).toEqual([]);
    expect(prohibitedIn('A123456789', 'contact')).toEqual(['E503']);
  });

  it('lets record numbers through and stops alien and social security numbers in them', () => {
    for (const id of ['LIB-2026-0041', '260609-1187', 'RAP/2026/11/000123', '7f3a9c00-1c1d-4f7e-9a61-0b8d1c2e3f40'])
      expect(prohibitedIn(id, 'identifier')).toEqual([]);
    expect(prohibitedIn('A-123456789', 'identifier')).toEqual(['E503']);
    expect(prohibitedIn('123-45-6789', 'identifier')).toEqual(['E504']);
  });
});
