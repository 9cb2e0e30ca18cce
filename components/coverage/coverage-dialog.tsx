'use client';
import { clsx } from 'clsx';
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { gapsOf, summaryOf, type PolicyCoverage, type CoverageGap, type RuleCoverage } from '@/lib/analysis';
import type { Rule, RuleId } from '@/lib/engine';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { EffectBadge } from '../ui/effect-mark';
import { Segmented } from '../ui/segmented';
import type { RowPlace } from '../ui/row-place';
import { VirtualRows } from '../ui/virtual-rows';
import { counted, number } from '../ui/words';
import { useTestRun } from '../session/test-run';
import { useReplay } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { GAP_WORDS } from './gap-words';
import { useCoverage } from './use-coverage';

interface CoverageDialogProps {
  onClose(): void;
  onRule(id: RuleId): void;
}

type CoverageSource = 'both' | 'trace' | 'tests';
const SOURCES: readonly { readonly value: CoverageSource; readonly label: string }[] = [
  { value: 'both', label: 'Both' },
  { value: 'trace', label: 'The trace' },
  { value: 'tests', label: 'The tests' },
];
/** Coverage of each rule by the open trace and the tests, and what is left to try. */
export function CoverageDialog({ onClose, onRule }: CoverageDialogProps) {
  const shown = useShownPolicy();
  const { open } = useReplay('open');
  const { tests } = useTestRun();
  const { covered, failure } = useCoverage();
  const [source, setSource] = useState<CoverageSource>('both');
  const [onlyGaps, setOnlyGaps] = useState(false);
  // The checkbox changes at once; the rows follow in a later render.
  const listed = useDeferredValue(onlyGaps);
  const coverage = covered?.[source];
  return (
    <Dialog
      title="Coverage"
      help={<HelpLink to="replay/#coverage" about="coverage" />}
      description="Which parts of this policy the open trace and the tests exercise. A rule without coverage is untested."
      size="lg"
      onClose={onClose}
      footer={<CloseButton onClose={onClose} />}
    >
      <div className="space-y-4">
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Segmented label="Tried by" value={source} options={SOURCES} onValue={(value) => setSource(value)} />
          <label className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="accent-accent"
              checked={onlyGaps}
              onChange={(event) => setOnlyGaps(event.target.checked)}
            />
            Only rules with something left to try
          </label>
        </div>
        {failure !== undefined ? (
          <p role="alert" className="text-sm text-deny">
            This could not be counted: {failure}
          </p>
        ) : covered === undefined ? (
          <p role="status" className="text-sm text-ink-2">
            Counting…
          </p>
        ) : coverage === undefined ? (
          <p role="status" className="text-sm text-ink-2">
            No trace is open. Choose one in the trace pane, or import one.
          </p>
        ) : (
          <>
            <Summary coverage={coverage} />
            <p className="text-xs text-ink-2">
              {source !== 'tests' && open !== undefined ? `Trace: ${open.info.name}, ${calls(open.info.calls)}. ` : ''}
              {source !== 'trace' ? `Tests: ${number(tests.length)}.` : ''}
            </p>
            <Rules rules={shown.rules} coverage={coverage} onlyGaps={listed} onRule={onRule} />
          </>
        )}
      </div>
    </Dialog>
  );
}

const calls = (n: number): string => counted(n, 'call');

function Summary({ coverage }: { coverage: PolicyCoverage }) {
  const shown = useShownPolicy();
  const { rules, decided, conditions, bothWays } = summaryOf(shown, coverage);
  return (
    <p role="status" className="text-sm" data-testid="coverage-summary">
      {number(decided)} of {number(rules)} active {rules === 1 ? 'rule' : 'rules'} decided a call
      {conditions === 0
        ? ''
        : `; ${number(bothWays)} of ${number(conditions)} ${conditions === 1 ? 'condition was' : 'conditions were'} seen both true and false`}
      .{' '}
      {coverage.byDefault === 0
        ? 'The default, deny, was never reached.'
        : `The default, deny, decided ${calls(coverage.byDefault)}.`}
      {coverage.undecided === 0 ? '' : ` Of ${calls(coverage.undecided)} it cannot be known which rule decides.`}
    </p>
  );
}

/** Pixels that a row takes before it is drawn. */
const ROW_HEIGHT = 50;

interface CoverageRulesProps {
  rules: readonly Rule[];
  coverage: PolicyCoverage;
  onlyGaps: boolean;
  onRule(id: RuleId): void;
}

