/** A port whose methods all answer later. */
type Port<P> = { [Name in keyof P]: P[Name] extends (...given: never[]) => Promise<unknown> ? P[Name] : never };

/** A port that is made, with all it loads, when its first method is called: the same methods, each waiting until `make` has answered. `make` is asked at each call and remembers what it made; its error is the caller's. */
export function late<P extends Port<P>>(make: () => Promise<P>): P {
  return new Proxy({} as P, {
    get: (_, name) => {
      // Or `await` would take the port for something to wait for.
      if (name === 'then') return undefined;
      return async (...given: never[]): Promise<unknown> => {
        const port = await make();
        const method = port[name as keyof P] as (...given: never[]) => unknown;
        return method.apply(port, given);
      };
    },
  });
}
