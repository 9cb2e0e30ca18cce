'use client';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { diagnosticsOf, firstProblem, coveredTools, NO_CONTEXT, type ConditionContext } from '@/lib/editor';
import { EMPTY_CATALOG, type Call, type Catalog, type Rule } from '@/lib/engine';
import { PlainField } from '../editor/plain-field';
import { Fixes, problemWords } from '../editor/problems';
import { Field } from '../ui/field';
import { Marked } from '../ui/worded';

interface ConditionInputProps {
  value: string;
  context: ConditionContext;
  readOnly?: boolean;
  onValue(value: string): void;
}

/** A condition in a plain, coloured field, checked as the reader types. */
export function ConditionInput({ value, context, readOnly = false, onValue }: ConditionInputProps) {
  const source = useDeferredValue(value);
  const diagnostics = useMemo(() => (source === '' ? [] : diagnosticsOf(source, context)), [source, context]);
  const first = firstProblem(diagnostics);
  const error = first?.severity === 'error' ? problemWords(first, source) : undefined;
  return (
    <div>
      <Field label="Condition (CEL)" problem={error}>
        {(id, described) => (
          <PlainField
            id={id}
            aria-describedby={described}
            aria-invalid={error !== undefined}
            value={value}
            readOnly={readOnly}
            onChange={(event) => onValue(event.target.value)}
          />
        )}
      </Field>
      {first === undefined || error !== undefined ? null : (
        <p role="status" className="mt-1 text-xs text-gated">
          <Marked text={problemWords(first, source)} />
        </p>
      )}
      {first === undefined || source !== value || readOnly ? null : (
        <Fixes source={source} diagnostic={first} context={context} onChange={onValue} />
      )}
    </div>
  );
}

/** The context of a rule's condition: the arguments of the tools of the bundle's catalog that the rule covers, and the call. */
export function useRuleContext(
  rule: Rule | undefined,
  catalog: Partial<Catalog> | undefined,
  call: Call | undefined,
): ConditionContext {
  const [tools, setTools] = useState(NO_CONTEXT.tools);
  const whole = useMemo(() => ({ ...EMPTY_CATALOG, ...catalog }), [catalog]);
  useEffect(() => {
    let gone = false;
    if (rule === undefined) return undefined;
    void coveredTools(rule, whole).then((found) => {
      if (!gone) setTools(found);
    });
    return () => {
      gone = true;
    };
  }, [rule, whole]);
  return useMemo(() => ({ tools, catalog: whole, call }), [tools, whole, call]);
}
