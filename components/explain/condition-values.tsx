import { clsx } from 'clsx';
import type { ExplainedNode, Explanation } from '@/lib/cel';
import { ConditionText } from '../ui/condition-text';

/** The condition, and under it what each of its parts came to: the whole first, then what it is made of. */
export function ConditionValues({ source, view }: { source: string; view: Explanation }) {
  return (
    <div className="mt-1 overflow-x-auto rounded-md border border-line bg-paper p-2">
      <table className="w-full text-xs">
        <caption className="sr-only">The value of each part of the condition</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {flattened(view.root, 0).map(({ node, depth }, i) => (
            <tr key={i} className="border-b border-line/60 align-top last:border-0">
              <td className="py-0.5 pr-3" style={{ paddingLeft: `${depth * 0.75}rem` }}>
                <ConditionText source={source.slice(node.start, node.end)} />
                {node.rounds === undefined ? null : (
                  <span className="ml-2 text-ink-2">
                    {node.rounds.count === 1 ? '1 element' : `${node.rounds.count} elements`}
                  </span>
                )}
              </td>
              <td className={clsx('py-0.5 font-mono break-words', LOOKS[node.result?.kind ?? 'none'])}>
                {resultText(node)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LOOKS = { value: 'text-ink', error: 'text-deny', unknown: 'text-gated', none: 'text-ink-2' };

function flattened(node: ExplainedNode, depth: number): { node: ExplainedNode; depth: number }[] {
  return [{ node, depth }, ...node.children.flatMap((child) => flattened(child, depth + 1))];
}

function resultText({ result }: ExplainedNode): string {
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
