'use client';
import { clsx } from 'clsx';
import { ChevronDown, ChevronRight, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Rule } from '@/lib/engine';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, HAZARD_BITS, UNDECIDED, type TraceGroup } from '@/lib/trace';
import type { CallLine } from '@/lib/worker';
import { EFFECT_TITLES, HAZARD_NAMES, RECORDED_SHORT } from '@/lib/wording';
import { DECISION_MARKS, DecisionBadge } from '../ui/effect-mark';
import { clockTime, fullTime, type TimeZone } from '../ui/time';
import type { ColumnId } from './columns';
import { deciderOf, type CallDecision } from './results';
import { counted, number } from '../ui/words';

export const ROW_HEIGHT = 30;
export const ROW = 'absolute inset-x-0 grid cursor-default items-center gap-x-3 border-b border-line/60 px-3 text-sm';

interface TraceRowProps {
  id: string;
  top: number;
  row: number;
  columns: readonly ColumnId[];
  template: string;
  line: CallLine | undefined;
  index: number;
  /** What decided, by number and name. */
  by: string;
  /** The same object while it does not change; undefined before the trace is decided for the first time. */
  decision: CallDecision | undefined;
  selected: boolean;
  /** The column whose cell is active in the selected row. */
  active: ColumnId | undefined;
  zone: TimeZone;
  /** Whether the day is shown beside the time. */
  dated: boolean;
  level: number | undefined;
}

/** A call's row; it renders again only when something in it changes, because a key typed elsewhere may decide all calls again. */
export const CallRow = memo(function CallRow(props: TraceRowProps) {
  const { id, top, row, columns, template, selected, active, index, level } = props;
  return (
    // The grid has the focus and handles the keys; a row only needs the mouse.
    <div
      id={id}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={selected}
      {...(level === undefined ? {} : { 'aria-level': level })}
      data-row={row}
      data-index={index}
      style={{ top, height: ROW_HEIGHT, gridTemplateColumns: template }}
      className={clsx(ROW, selected ? 'bg-accent-soft' : 'hover:bg-sunken')}
    >
      {columns.map((column) => {
        const { className, title, content } = cellOf(column, props);
        return (
          <div
            key={column}
            role="gridcell"
            data-column={column}
            title={title}
            className={clsx(
              'min-w-0 rounded-sm',
              className,
              selected && column === active && 'outline-1 outline-offset-2 outline-accent/70',
            )}
          >
            {content}
          </div>
        );
      })}
    </div>
  );
});

/** The content of a cell in a single element, because there are hundreds of cells. */
interface TraceCell {
  className?: string;
  title?: string | undefined;
  content: ReactNode;
}

function cellOf(column: ColumnId, { line, decision, by, zone, dated }: TraceRowProps): TraceCell {
  switch (column) {
    case 'time':
      return {
        className: 'truncate text-ink-2 tabular-nums',
        title: line === undefined ? undefined : fullTime(line.time, zone),
        content: line === undefined ? '' : clockTime(line.time, zone, dated),
      };
    case 'tool':
      return {
        className: 'flex items-baseline gap-2',
        content: (
          <>
            <span className="truncate font-mono text-xs">
              {line === undefined ? '…' : (line.tool ?? 'unknown tool')}
            </span>
            <span className="hidden min-w-0 flex-1 truncate font-mono text-xs text-ink-3 @lg:block">{line?.args}</span>
          </>
        ),
      };
    case 'agent':
    case 'instance':
    case 'user':
    case 'resource':
      return factCell(line === undefined ? '' : line[column]);
    default:
      if (decision === undefined) return { className: 'text-xs text-ink-2', content: 'deciding…' };
      return decidedCell(column, decision, line, by);
  }
}

/** Unknown and absent are distinguished: `?` is unknown, `–` is known to be absent. */
function factCell(text: string | null | undefined): TraceCell {
  if (text === undefined) return { className: 'truncate text-ink-3', content: '?' };
  if (text === null) return { className: 'truncate text-ink-3', content: '–' };
  return { className: 'truncate', title: text, content: text };
}

