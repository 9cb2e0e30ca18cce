import { budget } from './budget';
import { Uint, Unknown, type Result } from './values';

/**
 * Which facts are unknown, as a tree: the first step is a variable, each further one a string key or an int index. A node with `whole`
 * is unknown with all below it.
 */
export interface UnknownTree {
  whole: boolean;
  readonly below: Map<string | bigint, UnknownTree>;
}

const STEP = /^(?:\.?([A-Za-z_][\w]*|`[^`]+`)|\[\s*(?:(\d+)|("(?:[^"\\]|\\.)*"))\s*\])/;

/** The steps of a path as `formatPath` writes it: `request.args["content-type"]`, `request.args.list[0]`. Undefined if it is none. */
export function parsePath(path: string): (string | bigint)[] | undefined {
  const steps: (string | bigint)[] = [];
  let rest = path;
  while (rest) {
    const match = STEP.exec(rest);
    if (!match || (!steps.length && rest.startsWith('[')) || (steps.length && match[1] && !rest.startsWith('.')))
      return undefined;
    const [all, name, index, quoted] = match;
    if (index) steps.push(BigInt(index));
    else if (quoted) steps.push(unquote(quoted));
    else steps.push((name ?? '').replaceAll('`', ''));
    rest = rest.slice(all.length);
  }
  return steps.length ? steps : undefined;
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** A path in CEL's own notation. */
export function formatPath(root: string, steps: readonly unknown[]): string {
  return steps.reduce<string>((path, step) => path + formatStep(step), root);
}

function formatStep(step: unknown): string {
  if (typeof step === 'string') return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  if (step instanceof Uint) return `[${step.value}u]`;
  return `[${typeof step === 'number' && Number.isInteger(step) ? step.toFixed(1) : String(step)}]`;
}

/** Whether a literal may be in a path. */
export const isPathKey = (key: unknown): boolean =>
  (typeof key !== 'object' && key !== undefined) || key instanceof Uint;

export function unknownTree(paths: readonly string[]): UnknownTree {
  const root: UnknownTree = { whole: false, below: new Map() };
  for (const path of paths) {
    let node = root;
    for (const step of parsePath(path) ?? [path]) {
      let next = node.below.get(step);
      if (!next) node.below.set(step, (next = { whole: false, below: new Map() }));
      node = next;
    }
    node.whole = true;
  }
  return root;
}

/** Both sides' paths, where both are unknown; else the one that is. */
export function mergeUnknown(a: Unknown | undefined, b: Result | undefined): Unknown | undefined {
  if (!(b instanceof Unknown)) return a;
  if (!a || a === b) return b;
  budget.left -= 2 * (a.paths.length + b.paths.length);
  if (budget.left < 0) return a;
  return new Unknown([...new Set([...a.paths, ...b.paths])].sort());
}
