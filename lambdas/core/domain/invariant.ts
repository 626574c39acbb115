/** Thrown when the program itself is wrong; never the answer to bad input. */
class BugError extends Error {
  override name = 'BugError';
}

/** Fails loudly when something that cannot happen has happened. The sentence says what was promised. */
export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new BugError(promise);
}
