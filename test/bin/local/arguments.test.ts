import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../bin/local/arguments.ts';

describe('the command line', () => {
  it('has a value for everything when nothing is said', () => {
    expect(readArguments([])).toEqual({ port: 8080, data: '.local', city: 'los-angeles', once: false, foia: [] });
  });

  it('takes several agency files in their order', () => {
    expect(readArguments(['--foia', 'a.xlsx', '--foia', 'b.csv', '--once'])).toMatchObject({
      foia: ['a.xlsx', 'b.csv'],
      once: true,
    });
  });

  it.each([['--port', 'x'], ['--port', '70000'], ['--city', '../etc'], ['--nonsense'], ['extra']])(
    'says what is wrong with %s %s',
    (...argv) => {
      expect(readArguments(argv)).toHaveProperty('wrong');
    },
  );

  it('asks for help with --help', () => {
    expect(readArguments(['--help'])).toEqual({ help: true });
  });
});
