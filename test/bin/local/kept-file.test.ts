import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { keptFile } from '../../../bin/local/kept-file.ts';
import { secretKey } from '../../../bin/local/secret-key.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kept-'));
  made.push(path);
  return path;
}

describe('a file that is made once', () => {
  it('is kept with its first content, for its owner alone, and leaves no draft', () => {
    const home = folder();
    const path = join(home, 'key');
    expect(keptFile(path, () => 'first')).toBe('first');
    expect(keptFile(path, () => 'second')).toBe('first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['key']);
  });

  it('is not there at all when making it fails', () => {
    const home = folder();
    const broken = () => {
      throw new Error('no randomness');
    };
    expect(() => keptFile(join(home, 'key'), broken)).toThrow('no randomness');
    expect(readdirSync(home)).toEqual([]);
  });

  it('gives the same secret again and no secret from a damaged file', () => {
    const path = join(folder(), 'secret');
    expect(secretKey(path)).toMatch(/^[0-9a-f]{64}$/);
    expect(secretKey(path)).toBe(readFileSync(path, 'utf8').trim());
    writeFileSync(path, '');
    expect(() => secretKey(path)).toThrow('is not the secret');
  });
});
