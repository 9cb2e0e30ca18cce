'use client';
import type { ExplainedNode, Explanation } from '@/lib/cel';
import { clsx } from 'clsx';
import { useId, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { ConditionText } from '../ui/condition-text';
import { flattened, partsOf, reasonNode, resultText, type FlatNode } from './condition-parts';

/**
 * The condition with the value of each of its parts over the source: pointing at a part, tapping it, or moving to it by the arrow keys
 * shows its value. A list below shows the same.
 */
export function ConditionValues({ source, view }: { source: string; view: Explanation }) {
  const nodes = useMemo(() => flattened(view.root), [view]);
  const parts = useMemo(() => partsOf(source, nodes), [source, nodes]);
  const [active, setActive] = useState(() => reasonNode(nodes, view));
  const [listed, setListed] = useState(false);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const id = useId();
  const shown = nodes[active] ?? nodes[0];

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowRight: active + 1, ArrowLeft: active - 1, Home: 0, End: nodes.length - 1 }[event.key];
    const up = event.key === 'ArrowUp' ? shown?.parent : undefined;
    const down = event.key === 'ArrowDown' ? nodes.findIndex(({ parent }) => parent === active) : -1;
    const next = to ?? up ?? (down >= 0 ? down : undefined);
    if (next === undefined) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(nodes.length - 1, next));
    setActive(place);
    buttons.current.get(place)?.focus();
  }

  return (
    <div className="mt-1 rounded-md border border-line bg-paper">
      <div
        role="toolbar"
        aria-label="The condition’s parts"
        aria-orientation="horizontal"
        aria-describedby={`${id}-value`}
        onKeyDown={onKeyDown}
        className="px-2 pt-1.5 pb-1 font-mono text-xs leading-6 break-words whitespace-pre-wrap"
      >
        {parts.map((part) => {
          const node = part.node === undefined ? undefined : nodes[part.node];
          return (
            <ConditionPart
              key={part.start}
              text={source.slice(part.start, part.end)}
              node={node}
              label={part.first && node !== undefined ? source.slice(node.start, node.end) : undefined}
              isActive={part.node === active}
              isWithin={shown !== undefined && part.start >= shown.start && part.end <= shown.end}
              button={(element) => {
                if (part.node === undefined) return;
                if (element === null) buttons.current.delete(part.node);
                else buttons.current.set(part.node, element);
              }}
              onActive={() => setActive(part.node ?? 0)}
            />
          );
        })}
      </div>
      {shown === undefined ? null : <PartValue id={`${id}-value`} source={source} part={shown} />}
      <div className="border-t border-line px-2 py-1">
        <button
          type="button"
          aria-expanded={listed}
          onClick={() => setListed(!listed)}
          className="min-h-6 rounded text-xs text-accent hover:underline pointer-coarse:min-h-11"
        >
          {listed ? 'Hide the list' : 'All values as a list'}
        </button>
        {listed ? <ValueTable source={source} nodes={nodes} /> : null}
      </div>
    </div>
  );
}

interface ConditionPartProps {
  text: string;
  /** The innermost sub-expression that it belongs to. */
  node: FlatNode | undefined;
  /** The whole sub-expression, where this part represents it: then it is a button. */
  label: string | undefined;
  /** Whether the value of its sub-expression is shown. */
  isActive: boolean;
  /** Whether it is within the sub-expression whose value is shown. */
  isWithin: boolean;
  button: Ref<HTMLButtonElement>;
  onActive(): void;
}

/** A run of the source; pointing at it shows the value of its sub-expression. */
function ConditionPart({ text, node, label, isActive, isWithin, button, onActive }: ConditionPartProps) {
  const condition = <ConditionText source={text} />;
  if (node === undefined) return <span>{condition}</span>;
  const look = clsx('cursor-help rounded-xs px-0 text-left', isWithin && 'bg-accent-soft', LINES[outcomeOf(node)]);
  if (label === undefined) {
    return (
      <span className={look} onPointerEnter={onActive} onClick={onActive}>
        {condition}
      </span>
    );
  }
  return (
    <button
      type="button"
      ref={button}
      tabIndex={isActive ? 0 : -1}
      aria-label={`${label}: ${resultText(node.node)}`}
      onPointerEnter={onActive}
      onFocus={onActive}
      onClick={onActive}
      className={clsx(look, 'inline whitespace-pre-wrap')}
    >
      {condition}
    </button>
  );
}

const PartValue = ({ id, source, part }: { id: string; source: string; part: FlatNode }) => (
  <p id={id} data-testid="part-value" className="flex flex-wrap gap-x-2 border-t border-line px-2 py-1 text-xs">
    <span className="min-w-0 break-words">
      <ConditionText source={source.slice(part.start, part.end)} />
    </span>
    <span className={clsx('min-w-0 font-mono font-medium break-words', LOOKS[outcomeOf(part)])}>
      {resultText(part.node)}
    </span>
  </p>
);

function ValueTable({ source, nodes }: { source: string; nodes: readonly FlatNode[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Values of the parts">
      <table className="w-full text-xs">
        <caption className="sr-only">The value of each part of the condition</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((flat, i) => (
            <tr key={i} className="border-b border-line/60 align-top last:border-0">
              <td className="py-0.5 pr-3" style={{ paddingLeft: `${Math.min(flat.depth, 8) * 0.75}rem` }}>
                <ConditionText source={source.slice(flat.start, flat.end)} />
                {roundsWords(flat.node)}
              </td>
              <td className={clsx('py-0.5 font-mono break-words', LOOKS[outcomeOf(flat)])}>{resultText(flat.node)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function roundsWords({ rounds }: ExplainedNode) {
  if (rounds === undefined) return null;
  return <span className="ml-2 text-ink-2">{rounds.count === 1 ? '1 element' : `${rounds.count} elements`}</span>;
}

type NodeOutcome = 'true' | 'false' | 'value' | 'error' | 'unknown' | 'none';

function outcomeOf({ node: { result } }: FlatNode): NodeOutcome {
  if (result === undefined) return 'none';
  if (result.kind !== 'value') return result.kind;
  return result.type === 'bool' ? (result.text === 'true' ? 'true' : 'false') : 'value';
}

const LOOKS = {
  true: 'text-allow',
  false: 'text-deny',
  value: 'text-ink',
  error: 'text-deny',
  unknown: 'text-gated',
  none: 'text-ink-2',
} satisfies Record<NodeOutcome, string>;

const LINES = {
  true: 'underline decoration-allow/60 decoration-1 underline-offset-4',
  false: 'underline decoration-deny decoration-2 underline-offset-4',
  value: 'underline decoration-line-strong decoration-dotted underline-offset-4',
  error: 'underline decoration-deny decoration-wavy underline-offset-4',
  unknown: 'underline decoration-gated decoration-wavy underline-offset-4',
  none: '',
} satisfies Record<NodeOutcome, string>;
