/** What the parts of a condition came to, to be shown where they are. */
import { activation, compile, explain, parse, type ExplainedNode, type Explanation, type ShownValue } from '../cel';
import { conditionFacts, readCall, type Call } from '../engine';
import { isPlace, isRelation, pathsTo } from './tree';

export interface InlineValue {
  /** Shown after the text that ends here (UTF-16 offset). */
  readonly offset: number;
  readonly text: string;
  readonly kind: ShownValue['kind'];
}

/** A longer value is cut: the condition must stay readable. */
const MAX_TEXT = 32;

/** What a condition comes to for a call. Undefined where it does not compile. */
export async function explainFor(source: string, call: Call): Promise<Explanation | undefined> {
  const compiled = await compile(source, { result: 'bool' });
  if (!compiled.ok) return undefined;
  const { variables, unknown, timestampAt } = conditionFacts(readCall(call));
  return explain(compiled.program, activation(variables, unknown, timestampAt));
}

/**
 * The values worth showing inside a source, by place: each fact that was read, and each condition that they make. The explanation must be
 * of this very source. Where several end at one place they are joined, the innermost first.
 */
export function inlineValues(source: string, { root }: Explanation): readonly InlineValue[] {
  const { expr } = parse(source);
  const shownAs = new Map<string, 'whole' | 'condition'>();
  for (const path of pathsTo(expr, () => true)) {
    const node = path.at(-1);
    if (!node) continue;
    if (isPlace(node) || (node.kind === 'macro' && node.name === 'has')) shownAs.set(key(node), 'whole');
    else if (isRelation(node) || node.kind === 'macro' || (node.kind === 'call' && node.target)) {
      shownAs.set(key(node), 'condition');
    }
  }
  const values: InlineValue[] = [];
  const visit = (node: ExplainedNode): void => {
    const as = shownAs.get(key(node));
    // What a fact is read through (`request`, `request.args`) would only repeat it at length.
    if (as !== 'whole') node.children.forEach(visit);
    if (as !== undefined && node.result)
      values.push({ offset: node.end, text: textOf(node.result), kind: node.result.kind });
  };
  visit(root);
  return joined(values);
}

const key = ({ start, end }: { start: number; end: number }): string => `${start} ${end}`;

function joined(values: readonly InlineValue[]): readonly InlineValue[] {
  const at = new Map<number, InlineValue>();
  for (const value of values) {
    const before = at.get(value.offset);
    at.set(value.offset, before ? { ...value, text: `${before.text} → ${value.text}` } : value);
  }
  return [...at.values()].toSorted((a, b) => a.offset - b.offset);
}

function textOf(result: ShownValue): string {
  switch (result.kind) {
    case 'value':
      return cut(result.text);
    case 'error':
      return cut(`error: ${result.message}`);
    case 'unknown':
      return 'not known';
  }
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);
