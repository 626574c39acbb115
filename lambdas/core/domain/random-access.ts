/** A file that can be read at any place: a dropped object, by byte range. `read` answers exactly `length` bytes, or fewer only at the end. */
export type RandomAccess = { readonly size: number; read(offset: number, length: number): Promise<Uint8Array> };

const blockBytes = 1 << 20;

/** The content block by block; each is asked for while the one before is worked on. */
export async function* blocksOf(content: RandomAccess): AsyncGenerator<Buffer> {
  const ask = (at: number): Promise<Uint8Array> => {
    const asked = content.read(at, Math.min(blockBytes, content.size - at));
    // Whoever takes it is told; a reader that stops before does not care.
    asked.catch(() => undefined);
    return asked;
  };
  let next = content.size > 0 ? ask(0) : undefined;
  for (let at = 0; next; ) {
    const bytes = await next;
    if (bytes.length === 0) return;
    at += bytes.length;
    next = at < content.size ? ask(at) : undefined;
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
