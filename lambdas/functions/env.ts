/** Thrown at start when a declared variable is not there: the function must not run half configured. */
class EnvError extends Error {
  override name = 'EnvError';
}

/** Reads exactly the declared variables; the grant methods in `lib` supply the same names. Throws EnvError naming what is missing. */
export function readEnv<const Names extends readonly string[]>(
  names: Names,
  source: Readonly<Record<string, string | undefined>>,
): Readonly<Record<Names[number], string>> {
  const missing = names.filter((name) => !source[name]);
  if (missing.length) throw new EnvError(`not set: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Record<Names[number], string>;
}
