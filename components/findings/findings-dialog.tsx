'use client';
import { useMemo, useState } from 'react';
import { hasOtherReadings, type RuleId } from '@/lib/engine';
import type { FindingCertainty, PolicyFinding } from '@/lib/findings';
import { PROVEN_UNDER_DEFAULTS } from '@/lib/wording';
import { CloseButton } from '../ui/close-button';
import { Chip } from '../ui/chip';
import { Dialog } from '../ui/dialog';
import { VirtualRows } from '../ui/virtual-rows';
import { FilterButton } from '../ui/filter-button';
import { capital, counted, number } from '../ui/words';
import { SEVERITIES, SEVERITY_MARKS, severityWords } from '../policy/finding-words';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFindings, type PolicyFindings } from '../session/findings';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { AskPart } from './ask-part';
import { DismissedList } from './dismissed-list';
import { FindingItem, type OpenedPart } from './finding-item';
import { InvariantsPart } from './invariants-part';
import { keyOf, passes, type FindingFilter } from './finding-filter';

interface FindingsDialogProps {
  ruleId?: RuleId;
  finding?: PolicyFinding;
  onClose(): void;
  onRule(id: RuleId): void;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Pixels that a finding takes before it is drawn. */
const ROW_HEIGHT = 92;

/** What is probably wrong with the shown policy: each finding with its witness, its fix, and the way to dismiss it. */
export function FindingsDialog({ ruleId, finding, onClose, onRule, openDialog }: FindingsDialogProps) {
  const { rules, settings, from } = useShownPolicy();
  const all = useFindings();
  const { findings, dismissed, failure } = all;
  const [filter, setFilter] = useState<FindingFilter>({ severity: undefined, certainty: undefined, ruleId });
  const [opened, setOpened] = useState<OpenedFinding | undefined>(
    finding === undefined ? undefined : { key: keyOf(finding), part: 'witness' },
  );
  const listed = useMemo(() => {
    const position = new Map(rules.map(({ id }, i) => [id, i]));
    const place = (one: PolicyFinding): number =>
      one.ruleId === undefined ? -1 : (position.get(one.ruleId) ?? rules.length);
    return findings.filter((one) => passes(filter, one)).sort((a, b) => place(a) - place(b));
  }, [findings, filter, rules]);
  const keys = useMemo(() => listed.map(keyOf), [listed]);
  return (
    <Dialog
      title="Findings"
      help={<HelpLink to="findings/" about="findings" />}
      description={`What is probably wrong with this policy${from === 'draft' ? ', with the unsaved edit' : ''}, found before a single call is made.`}
      size="lg"
      onClose={onClose}
      footer={<CloseButton onClose={onClose} />}
    >
      <div className="space-y-3">
        <InvariantsPart openDialog={openDialog} />
        <AskPart openDialog={openDialog} />
        <Filters all={all} filter={filter} onFilter={setFilter} />
        <p role="status" className="text-sm" data-testid="findings-summary">
          <SummaryText all={all} listed={listed} />
        </p>
        {hasOtherReadings(settings) ? (
          <p className="text-sm text-ink-2" data-testid="default-readings">
            {PROVEN_UNDER_DEFAULTS}.
          </p>
        ) : null}
        {failure === undefined ? null : (
          <p role="alert" className="text-sm text-deny">
            The policy could not be checked: {failure}
          </p>
        )}
        <ol aria-label="Findings" className="space-y-2">
          <VirtualRows keys={keys} rowHeight={() => ROW_HEIGHT} space={8}>
            {(index, place) => {
              const one = listed[index];
              const key = keys[index] ?? '';
              if (one === undefined) return null;
              return (
                <FindingItem
                  key={key}
                  finding={one}
                  opened={opened?.key === key ? opened.part : undefined}
                  onOpen={(part) => setOpened(part === undefined ? undefined : { key, part })}
                  onRule={onRule}
                  openDialog={openDialog}
                  place={place}
                />
              );
            }}
          </VirtualRows>
        </ol>
        <DismissedList dismissed={dismissed} />
      </div>
    </Dialog>
  );
}

/** The finding of which something is open: one at a time. */
interface OpenedFinding {
  readonly key: string;
  readonly part: OpenedPart;
}

function SummaryText({ all, listed }: { all: PolicyFindings; listed: readonly PolicyFinding[] }) {
  const { findings, current, failure } = all;
  const pending = current || failure !== undefined ? '' : ' Searching…';
  if (findings.length === 0)
    return (
      <>
        {current ? 'Nothing was found.' : ''}
        {pending}
      </>
    );
  const words = `${counted(listed.length, 'finding')}${listed.length === 0 ? '' : `: ${severityWords(listed)}`}`;
  return (
    <>
      {listed.length === findings.length ? words : `${words}, of ${number(findings.length)}`}.{pending}
    </>
  );
}

const CERTAINTIES: readonly FindingCertainty[] = ['proven', 'possible'];

interface FiltersProps {
  all: PolicyFindings;
  filter: FindingFilter;
  onFilter(filter: FindingFilter): void;
}

function Filters({ all: { findings }, filter, onFilter }: FiltersProps) {
  const { rules } = useShownPolicy();
  const of = rules.find(({ id }) => id === filter.ruleId);
  const count = (part: Partial<FindingFilter>) => findings.filter((one) => passes({ ...filter, ...part }, one)).length;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div role="group" aria-label="Severity" className="flex flex-wrap gap-1.5">
        {SEVERITIES.map((severity) => {
          const { word, icon: Icon, text } = SEVERITY_MARKS[severity];
          const on = filter.severity === severity;
          return (
            <FilterButton
              key={severity}
              pressed={on}
              count={count({ severity })}
              text={text}
              onClick={() => onFilter({ ...filter, severity: on ? undefined : severity })}
            >
              <Icon size={12} strokeWidth={2.5} aria-hidden />
              {capital(word)}s
            </FilterButton>
          );
        })}
      </div>
      <div role="group" aria-label="Certainty" className="flex flex-wrap gap-1.5">
        {CERTAINTIES.map((certainty) => {
          const on = filter.certainty === certainty;
          return (
            <FilterButton
              key={certainty}
              pressed={on}
              count={count({ certainty })}
              onClick={() => onFilter({ ...filter, certainty: on ? undefined : certainty })}
            >
              {capital(certainty)}
            </FilterButton>
          );
        })}
      </div>
      {filter.ruleId === undefined ? null : (
        <span className="inline-flex min-w-0 items-center gap-1 text-xs text-ink-2">
          Only of the rule
          <Chip value={of?.name ?? filter.ruleId} onRemove={() => onFilter({ ...filter, ruleId: undefined })} />
        </span>
      )}
    </div>
  );
}
