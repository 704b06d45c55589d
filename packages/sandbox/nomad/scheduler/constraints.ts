import type { Constraint, Node } from '../types.ts';

type Test = (left: string | undefined, right: string | undefined) => boolean;

const isEqual: Test = (left, right) => left !== undefined && left === right;
const isSet: Test = (left) => left !== undefined;
const differs: Test = (left, right) => left !== right;
const always: Test = () => true;

/** The operators of constraints. What is distinct is decided where several allocations are seen at once. */
const operators: Readonly<Record<string, Test>> = {
  '=': isEqual,
  '==': isEqual,
  is: isEqual,
  '!=': differs,
  not: differs,
  '<': (left, right) => left !== undefined && right !== undefined && left < right,
  '<=': (left, right) => left !== undefined && right !== undefined && left <= right,
  '>': (left, right) => left !== undefined && right !== undefined && left > right,
  '>=': (left, right) => left !== undefined && right !== undefined && left >= right,
  regexp: (left, right) => left !== undefined && right !== undefined && new RegExp(right).test(left),
  version: isVersion,
  semver: isVersion,
  is_set: isSet,
  is_not_set: (left) => left === undefined,
  set_contains: containsAll,
  set_contains_all: containsAll,
  set_contains_any: (left, right) => items(right).some((item) => items(left).includes(item)),
  distinct_hosts: always,
  distinct_property: always,
};

/** What is wrong with a constraint; undefined when nothing is. */
export function constraintProblem({ Operand, RTarget }: Constraint): string | undefined {
  if (operators[Operand] === undefined) return `Unknown constraint type "${Operand}"`;
  if (Operand !== 'regexp') return undefined;
  try {
    new RegExp(RTarget);
    return undefined;
  } catch (error) {
    return `Regular expression failed to compile: ${(error as Error).message}`;
  }
}

/** Whether the node meets the constraint; it has to be one without a `constraintProblem`. */
export function isMet(constraint: Constraint, node: Node): boolean {
  const test = operators[constraint.Operand] ?? always;
  return test(resolve(constraint.LTarget, node), resolve(constraint.RTarget, node));
}

function containsAll(left: string | undefined, right: string | undefined): boolean {
  return items(right).every((item) => items(left).includes(item));
}

function items(list: string | undefined): string[] {
  return (list ?? '').split(',').map((item) => item.trim());
}

/** `>= 1.2, < 2`: every part has to hold; `~>` lets only the last number grow. */
function isVersion(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return right.split(',').every((part) => {
    const [, operator = '', wanted = ''] = /^\s*(~>|[<>!]?=?)\s*v?(.+?)\s*$/.exec(part) ?? [];
    const order = compareVersions(left, wanted);
    switch (operator) {
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
      case '!=':
        return order !== 0;
      case '~>':
        return order >= 0 && compareVersions(left, nextMajor(wanted)) < 0;
      default:
        return order === 0;
    }
  });
}

function nextMajor(version: string): string {
  const numbers = version.split('.').map(Number).slice(0, -1);
  return [...numbers.slice(0, -1), (numbers.at(-1) ?? 0) + 1].join('.');
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.split('-')[0] ?? '').replace(/^v/, '').split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A constraint's side with the node's own attributes filled in; undefined when the node has no such attribute. */
function resolve(target: string, node: Node): string | undefined {
  const name = /^\$\{(.*)\}$/.exec(target)?.[1];
  if (name === undefined) return target;
  const fixed: Record<string, string> = {
    'node.datacenter': node.Datacenter,
    'node.unique.id': node.ID,
    'node.unique.name': node.Name,
    'node.pool': node.NodePool,
    'node.class': '',
  };
  if (name.startsWith('attr.')) return node.Attributes[name.slice('attr.'.length)];
  if (name.startsWith('meta.')) return node.Meta[name.slice('meta.'.length)];
  return fixed[name];
}
