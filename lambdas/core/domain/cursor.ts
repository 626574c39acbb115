/** Where a listing goes on, as opaque text. A position is a list of keys of the listing's order, so a cursor stays true while entries are added. */
export type Position = readonly (string | number)[];

export const encodeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/** Opens a cursor that came from outside; undefined when it does not hold `length` keys. */
export function decodeCursor(text: string, length: number): Position | undefined {
  if (!/^[A-Za-z0-9_-]{1,1024}$/.test(text)) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const isKey = (key: unknown) => typeof key === 'string' || typeof key === 'number';
    return Array.isArray(position) && position.length === length && position.every(isKey) ? position : undefined;
  } catch {
    return undefined;
  }
}
