import { type ColumnType, type LakeTable, lakeTables } from '#core/lake/tables.ts';
import { arithmetic, castTypes, constructs, functions, joins } from './allow-list.ts';
import { above, parseTrino, type SqlNode, tokensOf, walk } from './trino-grammar.ts';

/** True, or what to show of it, where a node breaks the rule. */
type Rule = (node: SqlNode) => string | boolean;

const dateLike = /_(week|date)$/;
const wrappers = new Set(['Expression', 'Predicated', 'ValueExpressionDefault', 'ParenthesizedExpression']);
const child = (node: SqlNode, ...kinds: readonly string[]): SqlNode | undefined =>
  node.children.find(({ kind }) => kinds.includes(kind));

/** What an expression is once the grammar's wrappers are off. */
function inner(node: SqlNode): SqlNode {
  const parts = node.children.filter(({ text }) => text !== '(' && text !== ')');
  return wrappers.has(node.kind) && parts.length === 1 && parts[0] ? inner(parts[0]) : node;
}

const castType = (node: SqlNode): string => child(node, 'GenericType', 'DateTimeType')?.text.toLowerCase() ?? '';
const nameParts = (node: SqlNode): string[] => node.text.toLowerCase().split('.');
const lastName = (node: SqlNode): string => nameParts(node).at(-1) ?? '';

const columnTypes = new Map<string, ColumnType>(
  Object.values<LakeTable>(lakeTables).flatMap(({ columns }) => columns.map(({ name, type }) => [name, type] as const)),
);

/** The family of types a value belongs to, as far as its text tells. */
function familyOf(node: SqlNode): 'text' | 'number' | 'time' | undefined {
  const value = inner(node);
  if (value.kind === 'StringLiteral' || value.kind === 'BasicStringLiteral') return 'text';
  if (value.kind === 'NumericLiteral') return 'number';
  if (value.kind === 'TypeConstructor') return 'time';
  if (value.kind === 'Cast') return castType(value) === 'varchar' ? 'text' : 'time';
  if (value.kind !== 'ColumnReference') return undefined;
  const type = columnTypes.get(lastName(value));
  if (!type) return dateLike.test(lastName(value)) ? 'time' : undefined;
  return type === 'varchar' ? 'text' : type === 'date' || type === 'timestamp' ? 'time' : 'number';
}

function mixesTypes(values: readonly SqlNode[]): boolean {
  return new Set(values.map(familyOf).filter((family) => family !== undefined)).size > 1;
}

