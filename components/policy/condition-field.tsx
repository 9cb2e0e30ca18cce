'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { diagnosticsOf, firstProblem } from '@/lib/editor';
import type { Rule } from '@/lib/engine';
import { ConditionEditor } from '../editor/condition-editor';
import { Fixes, problemWords } from '../editor/problems';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Marked } from '../ui/worded';
import { HelpLink } from '../site/help-link';
import { useConditionFindings } from './rule-findings';
import { useConditionContext } from './use-condition-context';

interface ConditionFieldProps {
  value: string | null;
  required: boolean;
  problem: string | undefined;
  /** The rule of the condition: the arguments of the tools that it covers are suggested. */
  rule: Rule;
  onValue(value: string | null): void;
}

const LABEL = 'Condition (CEL)';

/** The condition, checked as the user types: problems are shown with their position, and with fixes. */
export function ConditionField({ value, required, problem, rule, onValue }: ConditionFieldProps) {
  const context = useConditionContext(rule);
  const [isNew, setIsNew] = useState(false);
  const source = useDeferredValue(value ?? '');
  const findings = useConditionFindings(rule);
  const diagnostics = useMemo(() => (source === '' ? [] : diagnosticsOf(source, context)), [source, context]);
  const checked = useMemo(
    () => ({ source, diagnostics: source === rule.condition ? [...diagnostics, ...findings] : diagnostics }),
    [source, rule.condition, diagnostics, findings],
  );
  if (value === null && !required) {
    return (
      <div>
        <p className="mb-1 text-xs font-medium text-ink-2">Condition</p>
        <Button
          onClick={() => {
            setIsNew(true);
            onValue('');
          }}
        >
          Add a condition
        </Button>
      </div>
    );
  }
  // Findings are listed below, in full.
  const first = firstProblem(diagnostics) ?? diagnostics[0];
  const error = first?.severity === 'error' ? problemWords(first, source) : undefined;
  return (
    <div>
      <Field
        label={LABEL}
        help={<HelpLink to="writing-conditions/" about="conditions" />}
        hint={'For example request.args.channel_id == "C_GENERAL", or agent.slug == "claude-code"'}
        problem={error ?? problem}
      >
        {(id, described) => (
          <ConditionEditor
            id={id}
            label={LABEL}
            describedBy={described}
            value={value ?? ''}
            checked={checked}
            context={context}
            autoFocus={isNew}
            onChange={onValue}
          />
        )}
      </Field>
      <p role="status" className="mt-1 text-xs text-gated empty:hidden">
        {first === undefined || error !== undefined ? null : <Marked text={problemWords(first, source)} />}
      </p>
      {first === undefined || source !== value ? null : (
        <Fixes source={source} diagnostic={first} context={context} onChange={onValue} />
      )}
      {required ? null : (
        <Button look="plain" className="mt-1 h-7 px-1.5 text-xs" onClick={() => onValue(null)}>
          Remove the condition
        </Button>
      )}
    </div>
  );
}
