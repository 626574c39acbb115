/** HiGHS as its package loads it. */
export type Loader = typeof import('highs')['default'];

export type Runtime = Awaited<ReturnType<Loader>>;

/** An exception inside WebAssembly ends the question and not the program: no answer is what a solver may always give. */
export function mayFail<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
