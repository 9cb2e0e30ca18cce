'use client';
import { useMemo, useState } from 'react';
import { fillRule, ruleId, type Rule } from '@/lib/engine';
import { readRuleSentence, type KnownNames, type SentenceRead } from '@/lib/intake';
import { useKnown, type KnownWorld } from '../session/use-catalog';
import { Button } from '../ui/button';
import { ConditionText } from '../ui/condition-text';
import { EffectBadge } from '../ui/effect-mark';
import { Field, TextInput } from '../ui/field';
import { Marked } from '../ui/worded';
import { RuleSentence } from './rule-sentence';
import { suggestionsFor } from './suggestions';

/** A new rule from a sentence: a preview where it is certain, the reason where it is not. */
export function RuleInWords({ onRule }: { onRule(rule: Partial<Rule>): void }) {
  const world = useKnown();
  const known = useMemo(() => namesOf(world), [world]);
  const [text, setText] = useState('');
  const read = useMemo(() => (text.trim() === '' ? undefined : readRuleSentence(text, known)), [text, known]);
  return (
    <div className="space-y-2 rounded-md bg-sunken p-3">
      <Field label="Say it in a sentence" hint="For example: deny delete_* on github for cursor">
        {(id, described) => (
          <TextInput
            id={id}
            aria-describedby={described}
            value={text}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
              // The form around it would save a rule in which nothing is entered.
              event.preventDefault();
              if (read?.kind === 'rule') onRule(read.rule);
            }}
          />
        )}
      </Field>
      <div role="status" className="text-sm empty:hidden" data-testid="rule-in-words">
        {read === undefined ? null : <ReadWords read={read} />}
      </div>
      {read?.kind === 'rule' ? <Button onClick={() => onRule(read.rule)}>Use this rule</Button> : null}
    </div>
  );
}

function ReadWords({ read }: { read: SentenceRead }) {
  if (read.kind === 'refused') return <Marked text={`Not certain: ${read.reason}.`} />;
  const { rule, unknown } = read;
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-1.5">
        <EffectBadge effect={rule.effect} />
        <RuleSentence rule={fillRule({ ...rule, id: PREVIEWED, name: '' })} />
        {rule.condition === null ? null : (
          <span className="text-xs break-words">
            when <ConditionText source={rule.condition} />
          </span>
        )}
      </span>
      {unknown.length === 0 ? null : (
        <span className="mt-1 block text-xs text-ink-2">
          <Marked text={`Not in the catalog or the trace: ${unknown.map((name) => `\`${name}\``).join(', ')}.`} />
        </span>
      )}
    </>
  );
}

const PREVIEWED = ruleId('previewed');

/** All names that suggestions know. */
function namesOf(world: KnownWorld): KnownNames {
  const names = (topic: keyof KnownNames): readonly string[] => suggestionsFor(topic, world).map(({ value }) => value);
  return {
    agents: names('agents'),
    instances: names('instances'),
    users: names('users'),
    groups: names('groups'),
    resources: names('resources'),
    tools: names('tools'),
  };
}
