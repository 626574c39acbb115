import { describe, expect, it } from 'vitest';
import { StoreLayoutError } from '#adapters/local/store.ts';
import { PortTakenError } from '../../../bin/local/http-host.ts';
import { StartError } from '../../../bin/local/start-error.ts';
import { explain } from '../../../bin/local/trouble.ts';

const withCode = (code: string): Error => Object.assign(new Error(`${code}: x`), { code });

describe('what a person reads when the start fails', () => {
  it('names the port that is taken and the option that helps', () => {
    expect(explain(new PortTakenError('8080'))).toContain('port 8080 is taken');
  });

  it.each(['EROFS', 'EACCES', 'ENOSPC', 'ENOTDIR'])('explains %s in one line without a stack', (code) => {
    const text = explain(new Error('outer', { cause: withCode(code) }));
    expect(text).toContain('data folder');
    expect(text).not.toContain('\n');
  });

  it('knows a full disk by the words of the store too', () => {
    expect(explain(new Error('Commit failed: No space left on device'))).toBe('the disk of the data folder is full');
  });

  it('says when the data are of another version of the program', () => {
    expect(explain(new StoreLayoutError('x'))).toContain('another version of this program');
  });

  it('shows a mendable fault as it is', () => {
    expect(explain(new StartError('there is no file x'))).toBe('there is no file x');
  });
});