const rules: Readonly<Record<string, Rule>> = {
  'integer division and modulo differ': (node) =>
    node.kind === 'ArithmeticBinary' && tokensOf(node).some((token) => !arithmetic.has(token)),
  'only functions of the allow-list': (node) =>
    node.kind === 'FunctionName' && !functions.has(node.text.toLowerCase()) && `function ${node.text}`,
  'a function takes no FILTER, no order and no frame': (node) =>
    node.kind === 'FunctionCall' && tokensOf(node).some((token) => ['ORDER', 'FILTER', 'IGNORE'].includes(token)),
  'row_number has an order': (node) =>
    node.kind === 'FunctionCall' &&
    child(node, 'FunctionName')?.text === 'row_number' &&
    ![...walk(node)].some(({ kind }) => kind === 'SortItem'),
  'CAST is to date, timestamp or varchar': (node) =>
    node.kind === 'Cast' && (tokensOf(node)[0] !== 'CAST' || !castTypes.has(castType(node))),
  'only a date or a parameter is cast to varchar': (node) => {
    if (node.kind !== 'Cast' || castType(node) !== 'varchar') return false;
    const operand = child(node, 'Expression');
    const value = operand && inner(operand);
    if (value?.kind === 'Parameter') return false;
    const isDate =
      (value?.kind === 'Cast' && castType(value) === 'date') ||
      (value?.kind === 'ColumnReference' && dateLike.test(lastName(value)));
    return !isDate;
  },
  'an interval is whole days and its sum is cast to date': (node) => {
    if (node.kind !== 'Interval') return false;
    const wholeDays = /^INTERVAL'\d+'DAY$/i.test(node.text);
    const cast = above(
      node,
      'Cast',
      'SelectItem',
      'WhereClause',
      'SortItem',
      'FunctionCall',
      'JoinCriteria',
      'GroupBy',
    );
    return !(wholeDays && cast?.kind === 'Cast' && castType(cast) === 'date');
  },
  'a typed literal is DATE or TIMESTAMP': (node) =>
    node.kind === 'TypeConstructor' && !/^(date|timestamp)'/i.test(node.text),
  'a parameter is cast in the table "parameters"': (node) =>
    node.kind === 'Parameter' &&
    (above(node, 'Cast', 'Comparison', 'FunctionCall')?.kind !== 'Cast' ||
      above(node, 'NamedQuery')?.children[0]?.text !== 'parameters'),
  'a column is named with its table': (node) =>
    (node.kind === 'ColumnReference' || (node.kind === 'ColumnRef' && node.parent?.kind !== 'ColumnReference')) &&
    nameParts(node).length !== 2 &&
    !isOutputOrder(node) &&
    node.text,
  'a select item that is not a column has an alias': (node) =>
    node.kind === 'SelectItem' && !!child(node, 'SelectExpressionColumnName') && !tokensOf(node).includes('AS'),
  'an alias is written with AS': (node) =>
    (node.kind === 'SelectItem' || node.kind === 'AliasedRelation') &&
    !!child(node, 'UnquotedIdentifier') &&
    !tokensOf(node).includes('AS'),
  'GROUP BY names columns': (node) =>
    node.kind === 'GroupingTerm' && node.children.some((item) => inner(item).kind === 'NumericLiteral'),
  'no recursion': (node) => node.kind === 'With' && tokensOf(node).includes('RECURSIVE'),
  'tables are joined explicitly': (node) => node.kind === 'QuerySpecification' && tokensOf(node).includes(','),
  'a join is CROSS, INNER or LEFT, with ON': (node) => {
    if (node.kind === 'JoinCriteria') return tokensOf(node)[0] !== 'ON';
    if (node.kind !== 'JoinRelation') return false;
    const words = [...tokensOf(node), ...tokensOf(child(node, 'JoinType') ?? node)];
    return words.includes('NATURAL') || !words.some((word) => joins.has(word));
  },
  'a derived table is a common table': (node) =>
    node.kind === 'SubqueryRelation' && ![...walk(node)].some(({ kind }) => kind === 'InlineTable'),
  'tables are joined by UNION ALL only': (node) =>
    node.kind === 'SetOperation' &&
    (tokensOf(node)[0] !== 'UNION' || child(node, 'SetQuantifier')?.text.toUpperCase() !== 'ALL'),
  'types are not mixed': (node) => {
    if (node.kind === 'Predicated') {
      const [value, predicate] = node.children;
      if (!value || !predicate) return false;
      return mixesTypes([value, ...predicate.children.filter(({ kind }) => kind !== 'token')]) && node.text;
    }
    if (node.kind !== 'FunctionCall' || !/^(coalesce|nullif)\(/i.test(node.text)) return false;
    return mixesTypes(node.children.filter(({ kind }) => kind === 'Expression')) && node.text;
  },
  'identifiers are lower snake case': (node) =>
    node.kind === 'UnquotedIdentifier' &&
    !above(node, 'GenericType', 'TypeConstructor') &&
    !/^[a-z][a-z0-9_]*$/.test(node.text) &&
    node.text,
  'the answer has an order': (node) =>
    node.kind === 'RootQuery' &&
    !node.children
      .flatMap(({ children }) => children)
      .some((part) => part.kind === 'QueryNoWith' && child(part, 'SortItem')),
  'no LIMIT, OFFSET or FETCH': (node) =>
    node.kind === 'QueryNoWith' && tokensOf(node).some((token) => ['LIMIT', 'OFFSET', 'FETCH'].includes(token)),
  'one statement and no semicolon': (node) => node.kind === 'token' && node.text === ';',
};

/** The order of a UNION names columns of the output, which have no table. */
function isOutputOrder(node: SqlNode): boolean {
  const sort = above(node, 'SortItem');
  if (!sort || above(sort, 'WindowSpecification')) return false;
  return !!sort.parent && [...walk(sort.parent)].some(({ kind }) => kind === 'SetOperation');
}

/**
 * Everything in a statement that Athena and the local engine might not answer alike, as `line n: rule`; empty when there is nothing.
 * `alsoTables` names tables that are given from outside the file.
 */
export function refusalsOf(sql: string, alsoTables: readonly string[] = []): string[] {
  const { errors, tree } = parseTrino(sql);
  if (!tree) return [...errors];
  const all = [...walk(tree)];
  const tables = new Set([
    ...Object.keys(lakeTables),
    ...alsoTables,
    ...all.filter(({ kind }) => kind === 'NamedQuery').map(({ children }) => children[0]?.text ?? ''),
  ]);
  return all.flatMap((node) => {
    if (!constructs.has(node.kind)) return [`line ${node.line}: construct ${node.kind} (${node.text.slice(0, 40)})`];
    if (node.kind === 'TableRef' && !tables.has(node.text)) return [`line ${node.line}: unknown table ${node.text}`];
    return Object.entries(rules).flatMap(([name, rule]) => {
      const broken = rule(node);
      return broken ? [`line ${node.line}: ${name}${typeof broken === 'string' ? ` (${broken})` : ''}`] : [];
    });
  });
}

/** Names and types of the parameters of a statement, in order. */
export function parametersOf(sql: string): { readonly name: string; readonly type: string }[] {
  const { tree } = parseTrino(sql);
  return [...(tree ? walk(tree) : [])]
    .filter(({ kind }) => kind === 'Parameter')
    .map((node) => {
      const cast = above(node, 'Cast');
      const item = above(node, 'SelectItem');
      return {
        name: item ? (child(item, 'UnquotedIdentifier')?.text ?? '') : '',
        type: cast ? castType(cast) : '',
      };
    });
}
