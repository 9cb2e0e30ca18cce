'use client';
import { formatType, VARIABLES } from '@/lib/cel';
import { Button } from '../ui/button';
import { ConditionText } from '../ui/condition-text';
import { HelpLink } from '../site/help-link';
import { CONDITION_FORMS, OPERATORS, withForm } from './condition-forms';

interface QuickReferenceProps {
  condition: string | null;
  onCondition(condition: string): void;
}

/** What a condition can be made of: common forms to start from, the operators, and the facts of a call. */
export function QuickReference({ condition, onCondition }: QuickReferenceProps) {
  return (
    <section aria-label="Quick reference" className="mt-1 space-y-3 rounded-md border border-line px-3 py-2 text-xs">
      <p className="flex items-center gap-1 text-ink-2">
        Forms, operators and facts <HelpLink to="language/" about="the language of conditions" />
      </p>
      <ul aria-label="Common forms" className="space-y-1">
        {CONDITION_FORMS.map(({ says, source }) => (
          <li key={source} className="flex items-start gap-2">
            <span className="min-w-0 flex-1">
              <span className="block text-ink-2">{says}</span>
              <ConditionText source={source} className="wrap-anywhere" />
            </span>
            <Button
              look="plain"
              className="h-6 px-1.5 text-xs text-accent"
              aria-label={`Use it: ${says}`}
              onClick={() => onCondition(withForm(condition, source))}
            >
              Use it
            </Button>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {OPERATORS.map(([operators, meaning]) => (
          <div key={operators} className="contents">
            <dt className="font-mono whitespace-pre">{operators}</dt>
            <dd className="text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
      <dl aria-label="Facts of a call" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {VARIABLES.map(({ path, type, documented }) => (
          <div key={path} className="contents">
            <dt className="font-mono wrap-anywhere">{path}</dt>
            <dd className="text-ink-2">
              {formatType(type)}
              {documented ? '' : ', not in the gateway’s published vocabulary'}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
