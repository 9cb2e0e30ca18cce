'use client';
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { clsx } from 'clsx';
import { GripVertical, TriangleAlert } from 'lucide-react';
import { memo, useCallback } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { CoverageMark } from '../coverage/coverage-mark';
import { EFFECT_MARKS, EffectBadge } from '../ui/effect-mark';
import { ConditionText } from '../ui/condition-text';
import { ClashMark } from './dragged-rule';
import { FindingMark, ShownFinding } from './finding-mark';
import type { RuleControl } from './focus-rule';
import { RuleMenu, type RuleActions } from './rule-menu';
import { RuleSentence } from './rule-sentence';
import { useRuleVerdict, type RuleVerdict } from './rule-verdicts';
import { textNotesOf } from './text-notes';
import { Marked } from '../ui/worded';
import type { RowPlace } from '../ui/row-place';
import { number } from '../ui/words';

interface RuleRowProps {
  rule: Rule;
  position: number;
  count: number;
  /** It decided the call in focus. */
  deciding: boolean;
  readOnly: boolean;
  actions: RuleActions;
  /** While rules are being selected, a checkbox replaces the handle. */
  selected?: boolean;
  onSelect?: (id: RuleId, selected: boolean) => void;
  /** Its control that the Tab key stops at; the others are reached by the arrow keys. */
  stop: RuleControl | undefined;
  /** Its place in a list of which only a part is drawn. */
  place?: RowPlace | undefined;
}

/** Pixels that the row of a rule takes before it is drawn: it has a line for its condition. */
export const rowHeightOf = (rule: Rule | undefined): number => (rule?.condition ? 78 : 58);

/**
 * One rule of the policy as a sentence, with its position, the number of calls it decided, and its problems. In a policy of hundreds only
 * changed rows render again; drag events do not render the parts within a row.
 */
export const RuleRow = memo(DrawnRow);

