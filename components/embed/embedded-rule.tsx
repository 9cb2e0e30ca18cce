'use client';
import { clsx } from 'clsx';
import { GripVertical } from 'lucide-react';
import type { ComponentProps, CSSProperties, ReactNode, Ref } from 'react';
import type { Rule } from '@/lib/engine';
import { RuleWords } from './rule-words';

export interface EmbeddedRuleProps {
  rule: Rule;
  position: number;
  /** It decided the call that is shown. */
  deciding: boolean;
  editable: boolean;
  open: boolean;
  onOpen(): void;
  /** Its form, while it is open. */
  children: ReactNode;
}

/** What makes a rule movable, once the code for that is loaded. */
interface RuleDragging {
  readonly ref: Ref<HTMLLIElement>;
  readonly style: CSSProperties;
  readonly isDragging: boolean;
  readonly handle: ComponentProps<'button'>;
}

/** One rule of the list, with its handle and its form. */
export function EmbeddedRule({ drag, ...props }: EmbeddedRuleProps & { drag?: RuleDragging }) {
  const { rule, position, deciding, editable, open, onOpen, children } = props;
  return (
    <li
      ref={drag?.ref}
      style={drag?.style}
      data-rule={rule.id}
      className={clsx(
        'relative border-b border-line py-2 pr-2 pl-1',
        drag?.isDragging === true && 'z-10 shadow-float',
        deciding ? 'bg-accent-soft' : 'bg-paper',
      )}
    >
      <div className="flex items-start gap-1">
        {editable ? (
          <button
            type="button"
            {...drag?.handle}
            aria-label={`Move rule ${position}, ${rule.name}`}
            title="Drag to reorder, or press Space and the arrow keys"
            className="flex size-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-ink-2 hover:bg-sunken hover:text-ink pointer-coarse:h-11 pointer-coarse:w-9"
          >
            <GripVertical size={14} aria-hidden />
          </button>
        ) : null}
        <span className="w-5 shrink-0 pt-0.5 text-right text-xs text-ink-2 tabular-nums" aria-hidden>
          {position}
        </span>
        <div className="min-w-0 flex-1 pl-1.5">
          <RuleWords rule={rule} />
        </div>
        {editable ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'Edit'} rule ${position}, ${rule.name}`}
            onClick={onOpen}
            className="h-7 shrink-0 rounded px-1.5 text-xs text-accent hover:underline pointer-coarse:h-11"
          >
            {open ? 'Close' : 'Edit'}
          </button>
        ) : null}
      </div>
      {children === null ? null : <div className="mt-2 border-t border-line pt-2 pl-2">{children}</div>}
    </li>
  );
}