function decidedCell(
  column: 'decision' | 'rule' | 'hazards' | 'recorded',
  { effect, decider, hazards, recorded }: CallDecision,
  line: CallLine | undefined,
  by: string,
): TraceCell {
  switch (column) {
    case 'decision': {
      const { short, words } = deciderOf(decider);
      return {
        className: 'decided flex items-center gap-1.5',
        content: (
          <>
            <DecisionBadge effect={effect} />
            <span className="text-xs text-ink-2 tabular-nums" title={words}>
              <span aria-hidden>{short}</span>
              <span className="sr-only">{words}</span>
            </span>
            {hazards > 0 ? (
              <span title="This decision has a hazard: see its explanation" className="text-gated">
                <TriangleAlert size={12} aria-hidden />
                <span className="sr-only">has a hazard</span>
              </span>
            ) : null}
          </>
        ),
      };
    }
    case 'rule':
      return decidedText(by, 'text-ink-2');
    case 'hazards': {
      const kinds = (Object.keys(HAZARD_NAMES) as (keyof typeof HAZARD_NAMES)[]).filter(
        (kind) => (hazards & HAZARD_BITS[kind]) !== 0,
      );
      return decidedText(kinds.map((kind) => HAZARD_NAMES[kind]).join(', '), 'text-gated');
    }
    case 'recorded': {
      if (line?.recorded === undefined) return decidedText('', 'text-ink-2');
      const words = `${EFFECT_TITLES[line.recorded]}, ${RECORDED_SHORT[recorded]}`;
      return decidedText(
        words,
        recorded === 'diverged' ? 'font-medium text-deny' : 'text-ink-2',
        line.recordedRule === undefined ? words : `${words}; the record names the rule ${line.recordedRule}`,
      );
    }
  }
}

const decidedText = (text: string, className: string, title = text): TraceCell => ({
  className: `decided truncate ${className}`,
  title,
  content: text,
});

/** What decided, by number and name. */
export function ruleWords(decider: number | undefined, rules: readonly Pick<Rule, 'name'>[]): string {
  if (decider === DECIDED_BY_DEFAULT) return 'no rule matched';
  const rule = rules[decider ?? UNDECIDED];
  return rule === undefined || decider === undefined ? 'not certain' : `${decider + 1} ${rule.name}`;
}

interface GroupRowProps {
  id: string;
  top: number;
  row: number;
  group: TraceGroup;
  open: boolean;
  active: boolean;
  columns: number;
  rules: readonly Pick<Rule, 'name'>[];
}

/** A group's row: what its calls share, their number, and their decisions. */
export function GroupRow({ id, top, row, group, open, active, columns, rules }: GroupRowProps) {
  const { by, count, effects } = group;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={row + 2}
      aria-level={1}
      aria-expanded={open}
      aria-selected={active}
      data-row={row}
      style={{ top, height: ROW_HEIGHT }}
      className={clsx(ROW, 'bg-sunken', active && 'outline-2 -outline-offset-2 outline-accent')}
    >
      <div
        role="gridcell"
        aria-colspan={columns}
        className="sticky left-3 flex w-fit min-w-0 max-w-full items-center gap-2"
      >
        <Chevron size={14} aria-hidden className="shrink-0" />
        {by.kind === 'tool' ? (
          <span className="truncate font-mono text-xs">
            <span className="text-ink-2">{by.resource === undefined ? '?' : (by.resource ?? '–')} / </span>
            {by.tool ?? 'unknown tool'}
          </span>
        ) : (
          <span className="truncate">{ruleWords(by.decider, rules)}</span>
        )}
        <span className="shrink-0 text-xs text-ink-2 tabular-nums">{counted(count, 'call')}</span>
        {EFFECT_CODES.map((effect, code) => {
          const n = effects[code] ?? 0;
          const { icon: Icon, text, word } = DECISION_MARKS[effect];
          return n === 0 ? null : (
            <span key={effect} className={clsx('inline-flex shrink-0 items-center gap-0.5 text-xs tabular-nums', text)}>
              <Icon size={12} aria-hidden />
              <span className="sr-only">{word} </span>
              {number(n)}
            </span>
          );
        })}
      </div>
    </div>
  );
}
