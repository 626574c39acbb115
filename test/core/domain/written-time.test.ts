import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writtenTime } from '#core/domain/written-time.ts';

const digits = (max: number, width = 2) => fc.nat({ max }).map((number) => String(number).padStart(width, '0'));
const written = fc
  .tuple(
    fc.oneof(digits(9999, 4), digits(2101, 4), fc.constantFrom('1969', '1970', '2000', '2024', '2099', '2100')),
    ...[digits(13), digits(32), digits(24), digits(60), digits(60)],
    fc.constantFrom(
      'Z',
      '+00:00',
      '-05:00',
      '+14:00',
      '-00:30',
      '+23:59',
      '+24:00',
      '+05:60',
      'z',
      '',
      '.5Z',
      '.123+01:00',
    ),
  )
  .map(([year, month, day, hour, minute, second, zone]) => ({
    day: `${year}-${month}-${day}`,
    time: `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`,
  }));

it('reads every day and time as Date.parse does, and what is neither too', () => {
  fc.assert(
    fc.property(written, fc.nat(), fc.constantFrom('', ' ', '-', ':', '0', 'x'), ({ day, time }, at, letter) => {
      for (const text of [day, time]) {
        expect(writtenTime(text)).toBe(Date.parse(text));
        const place = at % (text.length + 1);
        const spoilt = `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
        expect(writtenTime(spoilt)).toBe(Date.parse(spoilt));
      }
    }),
    { numRuns: 5000 },
  );
});

it('reads every day from 1970 to 2099', () => {
  for (let ms = 0; ms < Date.UTC(2100, 0, 1); ms += 86_400_000) {
    const text = new Date(ms).toISOString();
    expect(writtenTime(text.slice(0, 10))).toBe(ms);
  }
});
