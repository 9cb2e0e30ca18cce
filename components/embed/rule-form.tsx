'use client';
import { clsx } from 'clsx';
import { useId, useMemo, useState } from 'react';
import { EFFECTS, validateRule, type Catalog, type Effect, type Rule } from '@/lib/engine';
import type { ConditionContext } from '@/lib/editor';
import { Pill } from '../policy/pill';
import { selectorWords, SLOT_LABELS, slotsOf, type SentenceSlot, type SentenceTopic } from '../policy/sentence';
import { Button } from '../ui/button';
import { EFFECT_MARKS } from '../ui/effect-mark';
import { Marked } from '../ui/worded';
import { TokenInput } from '../ui/token-input';
import { ConditionInput } from './condition-input';
import { namesFor } from './slot-suggestions';

interface RuleFormProps {
  rule: Rule;
  catalog: Partial<Catalog> | undefined;
  context: ConditionContext;
  onRule(rule: Rule): void;
}

const SHOWN_ALWAYS: readonly SentenceTopic[] = ['agents', 'tools', 'resources'];

/** A rule as a sentence to edit: its effect, what it covers, and its condition. A slot opens below the sentence. */
export function RuleForm({ rule, catalog, context, onRule }: RuleFormProps) {
  const [open, setOpen] = useState<SentenceTopic>();
  const [all, setAll] = useState(false);
  const panel = useId();
  const slots = slotsOf(rule).filter(
    ({ place, values }) => all || values.length > 0 || place === open || SHOWN_ALWAYS.includes(place),
  );
  const problems = useMemo(() => problemsOf(rule), [rule]);
  return (
    <div className="space-y-2">
      <div role="group" aria-label="The rule as a sentence" className="flex flex-wrap items-center gap-x-1.5 gap-y-2">
        <EffectChoice effect={rule.effect} onEffect={(effect) => onRule(withEffect(rule, effect))} />
        {slots.map((slot) => (
          <SlotPill
            key={slot.place}
            slot={slot}
            open={open === slot.place}
            panel={panel}
            onClick={() => setOpen(open === slot.place ? undefined : slot.place)}
          />
        ))}
        {all || slots.length === LABEL_COUNT ? null : (
          <Button look="plain" className="h-7 px-1.5 text-xs" onClick={() => setAll(true)}>
            More…
          </Button>
        )}
      </div>
      <div id={panel} hidden={open === undefined}>
        {open === undefined ? null : (
          <SlotInput key={open} rule={rule} place={open} catalog={catalog} onRule={onRule} />
        )}
      </div>
      {problems.length === 0 ? null : (
        <ul role="alert" className="text-xs text-deny">
          {problems.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              <Marked text={message} />
            </li>
          ))}
        </ul>
      )}
      <RuleCondition rule={rule} context={context} onRule={onRule} />
    </div>
  );
}

/** A gate without a condition is not valid: it begins with one that holds for every call. */
const withEffect = (rule: Rule, effect: Effect): Rule => ({
  ...rule,
  effect,
  condition: effect === 'gated' ? (rule.condition ?? 'true') : rule.condition,
});

/** The condition's field says what is wrong with its text; only that there is none, it does not. */
const problemsOf = (rule: Rule) =>
  validateRule(rule).filter(({ pointer }) => !pointer.startsWith('/condition') || (rule.condition ?? '') === '');

const LABEL_COUNT = Object.keys(SLOT_LABELS).length;

function EffectChoice({ effect, onEffect }: { effect: Effect; onEffect(effect: Effect): void }) {
  const { text, soft } = EFFECT_MARKS[effect];
  return (
    <select
      aria-label="Effect"
      value={effect}
      onChange={(event) => {
        const chosen = EFFECTS.find((one) => one === event.target.value);
        if (chosen !== undefined) onEffect(chosen);
      }}
      className={clsx('h-7 rounded-md px-1 text-sm font-semibold pointer-coarse:h-11', text, soft)}
    >
      {EFFECTS.map((one) => (
        <option key={one} value={one} className="bg-paper text-ink">
          {EFFECT_MARKS[one].word}
        </option>
      ))}
    </select>
  );
}

interface SlotPillProps {
  slot: SentenceSlot;
  open: boolean;
  panel: string;
  onClick(): void;
}

function SlotPill({ slot: { place, before, values, any }, open, panel, onClick }: SlotPillProps) {
  const says = values.length === 0 ? any : values.map((value) => selectorWords(place, value)).join(' or ');
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 text-sm text-ink-2">
      {before === '' ? null : <span className="shrink-0">{before}</span>}
      <Pill
        look={values.length === 0 ? 'open' : 'chosen'}
        label={SLOT_LABELS[place]}
        says={says}
        aria-expanded={open}
        aria-controls={panel}
        data-state={open ? 'open' : 'closed'}
        onClick={onClick}
      >
        <span className={clsx('min-w-0 break-words', values.length > 0 && 'font-mono text-xs')}>{says}</span>
      </Pill>
    </span>
  );
}

interface SlotInputProps {
  rule: Rule;
  place: SentenceTopic;
  catalog: Partial<Catalog> | undefined;
  onRule(rule: Rule): void;
}

function SlotInput({ rule, place, catalog, onRule }: SlotInputProps) {
  const suggestions = useMemo(() => namesFor(place, catalog), [place, catalog]);
  return (
    <TokenInput
      label={SLOT_LABELS[place]}
      any={place === 'tools' ? 'a name, a pattern such as send_*, or *' : `any; a name, or tag:NAME`}
      values={place === 'tools' ? rule.tools : rule.scope[place]}
      suggestions={suggestions}
      onValues={(values) =>
        onRule(place === 'tools' ? { ...rule, tools: values } : { ...rule, scope: { ...rule.scope, [place]: values } })
      }
    />
  );
}

function RuleCondition({ rule, context, onRule }: Pick<RuleFormProps, 'rule' | 'context' | 'onRule'>) {
  if (rule.condition === null && rule.effect !== 'gated') {
    return (
      <Button className="h-7 px-2 text-xs" onClick={() => onRule({ ...rule, condition: 'true' })}>
        Add a condition
      </Button>
    );
  }
  return (
    <>
      <ConditionInput
        value={rule.condition ?? ''}
        context={context}
        onValue={(condition) => onRule({ ...rule, condition })}
      />
      {rule.effect === 'gated' || rule.condition === null ? null : (
        <Button look="plain" className="h-7 px-1.5 text-xs" onClick={() => onRule({ ...rule, condition: null })}>
          Remove the condition
        </Button>
      )}
    </>
  );
}
