// The package's own entry loads the grammars of all its dialects; this one file is a tenth of it.
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';

/** A node of a parsed statement: `kind` is the alternative of Trino's grammar, or `token` for a leaf. */
export type SqlNode = {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
  readonly parent: SqlNode | undefined;
  readonly children: readonly SqlNode[];
};

type Parsed = NonNullable<ReturnType<TrinoSQL['parse']>>;
type ParseTree = ReturnType<Parsed['getChild']>;

const grammar = new TrinoSQL();

/** Parses one file with the grammar of Trino; `errors` says where it is not Trino, and then there is no tree. */
export function parseTrino(sql: string): { readonly errors: readonly string[]; readonly tree: SqlNode | undefined } {
  const errors = grammar.validate(sql).map(({ startLine, message }) => `line ${startLine}: ${message}`);
  return { errors, tree: errors.length ? undefined : nodeOf(grammar.parse(sql), undefined, 1) };
}

function nodeOf(parsed: ParseTree | Parsed, parent: SqlNode | undefined, above: number): SqlNode | undefined {
  if (!parsed) return undefined;
  const leaf = parsed.getChildCount() === 0 && 'symbol' in parsed;
  const line = 'start' in parsed ? (parsed.start?.line ?? above) : above;
  const children: SqlNode[] = [];
  const node = {
    kind: leaf ? 'token' : parsed.constructor.name.replace(/Context$/, ''),
    text: parsed.getText(),
    line,
    parent,
    children,
  };
  for (let at = 0; at < parsed.getChildCount(); at++) {
    const child = nodeOf(parsed.getChild(at), node, line);
    if (child) children.push(child);
  }
  return node;
}

/** A node and everything under it, from the top. */
export function* walk(node: SqlNode): Generator<SqlNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** The nearest node above of one of the kinds. */
export function above(node: SqlNode, ...kinds: readonly string[]): SqlNode | undefined {
  let at = node.parent;
  while (at && !kinds.includes(at.kind)) at = at.parent;
  return at;
}

export const tokensOf = (node: SqlNode): string[] =>
  node.children.filter(({ kind }) => kind === 'token').map(({ text }) => text.toUpperCase());
