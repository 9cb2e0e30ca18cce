import type { ExplainedNode, Explanation } from '@/lib/cel';

/** A sub-expression, in source order, an outer one before what is in it. */
export interface FlatNode {
  readonly node: ExplainedNode;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Index of the enclosing part. */
  readonly parent: number | undefined;
}

export function flattened(root: ExplainedNode): readonly FlatNode[] {
  const found: FlatNode[] = [];
  const visit = (node: ExplainedNode, depth: number, parent: number | undefined): void => {
    const place = found.push({ node, start: node.start, end: node.end, depth, parent }) - 1;
    // A path is evaluated as a whole: its prefixes have no values.
    const [only, ...more] = node.children;
    if (only !== undefined && more.length === 0 && only.result === undefined && node.result !== undefined) return;
    for (const child of node.children) visit(child, depth + 1, place);
  };
  visit(root, 0, undefined);
  return found;
}

/** A run of the source that belongs to the innermost sub-expression around it. */
export interface SourceRun {
  readonly start: number;
  readonly end: number;
  readonly node: number | undefined;
  /** Whether it represents its sub-expression: the longest run does, an operator rather than a bracket. */
  readonly first: boolean;
}

/** The source divided into runs that do not overlap. */
export function partsOf(source: string, nodes: readonly FlatNode[]): readonly SourceRun[] {
  const bounds = [...new Set([0, source.length, ...nodes.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= source.length)
    .sort((a, b) => a - b);
  const runs = bounds.slice(1).map((end, i) => ({ start: bounds[i] ?? 0, end }));
  const owned = runs.map((run) => ({ ...run, node: innermost(nodes, run.start, run.end) }));
  return owned.map((run) => {
    const own = owned.filter(({ node }) => node === run.node);
    const longest = own.reduce((best, one) => (lengthOf(source, one) > lengthOf(source, best) ? one : best), run);
    const first =
      lengthOf(source, longest) > lengthOf(source, run)
        ? false
        : own.find((one) => lengthOf(source, one) === lengthOf(source, run)) === run;
    return { ...run, first };
  });
}

const lengthOf = (source: string, { start, end }: { start: number; end: number }): number =>
  source.slice(start, end).trim().length;

/** INVARIANT: of the nodes that contain a run, the last one in the list is the innermost. */
function innermost(nodes: readonly FlatNode[], start: number, end: number): number | undefined {
  const place = nodes.findLastIndex((node) => node.start <= start && end <= node.end);
  return place < 0 ? undefined : place;
}

/** The part to focus first: the smallest part that is the reason, else the whole. */
export function reasonNode(nodes: readonly FlatNode[], { reasons }: Explanation): number {
  const [reason] = reasons;
  if (reason === undefined) return 0;
  const at = nodes.findLastIndex(({ start, end }) => start === reason.start && end === reason.end);
  return Math.max(0, at);
}

export function resultText({ result }: ExplainedNode): string {
  switch (result?.kind) {
    case 'value':
      return result.text;
    case 'error':
      return `error: ${result.message}`;
    case 'unknown':
      return `waits for ${result.paths.join(', ')}`;
    case undefined:
      return 'not needed';
  }
}
