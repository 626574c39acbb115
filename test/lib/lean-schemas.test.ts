import { describe, expect, it } from 'vitest';
import { writtenOut } from '../../lib/lean-schemas.ts';

describe('writtenOut', () => {
  it('writes the constants of a client where its schemas name them as keys', () => {
    const source =
      'const _h = "http";\nconst _hC = "httpChecksum";\nvar A$ = [9, _h, { [_hC]: "-", [_h]: ["PUT", "/", 200] }];';
    expect(writtenOut(source)).toContain('var A$ = [9, _h, { "httpChecksum": "-", "http": ["PUT", "/", 200] }];');
  });

  it('refuses a key that is no constant, so that a new kind of client is not half understood', () => {
    expect(() => writtenOut('var A$ = [9, { [_h]: 1 }];')).toThrow(/_h, which is no constant/);
  });
});
