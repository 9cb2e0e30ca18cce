'use client';
import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { Diagnostic } from '@/lib/cel';
import type { Rule } from '@/lib/engine';
import type { PolicyFinding } from '@/lib/findings';
import { Marked } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFindings } from '../session/findings';
import { useShownPolicy } from '../session/shown-policy';
import { findingSentence, SEVERITY_MARKS } from './finding-words';

const NONE: readonly never[] = [];

/** What the condition's own diagnostics do not say already. */
const isBeyondDiagnostics = ({ cause }: PolicyFinding): boolean => cause === undefined;

/** Findings about the rule's condition, as marks in its text; none while they are of another text. */
export function useConditionFindings({ id, condition }: Rule): readonly Diagnostic[] {
  const { byRule, current } = useFindings();
  const { rules } = useShownPolicy();
  const findings = byRule.get(id);
  const isOfThisText = current && rules.find((rule) => rule.id === id)?.condition === condition;
  return useMemo(() => {
    if (!isOfThisText || findings === undefined || condition === null) return NONE;
    return findings
      .filter((one) => one.pointer.endsWith('/condition') && isBeyondDiagnostics(one))
      .map((one) => diagnosticOf(one, condition));
  }, [isOfThisText, findings, condition]);
}

function diagnosticOf({ code, severity, message, help, range, fix }: PolicyFinding, condition: string): Diagnostic {
  const whole = { start: 0, end: condition.length };
  const fixed = fix?.edit.kind === 'change-rule' ? fix.edit.rule.condition : null;
  return {
    ...(range ?? whole),
    ...{ code, phase: 'check', severity, message },
    ...(help === undefined ? {} : { help }),
    ...(fix === undefined || fixed === null ? {} : { fix: { ...whole, title: fix.title, text: fixed } }),
  };
}

interface RuleFindingsProps {
  rule: Rule;
  openDialog(dialog: WorkbenchDialog): void;
}

/** The findings of the rule under edit, each with the way to its witness and its fix. */
export function RuleFindings({ rule, openDialog }: RuleFindingsProps) {
  const { byRule, current } = useFindings();
  const findings = (byRule.get(rule.id) ?? NONE).filter(isBeyondDiagnostics);
  return (
    <section aria-label="Findings of this rule" aria-busy={!current} data-testid="editor-findings">
      <ul className={clsx('space-y-1.5', !current && 'opacity-60')} hidden={findings.length === 0}>
        {findings.map((finding) => {
          const { icon: Icon, text, word } = SEVERITY_MARKS[finding.severity];
          return (
            <li
              key={`${finding.code} ${finding.pointer} ${finding.message}`}
              className={clsx('flex items-start gap-1.5 text-sm', text)}
            >
              <Icon size={14} className="mt-0.5 shrink-0" aria-hidden />
              <span className="min-w-0 break-words">
                <span className="sr-only">{word}: </span>
                <Marked text={findingSentence(finding)} />{' '}
                <button
                  type="button"
                  onClick={() => openDialog({ kind: 'findings', ruleId: rule.id, finding })}
                  className="rounded text-xs font-medium text-accent underline-offset-2 hover:underline pointer-coarse:min-h-9"
                >
                  {finding.witness === undefined ? 'Show the finding' : 'Show a call'}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