function DrawnRow(props: RuleRowProps) {
  const { rule, position, count, deciding, readOnly, actions, selected, onSelect, stop, place } = props;
  const { attributes, isDragging, listeners, setActivatorNodeRef, setNodeRef, transform, transition } = useSortable({
    id: rule.id,
    disabled: readOnly || selected !== undefined,
  });
  const measure = place?.ref;
  const rowRef = useCallback(
    (row: HTMLLIElement | null) => {
      setNodeRef(row);
      measure?.(row);
    },
    [setNodeRef, measure],
  );
  return (
    <li
      {...place}
      ref={rowRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      data-rule={rule.id}
      className={clsx(
        'group relative flex items-start gap-1 border-b border-line bg-paper py-2 pr-1 pl-1',
        isDragging && 'z-10 rounded-md border-transparent shadow-float',
        deciding && 'bg-accent-soft',
      )}
    >
      {selected !== undefined ? (
        <label className="mt-0.5 flex h-6 w-6 shrink-0 items-center justify-center pointer-coarse:h-11 pointer-coarse:w-9">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            data-control="select"
            tabIndex={tabIndexOf('select', stop)}
            aria-label={`Select rule ${position}, ${rule.name}`}
            checked={selected}
            onChange={(event) => onSelect?.(rule.id, event.target.checked)}
          />
        </label>
      ) : readOnly ? (
        <span className="w-2" />
      ) : (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          data-control="handle"
          tabIndex={tabIndexOf('handle', stop)}
          aria-label={`Move rule ${position}, ${rule.name}`}
          title="Drag to reorder, or press Space and the arrow keys"
          className="mt-0.5 flex h-6 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-ink-3 hover:bg-sunken hover:text-ink pointer-coarse:h-11 pointer-coarse:w-9"
        >
          <GripVertical size={14} aria-hidden />
        </button>
      )}
      <span className="mt-1 w-5 shrink-0 text-right text-xs text-ink-3 tabular-nums" aria-hidden>
        {position}
      </span>
      <RuleWords rule={rule} position={position} readOnly={readOnly} actions={actions} stop={stop} />
      <RuleHits id={rule.id} />
      {readOnly ? (
        // As wide as the menus of rules that can be changed, and of the line below all rules.
        <span className="w-8 shrink-0 pointer-coarse:w-11" />
      ) : (
        <Menu rule={rule} position={position} count={count} actions={actions} tabIndex={tabIndexOf('menu', stop)} />
      )}
      <ClashMark id={rule.id} />
    </li>
  );
}

const tabIndexOf = (control: RuleControl, stop: RuleControl | undefined): 0 | -1 => (control === stop ? 0 : -1);

/** Findings come and go: Tab goes to the name, and the arrow keys from there to them. */
const isNameStop = (stop: RuleControl | undefined): boolean =>
  stop === 'name' || stop === 'findings' || stop === 'witness';

const Menu = memo(RuleMenu);

interface RuleWordsProps {
  rule: Rule;
  position: number;
  readOnly: boolean;
  actions: RuleActions;
  stop: RuleControl | undefined;
}

/** The rule as a sentence. */
const RuleWords = memo(DrawnWords);

function DrawnWords({ rule, position, readOnly, actions, stop }: RuleWordsProps) {
  const quiet = rule.status !== 'active';
  return (
    <div className="min-w-0 flex-1 pl-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <EffectBadge effect={rule.effect} className={clsx(quiet && 'grayscale')} />
        <button
          type="button"
          onClick={() => actions.edit(rule.id)}
          data-control="name"
          tabIndex={isNameStop(stop) ? 0 : -1}
          className="min-w-0 rounded text-left text-sm font-semibold break-words hover:underline"
          aria-label={`${readOnly ? 'Edit a copy of' : 'Edit'} rule ${position}, ${EFFECT_MARKS[rule.effect].word}: ${rule.name}`}
        >
          {rule.name}
        </button>
        {rule.status === 'active' ? null : (
          <span className="rounded border border-line-strong/60 px-1 text-xs text-ink-2">
            {rule.status === 'draft' ? 'Draft' : 'Disabled'}
          </span>
        )}
        <CoverageMark id={rule.id} />
        <FindingMark id={rule.id} onShow={actions.showFindings} />
      </div>
      <Rest rule={rule} whole={readOnly} />
      <ShownFinding id={rule.id} onShow={actions.showFindings} />
    </div>
  );
}

/**
 * Below the name: the rule's scope, tools and condition, and its notes. `whole`: nothing is cut, for whoever reviews a policy must see all that
 * it says.
 */
function Rest({ rule, whole }: { rule: Rule; whole: boolean }) {
  const quiet = rule.status !== 'active';
  return (
    <>
      <div className={clsx('mt-0.5', quiet && 'opacity-80')}>
        <RuleSentence rule={rule} />
      </div>
      {rule.condition === null ? null : (
        <div className="mt-1 flex gap-1.5 text-xs">
          <span className="text-ink-2">if</span>
          <ConditionText
            source={rule.condition}
            className={clsx('min-w-0 wrap-anywhere', whole ? 'whitespace-pre-wrap' : 'line-clamp-2')}
          />
        </div>
      )}
      {whole && rule.description !== '' ? (
        <p className="mt-1 text-xs wrap-anywhere whitespace-pre-wrap text-ink-2">{rule.description}</p>
      ) : null}
      <TextNotes rule={rule} />
      <Notes id={rule.id} />
    </>
  );
}

/** Hidden characters and look-alike letters, wherever in the rule they are. */
function TextNotes({ rule }: { rule: Rule }) {
  return textNotesOf(rule).map((note) => (
    <p key={note} className="mt-1 flex items-start gap-1 text-xs text-gated">
      <TriangleAlert size={12} className="mt-0.5 shrink-0" aria-hidden />
      <span className="min-w-0">
        <Marked text={note} />
      </span>
    </p>
  ));
}

function Notes({ id }: { id: RuleId }) {
  return useRuleVerdict(id).notes.map((note) => (
    <p key={note.text} className="mt-1 flex items-start gap-1 text-xs text-gated">
      <TriangleAlert size={12} className="mt-0.5 shrink-0" aria-hidden />
      <span>{note.text}</span>
    </p>
  ));
}

const RuleHits = ({ id }: { id: RuleId }) => <Hits verdict={useRuleVerdict(id)} />;

/** How many calls of the open trace the rule decided; a dash while that is being calculated. */
export function Hits({ verdict }: { verdict: RuleVerdict }) {
  const text = verdict.decided === undefined ? '–' : number(verdict.decided);
  const words =
    verdict.decided === undefined
      ? 'not decided yet'
      : `decided ${text} ${verdict.decided === 1 ? 'call' : 'calls'} of the open trace`;
  return (
    <span
      className={clsx(
        'mt-1 min-w-8 shrink-0 text-right text-sm tabular-nums',
        verdict.decided ? 'text-ink' : 'text-ink-3',
      )}
      title={words}
    >
      <span aria-hidden>{text}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
