'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { isShown, type RuleRange } from '@/lib/embed';
import type { DecidedBy, Rule, RuleId } from '@/lib/engine';
import { EmbeddedRule } from './embedded-rule';
import type * as Sorting from './sorting';

interface RuleRowsProps {
  rules: readonly Rule[];
  /** The rules to show; the others are folded into a line. */
  shown: readonly RuleRange[];
  /** What decided the call that is shown. */
  decidedBy: DecidedBy | undefined;
  editable: boolean;
  onMove(id: RuleId, to: number): void;
  /** The form of the rule that is open. */
  form(rule: Rule): ReactNode;
}

/** The rules in evaluation order, with the default below them; they can be moved where they are editable. */
export function RuleRows({ rules, shown, decidedBy, editable, onMove, form }: RuleRowsProps) {
  const [unfolded, setUnfolded] = useState(false);
  const [open, setOpen] = useState<RuleId>();
  const { list, sorting, load } = useSorting(editable, open === undefined);
  const visible = rules.flatMap((rule, i) =>
    unfolded || isShown(shown, i + 1, rules.length) ? [{ rule, position: i + 1 }] : [],
  );
  const folded = rules.length - visible.length;
  const deciders = decidingIds(decidedBy);
  const Row = sorting?.SortedRule ?? EmbeddedRule;
  const rows = visible.map(({ rule, position }) => (
    <Row
      key={rule.id}
      rule={rule}
      position={position}
      deciding={deciders.includes(rule.id)}
      editable={editable}
      open={open === rule.id}
      onOpen={() => setOpen(open === rule.id ? undefined : rule.id)}
    >
      {open === rule.id && editable ? form(rule) : null}
    </Row>
  ));
  return (
    <ol
      ref={list}
      onPointerEnter={load}
      onFocus={load}
      aria-label="Rules, in the order in which they are evaluated"
      className="overflow-hidden rounded-lg border border-line"
    >
      {sorting === undefined ? (
        rows
      ) : (
        <sorting.SortedRules rules={rules} ids={visible.map(({ rule }) => rule.id)} onMove={onMove}>
          {rows}
        </sorting.SortedRules>
      )}
      {folded === 0 ? null : <FoldedRules count={folded} onUnfold={() => setUnfolded(true)} />}
      <li
        data-rule="default"
        className={clsx(
          'px-2 py-2 pl-9 text-sm text-ink-2',
          decidedBy?.kind === 'default' ? 'bg-accent-soft' : 'bg-canvas',
        )}
      >
        No rule matched: <strong className="font-medium text-deny">deny</strong>
      </li>
    </ol>
  );
}

function FoldedRules({ count, onUnfold }: { count: number; onUnfold(): void }) {
  return (
    <li className="border-b border-line bg-paper">
      <button
        type="button"
        onClick={onUnfold}
        className="flex min-h-8 w-full items-center gap-1.5 px-2 text-left text-xs text-ink-2 hover:bg-sunken hover:text-ink pointer-coarse:min-h-11"
      >
        <ChevronRight size={12} aria-hidden />
        {count === 1 ? '1 more rule' : `${count} more rules`}
      </button>
    </li>
  );
}

function decidingIds(decidedBy: DecidedBy | undefined): readonly RuleId[] {
  if (decidedBy === undefined || decidedBy.kind === 'default') return [];
  return decidedBy.kind === 'undecided' ? decidedBy.ruleIds : [decidedBy.ruleId];
}

/**
 * The code for moving rules, loaded when the reader first points at the list or enters it by keyboard. It draws the rows anew, so it waits
 * until `idle`: no rule is open, in which something may be typed.
 */
function useSorting(wanted: boolean, idle: boolean) {
  const list = useRef<HTMLOListElement>(null);
  const [loaded, setLoaded] = useState<typeof Sorting>();
  const [sorting, setSorting] = useState<typeof Sorting>();
  const asked = useRef(false);

  function load() {
    if (!wanted || asked.current) return;
    asked.current = true;
    import('./sorting').then(setLoaded, () => {
      // Without a network: the next attempt is made when the reader comes again.
      asked.current = false;
    });
  }

  /** The rows are drawn anew, so the focus is put back to where it was. */
  const takePlace = useEffectEvent((code: typeof Sorting) => {
    const { activeElement } = document;
    const label = list.current?.contains(activeElement) === true ? activeElement?.getAttribute('aria-label') : null;
    flushSync(() => setSorting(code));
    if (label === null) return;
    const again = [...(list.current?.querySelectorAll('button') ?? [])].find(
      (button) => button.getAttribute('aria-label') === label,
    );
    again?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (loaded === undefined || sorting !== undefined || !idle) return undefined;
    // Not while React draws.
    const timer = setTimeout(() => takePlace(loaded));
    return () => clearTimeout(timer);
  }, [loaded, sorting, idle]);

  return { list, sorting, load };
}
