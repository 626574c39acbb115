/** A file that can be read at any place: a dropped object, by byte range. `read` answers exactly `length` bytes, or fewer only at the end. */
export type RandomAccess = { readonly size: number; read(offset: number, length: number): Promise<Uint8Array> };
