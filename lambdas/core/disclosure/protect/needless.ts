/** What turns out to be needless is shown again (docs/METHODS.md §3.6). */

/** `proofs`: for each that needs room, what shows that it has it; replaced by others that do without what is shown. */
type Showing<Cell, User, Proof> = {
  readonly proofs: Map<User, Proof>;
  readonly cellsOf: (proof: Proof) => Iterable<Cell>;
  readonly show: (cell: Cell) => void;
  readonly hide: (cell: Cell) => void;
  /** Another proof by what is withheld now; undefined where there is none, or nobody wants to look for it any more. */
  readonly anew: (user: User) => Proof | undefined;
};

/** Shows each of these cells, in this order, that all proofs can do without; answers which. */
export function showNeedless<Cell, User, Proof>(
  cells: readonly Cell[],
  { proofs, cellsOf, show, hide, anew }: Showing<Cell, User, Proof>,
): Cell[] {
  const users = new Map(cells.map((cell) => [cell, new Set<User>()]));
  for (const [user, proof] of proofs) for (const cell of cellsOf(proof)) users.get(cell)?.add(user);
  return cells.filter((cell) => {
    show(cell);
    const instead = new Map<User, Proof>();
    for (const user of users.get(cell) ?? []) {
      const proof = anew(user);
      if (proof === undefined) {
        hide(cell);
        return false;
      }
      instead.set(user, proof);
    }
    for (const [user, proof] of instead) {
      for (const before of cellsOf(proofs.get(user) as Proof)) users.get(before)?.delete(user);
      proofs.set(user, proof);
      for (const now of cellsOf(proof)) users.get(now)?.add(user);
    }
    return true;
  });
}
