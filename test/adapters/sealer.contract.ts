import { expect, it } from 'vitest';
import { type DepartmentId, reportIdOf } from '#core/domain/ids.ts';
import { guardedFields } from '#core/domain/report/protected.ts';
import type { Sealer, Unsealer } from '#core/ports.ts';

const a = reportIdOf('fire' as DepartmentId, 'a');
const b = reportIdOf('fire' as DepartmentId, 'b');
const fields = { narrative: 'Two vehicles left by the north gate. ñ', reporter_contact: 'desk@example.org' };

/** What every home of the vault must do. */
export function sealerContract(make: () => Promise<{ sealer: Sealer; unsealer: Unsealer }>): void {
  it('opens what it sealed, field by field', async () => {
    const { sealer, unsealer } = await make();
    const [sealed = [], none] = await sealer.seal([
      { report: a, version: 1, guarded: guardedFields(fields) },
      { report: b, version: 1, guarded: guardedFields({}) },
    ]);
    expect(sealed.map((text) => text.fields)).toEqual([['narrative', 'reporter_contact']]);
    expect(none).toEqual([]);
    expect(JSON.stringify(sealed)).not.toContain('north');
    expect(await unsealer.unseal(a, 1, sealed)).toEqual(fields);
  });

  it('never uses a key twice, whose nonce is always the same', async () => {
    const { sealer } = await make();
    const items = Array.from({ length: 250 }, (_, at) => ({
      report: a,
      version: at + 1,
      guarded: guardedFields(fields),
    }));
    const sealed = [...(await sealer.seal(items)), ...(await sealer.seal(items))];
    expect(new Set(sealed.map(([first]) => first?.key)).size).toBe(500);
    expect(new Set(sealed.flat().map(({ text }) => text)).size).toBe(500);
  });

  it('opens every item of a large batch', async () => {
    const { sealer, unsealer } = await make();
    const items = Array.from({ length: 250 }, (_, at) => ({
      report: a,
      version: at + 1,
      guarded: guardedFields({ narrative: `n${at}` }),
    }));
    const sealed = await sealer.seal(items);
    for (const at of [0, 99, 100, 249])
      expect(await unsealer.unseal(a, at + 1, sealed[at] ?? [])).toEqual({ narrative: `n${at}` });
  });

  it('does not open a text that was moved to another report, named for another field, or changed', async () => {
    const { sealer, unsealer } = await make();
    const [sealed = []] = await sealer.seal([{ report: a, version: 1, guarded: guardedFields(fields) }]);
    const [first] = sealed;
    if (!first) throw new Error('a version with protected fields is sealed');
    await expect(unsealer.unseal(b, 1, sealed)).rejects.toThrow();
    await expect(unsealer.unseal(a, 1, [{ ...first, fields: ['certified_by'] }])).rejects.toThrow();
    const turned = Buffer.from(first.text, 'base64');
    turned.writeUInt8(turned.readUInt8(0) ^ 1, 0);
    await expect(unsealer.unseal(a, 1, [{ ...first, text: turned.toString('base64') }])).rejects.toThrow();
  });

  it('opens what a later version carries on, and of it the fields still in force', async () => {
    const { sealer, unsealer } = await make();
    const [sealed = []] = await sealer.seal([{ report: a, version: 1, guarded: guardedFields(fields) }]);
    const [added = []] = await sealer.seal([{ report: a, version: 2, guarded: guardedFields({ narrative: 'more' }) }]);
    expect(await unsealer.unseal(a, 2, sealed)).toEqual(fields);
    const carried = sealed.map((text) => ({ ...text, fields: ['reporter_contact'] }));
    expect(await unsealer.unseal(a, 2, [...carried, ...added])).toEqual({ ...fields, narrative: 'more' });
  });
}
