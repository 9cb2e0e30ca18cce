import { clsx } from 'clsx';
import type { ConditionView } from '@/lib/worker';
import { ConditionText } from '../ui/condition-text';

/** The condition, and under it what each of its parts came to: the whole first, then what it is made of. */
export function ConditionValues({ source, view }: { source: string; view: ConditionView }) {
  const parts = [...view.values].sort((a, b) => a.start - b.start || b.end - a.end);
  return (
    <div className="mt-1 rounded-md border border-line bg-paper p-2">
      <ConditionText source={source} className="block text-xs leading-5" />
      <table className="mt-2 w-full border-t border-line text-xs">
        <caption className="sr-only">The value of each part of the condition</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, i) => (
            <tr key={i} className="border-b border-line/60 align-top last:border-0">
              <td className="py-0.5 pr-3" style={{ paddingLeft: `${depthOf(part, parts) * 0.75}rem` }}>
                <ConditionText source={source.slice(part.start, part.end)} />
              </td>
              <td
                className={clsx(
                  'py-0.5 font-mono break-words',
                  part.kind === 'error' ? 'text-deny' : part.kind === 'unknown' ? 'text-gated' : 'text-ink',
                )}
              >
                {part.text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Part = ConditionView['values'][number];

const depthOf = (part: Part, parts: readonly Part[]): number =>
  parts.filter((other) => other !== part && other.start <= part.start && other.end >= part.end).length;
