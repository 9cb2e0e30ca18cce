'use client';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { EFFECTS, STATUSES, type Effect, type Rule, type Status } from '@/lib/engine';
import { ConditionText } from '../ui/condition-text';
import { EFFECT_MARKS } from '../ui/effect-mark';
import { Marked } from '../ui/worded';
import { ChoicePill } from './choice-pill';
import { Pill } from './pill';
import { SLOT_LABELS, slotsOf, type SentenceTopic } from './sentence';
import { ToolCoverage } from './tool-coverage';
import { ValuesPill } from './values-pill';

interface SentenceEditorProps {
  rule: Rule;
  /** Problems of the scope and the tools, in sentences. */
  problems: readonly string[];
  /** Whether the user tried to save the rule without tools. */
  toolsMissed: boolean;
  onChange(part: Partial<Rule>): void;
  onEffect(effect: Effect): void;
  /** Focuses the condition, and creates it where there is none. */
  onCondition(): void;
  onCatalog(): void;
}

const EFFECT_DETAILS = {
  allow: 'Calls that match are permitted.',
  deny: 'Calls that match are blocked.',
  gated: 'Calls that match are permitted only while a condition holds.',
} satisfies Record<Effect, string>;

const STATUS_CHOICES = {
  draft: { word: 'Draft', detail: 'Saved, and never enforced.' },
  active: { word: 'Active', detail: 'Enforced.' },
  disabled: { word: 'Disabled', detail: 'Switched off, and kept.' },
} satisfies Record<Status, { word: string; detail: string }>;

const CONDITION_SHOWN = 90;

/** The rule as a sentence, each slot of it a pill that edits it. */
export function SentenceEditor(props: SentenceEditorProps) {
  const { rule, problems, toolsMissed, onChange, onEffect, onCondition, onCatalog } = props;
  const [said, setSaid] = useState('');

  // The callbacks stay the same functions, so that the pills do not render with every key typed in the condition.
  const latest = useRef({ rule, onChange });
  useEffect(() => {
    latest.current = { rule, onChange };
  });
  const set = useCallback((place: SentenceTopic, next: readonly string[]) => {
    const { rule: now, onChange: change } = latest.current;
    const gone = (place === 'tools' ? now.tools : now.scope[place]).filter((value) => !next.includes(value));
    setSaid(gone.length === 0 ? '' : `${gone.join(', ')} removed from ${SLOT_LABELS[place].toLowerCase()}`);
    change(place === 'tools' ? { tools: next } : { scope: { ...now.scope, [place]: next } });
  }, []);

  return (
    <section aria-label="The rule as a sentence" className="rounded-lg border border-line bg-canvas">
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-2 px-3 py-3">
        <EffectPill effect={rule.effect} onEffect={onEffect} onCondition={onCondition} />
        {slotsOf(rule).map((slot) => (
          <Slot key={slot.place} before={slot.before}>
            <ValuesPill
              place={slot.place}
              label={SLOT_LABELS[slot.place]}
              any={slot.place === 'tools' && rule.tools.length === 0 ? 'which tools?' : slot.any}
              values={slot.place === 'tools' ? rule.tools : slot.values}
              resources={slot.place === 'tools' ? rule.scope.resources : NONE}
              missing={slot.place === 'tools' && rule.tools.length === 0}
              onValues={set}
              onCatalog={onCatalog}
            />
          </Slot>
        ))}
        <Slot before="if">
          <ConditionPill rule={rule} onClick={onCondition} />
        </Slot>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-3 py-2">
        <ToolCoverage tools={rule.tools} resources={rule.scope.resources} />
        <span className="flex items-center gap-1.5 text-xs text-ink-2">
          Status
          <ChoicePill
            label="Status"
            help={{ to: 'rules/#status', about: 'the status of a rule' }}
            value={rule.status}
            choices={STATUSES.map((value) => ({ value, ...STATUS_CHOICES[value] }))}
            onValue={(status) => onChange({ status })}
          />
        </span>
      </div>
      <SentenceProblems problems={problems} toolsMissed={toolsMissed} hasTools={rule.tools.length > 0} />
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}

interface EffectPillProps {
  effect: Effect;
  onEffect(effect: Effect): void;
  onCondition(): void;
}

/** A gate needs a condition: once it is chosen, the focus moves there. */
function EffectPill({ effect, onEffect, onCondition }: EffectPillProps) {
  const [asks, setAsks] = useState(false);
  return (
    <ChoicePill
      label="Effect"
      help={{ to: 'effects/', about: 'effects' }}
      value={effect}
      choices={EFFECTS.map((value) => ({
        value,
        word: EFFECT_MARKS[value].word,
        detail: EFFECT_DETAILS[value],
        icon: EFFECT_MARKS[value].icon,
        className: `${EFFECT_MARKS[value].text} ${EFFECT_MARKS[value].soft}`,
      }))}
      onValue={(next) => {
        setAsks(next === 'gated');
        onEffect(next);
      }}
      onClosed={() => {
        if (asks) onCondition();
        setAsks(false);
        return asks;
      }}
    />
  );
}

interface SentenceProblemsProps extends Pick<SentenceEditorProps, 'problems' | 'toolsMissed'> {
  hasTools: boolean;
}

function SentenceProblems({ problems, toolsMissed, hasTools }: SentenceProblemsProps) {
  if (problems.length === 0 && !toolsMissed) return null;
  return (
    <ul role="alert" className="border-t border-line px-3 py-2 text-xs text-deny">
      {toolsMissed && !hasTools ? <li>Say which tools: a name, a pattern such as send_*, or *</li> : null}
      {problems.map((problem) => (
        <li key={problem}>
          <Marked text={problem} />
        </li>
      ))}
    </ul>
  );
}

const NONE: readonly string[] = [];

/** A word and its pill stay on one line. */
function Slot({ before, children }: { before: string; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 text-sm text-ink-2">
      {before === '' ? null : <span className="shrink-0">{before}</span>}
      {children}
    </span>
  );
}

function ConditionPill({ rule, onClick }: { rule: Rule; onClick(): void }) {
  const source = rule.condition?.replace(/\s+/g, ' ').trim() ?? '';
  if (source === '') {
    const wanted = rule.effect === 'gated' || rule.condition !== null;
    const says = wanted ? 'which condition?' : 'no condition';
    return (
      <Pill look={wanted ? 'missing' : 'open'} label="Condition" says={says} onClick={onClick}>
        {says}
      </Pill>
    );
  }
  const shown = source.length > CONDITION_SHOWN ? `${source.slice(0, CONDITION_SHOWN)}…` : source;
  return (
    <Pill look="chosen" label="Condition" says={shown} onClick={onClick} className="text-xs">
      <ConditionText source={shown} />
    </Pill>
  );
}
