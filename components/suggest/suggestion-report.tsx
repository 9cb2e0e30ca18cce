'use client';
import type { ReactNode } from 'react';
import type { PolicySuggestion } from '@/lib/suggest';
import {
  anyOfWords,
  leftOutWords,
  openedToolWords,
  openPatternWords,
  suggestionChecks,
} from '@/lib/wording/suggestion-words';
import { ShowAll, useFirstShown } from '../ui/show-all';
import { Marked } from '../ui/worded';
import { counted, number } from '../ui/words';

const SHOWN = 10;

/** What the suggested rules allow, what was left out, and what they open that was not used. */
export function SuggestionReport({ suggestion }: { suggestion: PolicySuggestion }) {
  const { rules, calls, leftOut, openedTools, checks } = suggestion;
  const open = [anyOfWords(suggestion), openPatternWords(suggestion)].filter((words) => words !== undefined);
  return (
    <div className="space-y-3 text-sm">
      <p role="status" data-testid="suggested">
        <strong className="font-semibold">{counted(rules.length, 'rule')}</strong>{' '}
        {rules.length === 1 ? 'allows' : 'allow'} {number(checks.allowed)} of {counted(calls.chosen, 'call')}.
      </p>
      <Lines title="Checked by deciding" lines={suggestionChecks(suggestion)} />
      <Lines title="Left out" lines={leftOut.map(leftOutWords)} />
      <Lines
        title="Open beside what was used"
        lines={[
          ...open,
          ...openedTools.map(openedToolWords),
          ...rules.flatMap(({ rule, openArguments }) =>
            openArguments.length === 0 ? [] : [`${rule.name}: any value of ${openArguments.join(', ')}`],
          ),
        ]}
      />
    </div>
  );
}

/** Lines of words under a title; the first ones, until all are asked for. */
function Lines({ title, lines }: { title: string; lines: readonly string[] }): ReactNode {
  const list = useFirstShown(lines.length, SHOWN);
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="text-xs font-medium text-ink-2">{title}</h3>
      <ul className="mt-0.5 list-disc space-y-0.5 pl-5">
        {lines.slice(0, list.shown).map((line, i) => (
          <li key={i} className="wrap-anywhere">
            <Marked text={line} />
          </li>
        ))}
      </ul>
      <ShowAll list={list} className="mt-1" />
    </section>
  );
}
