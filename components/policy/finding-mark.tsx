'use client';
import { clsx } from 'clsx';
import type { RuleId } from '@/lib/engine';
import type { PolicyFinding } from '@/lib/findings';
import { useFindings } from '../session/findings';
import { Marked } from '../ui/worded';
import { number } from '../ui/words';
import { findingSentence, SEVERITY_MARKS, severityWords, worstOf } from './finding-words';

/** Opens the list of findings at one rule, and at one finding of it. */
export type ShowFindings = (ruleId: RuleId, finding?: PolicyFinding) => void;

interface FindingPartProps {
  id: RuleId;
  onShow: ShowFindings;
}

/** How many findings a rule has. Paler while a newer policy is being checked. */
export function FindingMark({ id, onShow }: FindingPartProps) {
  const { byRule, current } = useFindings();
  const findings = byRule.get(id);
  if (findings === undefined) return null;
  const { icon: Icon, text } = SEVERITY_MARKS[worstOf(findings)];
  const words = `Findings: ${severityWords(findings)}${current ? '' : ', searching again'}`;
  return (
    <button
      type="button"
      onClick={() => onShow(id)}
      aria-label={words}
      title={words}
      data-testid="rule-findings"
      data-control="findings"
      tabIndex={-1}
      className={clsx(
        'inline-flex h-6 items-center gap-0.5 rounded px-1 text-xs font-medium tabular-nums hover:bg-sunken pointer-coarse:h-9 pointer-coarse:px-2',
        text,
        !current && 'opacity-60',
      )}
    >
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      {number(findings.length)}
    </button>
  );
}

/** The rule's first finding that a call shows, with the way to that call. */
export function ShownFinding({ id, onShow }: FindingPartProps) {
  const { byRule, current } = useFindings();
  const shown = byRule.get(id)?.find(({ witness, severity }) => witness !== undefined && severity !== 'info');
  if (shown === undefined) return null;
  const { icon: Icon, text } = SEVERITY_MARKS[shown.severity];
  return (
    <p className={clsx('mt-1 flex items-start gap-1 text-xs', text, !current && 'opacity-60')}>
      <Icon size={12} className="mt-0.5 shrink-0" aria-hidden />
      <span className="min-w-0">
        <Marked text={findingSentence(shown)} />{' '}
        <button
          type="button"
          onClick={() => onShow(id, shown)}
          data-control="witness"
          tabIndex={-1}
          className="rounded font-medium text-accent underline-offset-2 hover:underline pointer-coarse:min-h-9"
        >
          Show a call
        </button>
      </span>
    </p>
  );
}
