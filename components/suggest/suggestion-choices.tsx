'use client';
import { useId, type ReactNode } from 'react';
import { FACETS, type Facet } from '@/lib/engine';
import { FEW_VALUES, REPEATED, type PolicySuggestion, type SuggestionChoices, type ToolDetail } from '@/lib/suggest';
import { number } from '../ui/words';
import type { SuggestionWish } from './use-suggestion';

const FACET_WORDS: Record<Facet, string> = {
  resources: 'resource',
  agents: 'agent',
  instances: 'instance',
  users: 'user',
  groups: 'group',
};
const TOOL_WORDS: Record<ToolDetail, string> = {
  exact: 'Exactly the tools that were called',
  justified: 'Patterns where every tool of the catalog that they fit was called',
  family: 'Patterns by the beginning of each tool, such as `get_*`, whatever else they fit',
  any: 'Every tool',
};
const TOOLS: readonly ToolDetail[] = ['exact', 'justified', 'family', 'any'];

interface SuggestionFormProps {
  wish: SuggestionWish;
  onWish(wish: SuggestionWish): void;
  /** What was suggested last: it says which facts the calls have. */
  suggestion: PolicySuggestion | undefined;
  /** How many calls the filter of the trace shows; undefined where it shows all. */
  filtered: number | undefined;
}

/** Which calls, whom and what the rules distinguish, and how exactly they name it. */
export function SuggestionForm({ wish, onWish, suggestion, filtered }: SuggestionFormProps) {
  const { choices, shown } = wish;
  const choose = (some: Partial<SuggestionChoices>) => onWish({ ...wish, choices: { ...choices, ...some } });
  const by = choices.by ?? suggestion?.by ?? [];
  const group = useId();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceGroup title="Calls to allow">
        <Choice
          kind="radio"
          group={`${group}-take`}
          checked={choices.take === 'not-denied'}
          onChange={() => choose({ take: 'not-denied' })}
        >
          All that are not recorded as denied
        </Choice>
        <Choice
          kind="radio"
          group={`${group}-take`}
          checked={choices.take === 'allowed'}
          onChange={() => choose({ take: 'allowed' })}
        >
          Only those recorded as allowed
        </Choice>
        {filtered === undefined ? null : (
          <Choice kind="checkbox" checked={shown} onChange={() => onWish({ ...wish, shown: !shown })}>
            Only the {number(filtered)} that the filter shows
          </Choice>
        )}
      </ChoiceGroup>
      <ChoiceGroup title="Separate rules for each">
        {FACETS.map((facet) => (
          <Choice
            key={facet}
            kind="checkbox"
            checked={by.includes(facet)}
            onChange={() => choose({ by: by.includes(facet) ? by.filter((one) => one !== facet) : [...by, facet] })}
          >
            {FACET_WORDS[facet]}
            {suggestion === undefined ? null : (
              <span className="text-xs text-ink-2"> (known of {number(suggestion.named[facet])})</span>
            )}
          </Choice>
        ))}
      </ChoiceGroup>
      <ChoiceGroup title="Tools">
        {TOOLS.map((tools) => (
          <Choice
            key={tools}
            kind="radio"
            group={`${group}-tools`}
            checked={choices.tools === tools}
            onChange={() => choose({ tools })}
          >
            {TOOL_WORDS[tools].replaceAll('`', '')}
          </Choice>
        ))}
      </ChoiceGroup>
      <ChoiceGroup title="Arguments">
        <Choice
          kind="checkbox"
          checked={choices.limitsArguments}
          onChange={() => choose({ limitsArguments: !choices.limitsArguments })}
        >
          Limited to what was seen, where an argument had at most {FEW_VALUES} values, which came {REPEATED} times each
          on average
        </Choice>
      </ChoiceGroup>
    </div>
  );
}

const ChoiceGroup = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="min-w-0">
    <legend className="mb-1 text-xs font-medium text-ink-2">{title}</legend>
    {children}
  </fieldset>
);

interface ChoiceProps {
  kind: 'radio' | 'checkbox';
  /** The name that radio buttons share. */
  group?: string;
  checked: boolean;
  onChange(): void;
  children: ReactNode;
}

const Choice = ({ kind, group, checked, onChange, children }: ChoiceProps) => (
  <label className="flex min-h-7 items-start gap-2 py-1 text-sm pointer-coarse:min-h-11 pointer-coarse:items-center">
    <input
      type={kind}
      {...(group === undefined ? {} : { name: group })}
      className="mt-0.5 shrink-0 accent-accent"
      checked={checked}
      onChange={onChange}
    />
    <span className="min-w-0">{children}</span>
  </label>
);
