'use client';
import { useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import { EMBED_HEIGHTS, readRuleRanges, type EmbedTheme, type EmbedView } from '@/lib/embed';
import { Field, INPUT, TextArea, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { HelpLink } from '../site/help-link';
import type { EmbedChoice } from './embed-example';

const VIEWS: readonly { value: EmbedView; label: string }[] = [
  { value: 'policy', label: 'Policy: the rules in order, and the decisions on the calls' },
  { value: 'rule', label: 'Rule: one rule, and the decision on a call' },
  { value: 'decision', label: 'Decision: a call, its decision, and each rule’s step' },
  { value: 'condition', label: 'Condition: its value, and the values of its parts' },
  { value: 'exercise', label: 'Exercise: a task, the rules, and the tests that they must pass' },
];

const THEMES: readonly { value: EmbedTheme; label: string }[] = [
  { value: 'auto', label: 'As the page' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const LEAST_HEIGHT = 120;
const MOST_HEIGHT = 2_000;

interface EmbedChoicesProps {
  bundle: Bundle;
  choice: EmbedChoice;
  onChoice(part: Partial<EmbedChoice>): void;
}

/** View, theme, height and content of an embed. */
export function EmbedChoices({ bundle, choice, onChoice }: EmbedChoicesProps) {
  return (
    <div className="space-y-3">
      <Field label="View" help={<HelpLink to="embedding/" about="embeds" />}>
        {(id) => (
          <select
            id={id}
            value={choice.view}
            className={`${INPUT} h-8 pointer-coarse:h-11`}
            onChange={({ target }) => {
              const view = VIEWS.find(({ value }) => value === target.value)?.value ?? 'policy';
              onChoice({ view, height: EMBED_HEIGHTS[view] });
            }}
          >
            {VIEWS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {choice.view === 'exercise' ? <ExerciseChoices choice={choice} onChoice={onChoice} /> : null}
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <Segmented label="Theme" value={choice.theme} options={THEMES} onValue={(theme) => onChoice({ theme })} />
        <HeightChoice key={choice.view} height={choice.height} onHeight={(height) => onChoice({ height })} />
        <RulesChoice count={bundle.rules.length} onRules={(rules) => onChoice({ rules })} />
      </div>
      <div className="space-y-1">
        <Check on={choice.editable} onChange={(editable) => onChoice({ editable })}>
          Readers may change rules and calls
        </Check>
        <Check on={choice.readable} onChange={(readable) => onChoice({ readable })}>
          In HTML, the policy as JSON that can be read, in place of a link
        </Check>
        <Check on={choice.pinned} onChange={(pinned) => onChoice({ pinned })}>
          With the script of today and its hash: updates of the playground do not change it
        </Check>
      </div>
    </div>
  );
}

function ExerciseChoices({ choice: { task, hint }, onChoice }: Pick<EmbedChoicesProps, 'choice' | 'onChoice'>) {
  return (
    <>
      <Field label="Task">
        {(id) => <TextArea id={id} rows={2} value={task} onChange={({ target }) => onChoice({ task: target.value })} />}
      </Field>
      <Field label="Hint (optional)">
        {(id) => <TextInput id={id} value={hint} onChange={({ target }) => onChoice({ hint: target.value })} />}
      </Field>
    </>
  );
}

/** Takes effect while it is a height that makes sense; what is not stays as it was typed. */
function HeightChoice({ height, onHeight }: { height: number; onHeight(height: number): void }) {
  const [refused, setRefused] = useState<string>();
  const usable = (text: string) => /^\d+$/.test(text) && Number(text) >= LEAST_HEIGHT && Number(text) <= MOST_HEIGHT;
  return (
    <Field
      label="Height in pixels"
      problem={refused === undefined ? undefined : `a number from ${String(LEAST_HEIGHT)} to ${String(MOST_HEIGHT)}`}
    >
      {(id, describedBy) => (
        <TextInput
          id={id}
          inputMode="numeric"
          value={refused ?? height}
          aria-invalid={refused !== undefined}
          aria-describedby={describedBy}
          className="max-w-28"
          onChange={({ target: { value } }) => {
            setRefused(usable(value) ? undefined : value);
            if (usable(value)) onHeight(Number(value));
          }}
        />
      )}
    </Field>
  );
}

function RulesChoice({ count, onRules }: { count: number; onRules(rules: EmbedChoice['rules']): void }) {
  const [typed, setTyped] = useState('');
  const parts = typed.split(',').filter((part) => part.trim() !== '');
  const ranges = readRuleRanges(typed);
  const wrong = ranges.length !== parts.length || ranges.some(([, last]) => last > count);
  return (
    <Field
      label="Rules to show (all, if empty)"
      problem={wrong ? `positions from 1 to ${String(count)}, such as \`2-3\`` : undefined}
    >
      {(id, describedBy) => (
        <TextInput
          id={id}
          value={typed}
          placeholder="2-3"
          aria-invalid={wrong}
          aria-describedby={describedBy}
          className="max-w-40"
          onChange={({ target: { value } }) => {
            setTyped(value);
            onRules(readRuleRanges(value));
          }}
        />
      )}
    </Field>
  );
}

function Check({ on, onChange, children }: { on: boolean; onChange(on: boolean): void; children: string }) {
  return (
    <label className="flex items-start gap-2 py-0.5 pointer-coarse:py-2">
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-1 accent-accent"
      />
      {children}
    </label>
  );
}