function Rules({ rules, coverage, onlyGaps, onRule }: CoverageRulesProps) {
  const rows = useMemo(
    () =>
      rules
        .map((rule, i) => ({ rule, position: i + 1, of: coverage.rules[i] }))
        .filter(({ rule, of }) => !onlyGaps || gapsOf(rule, of).length > 0),
    [rules, coverage, onlyGaps],
  );
  const keys = useMemo(() => rows.map(({ rule }) => rule.id), [rows]);
  const defaultShown = !onlyGaps || coverage.byDefault === 0;
  if (rows.length === 0 && !defaultShown) {
    return <p className="py-6 text-center text-sm text-ink-2">Everything has been tried.</p>;
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Coverage of each rule">
      <table
        className="w-full min-w-[34rem] sm:min-w-[40rem] text-sm"
        aria-rowcount={rows.length + (defaultShown ? 2 : 1)}
      >
        <thead className="text-left text-xs text-ink-2">
          <tr className="border-b border-line">
            <th scope="col" className="py-1 pr-2 font-medium">
              Rule
            </th>
            {COLUMNS.map(({ label, hint }) => (
              <th key={label} scope="col" title={hint} className="px-2 py-1 text-right font-medium">
                {label}
              </th>
            ))}
            <th scope="col" className="py-1 pl-3 font-medium max-sm:hidden">
              Left to try
            </th>
          </tr>
        </thead>
        <tbody>
          <VirtualRows as="tr" keys={keys} rowHeight={() => ROW_HEIGHT}>
            {(index, place) => {
              const row = rows[index];
              return row === undefined ? null : <RuleCounts key={row.rule.id} {...row} onRule={onRule} place={place} />;
            }}
          </VirtualRows>
          {defaultShown ? (
            <tr className="align-top">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal text-ink-2">
                No rule matched: deny
                <div className="mt-1 sm:hidden">
                  <DefaultGap byDefault={coverage.byDefault} />
                </div>
              </th>
              <td className="px-2 py-1.5 text-right tabular-nums">{number(coverage.byDefault)}</td>
              <td colSpan={COLUMNS.length - 1} />
              <td className="py-1.5 pl-3 max-sm:hidden">
                <DefaultGap byDefault={coverage.byDefault} />
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

interface RuleCountsProps {
  rule: Rule;
  position: number;
  of: RuleCoverage | undefined;
  onRule(id: RuleId): void;
  place: RowPlace | undefined;
}

/** One rule's counts, and what is left to try of it. */
const RuleCounts = memo(function RuleCounts({ rule, position, of, onRule, place }: RuleCountsProps) {
  const gaps = gapsOf(rule, of);
  return (
    <tr {...place} className="border-b border-line align-top last:border-0" data-testid="covered-rule">
      <th scope="row" className="py-1.5 pr-2 text-left font-normal">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="text-xs text-ink-2 tabular-nums">{position}</span>
          <EffectBadge effect={rule.effect} />
          <button
            type="button"
            onClick={() => onRule(rule.id)}
            className="min-w-0 rounded text-left font-medium break-words hover:underline"
            aria-label={`Go to rule ${position}, ${rule.name}`}
          >
            {rule.name === '' ? `Rule ${position}` : rule.name}
          </button>
        </span>
        <div className="mt-1 sm:hidden">
          <Gaps gaps={gaps} active={rule.status === 'active'} />
        </div>
      </th>
      {COLUMNS.map(({ label, read, ofCondition }) => (
        <td key={label} className="px-2 py-1.5 text-right tabular-nums">
          {of === undefined || (ofCondition && rule.condition === null) ? (
            <span className="text-ink-3">–</span>
          ) : (
            number(read(of))
          )}
        </td>
      ))}
      <td className="py-1.5 pl-3 max-sm:hidden">
        <Gaps gaps={gaps} active={rule.status === 'active'} />
      </td>
    </tr>
  );
});

const COLUMNS: readonly {
  readonly label: string;
  readonly hint: string;
  readonly ofCondition: boolean;
  read(rule: RuleCoverage): number;
}[] = [
  { label: 'Decided', hint: 'Calls that the rule decided', ofCondition: false, read: ({ decided }) => decided },
  {
    label: 'Reached it',
    hint: 'Calls that its scope and tools fit, past all rules above',
    ofCondition: false,
    read: ({ reached }) => reached,
  },
  { label: 'True', hint: 'Calls for which its condition was true', ofCondition: true, read: ({ held }) => held },
  { label: 'False', hint: 'Calls for which its condition was false', ofCondition: true, read: ({ failed }) => failed },
  {
    label: 'Failed',
    hint: 'Calls for which its condition failed with an error',
    ofCondition: true,
    read: ({ erred }) => erred,
  },
  {
    label: 'Not known',
    hint: 'Calls that lack a fact that the rule needs',
    ofCondition: false,
    read: ({ open }) => open,
  },
];

function Gaps({ gaps, active }: { gaps: readonly CoverageGap[]; active: boolean }) {
  if (!active) return <span className="text-xs text-ink-2">not active, so never enforced</span>;
  if (gaps.length === 0) return <Tried />;
  return (
    <ul className="space-y-0.5">
      {gaps.map((gap) => (
        <li key={gap}>
          <GapMark words={GAP_WORDS[gap]} bad={gap === 'erred'} />
        </li>
      ))}
    </ul>
  );
}

const DefaultGap = ({ byDefault }: { byDefault: number }) =>
  byDefault === 0 ? <GapMark words="never reached" /> : <Tried />;

function GapMark({ words, bad = false }: { words: string; bad?: boolean }) {
  const Icon = bad ? TriangleAlert : CircleDashed;
  return (
    <span className={clsx('inline-flex items-center gap-1 text-xs', bad ? 'text-gated' : 'text-ink-2')}>
      <Icon size={12} className="shrink-0" aria-hidden />
      {words}
    </span>
  );
}

function Tried() {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-allow">
      <CircleCheck size={12} className="shrink-0" aria-hidden />
      tried
    </span>
  );
}
