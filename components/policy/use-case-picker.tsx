'use client';
import { BookMarked } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  argumentsOf,
  assumedArgument,
  candidatesFor,
  fillUseCase,
  pathOf,
  pickArgument,
  USE_CASES,
  type ToolArgument,
  type ArgumentSlot,
  type UseCaseParameter,
  type UseCase,
} from '@/lib/analysis';
import type { Rule } from '@/lib/engine';
import { useSeenValues } from '../session/use-seen-values';
import { Button } from '../ui/button';
import { ConditionText } from '../ui/condition-text';
import { Dialog } from '../ui/dialog';
import { Field, INPUT, TextInput } from '../ui/field';
import { HelpLink } from '../site/help-link';
import { UseCaseSamples } from './use-case-samples';
import { useConditionContext } from './use-condition-context';

interface UseCasePickerProps {
  rule: Pick<Rule, 'tools' | 'scope' | 'effect' | 'condition'>;
  onCondition(condition: string): void;
}

/** Opens the catalog of ready conditions, and inserts the chosen one into the rule. */
export function UseCasePicker(props: UseCasePickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="plain" className="h-7 px-1.5 text-xs" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <BookMarked size={13} aria-hidden />
        Ready conditions
      </Button>
      {open ? <Picker {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Picker({ rule, onCondition, onClose }: UseCasePickerProps & { onClose(): void }) {
  const { tools: covered } = useConditionContext(rule);
  const known = useMemo(() => argumentsOf(covered.map(({ tool }) => tool)), [covered]);
  const [text, setText] = useState('');
  const found = useMemo(() => find(text, known), [text, known]);
  const [picked, setPicked] = useState<UseCase>();
  // The first condition that fits the rule's tools is shown at once instead of an empty panel.
  const chosen = picked ?? found.find((useCase) => fits(useCase, known));
  return (
    <Dialog
      title="Ready conditions"
      help={<HelpLink to="conditions/" about="ready conditions" />}
      description="Choose a condition for the rule; its arguments are those of the tools that the rule covers."
      size="lg"
      onClose={onClose}
    >
      <div className="grid gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="min-w-0">
          <Field label="Search">
            {(id) => <TextInput id={id} type="search" value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          <ul className="mt-2 max-h-[30dvh] overflow-auto md:max-h-[50dvh]" aria-label="Conditions" tabIndex={0}>
            {found.map((useCase) => (
              <li key={useCase.id}>
                <button
                  type="button"
                  aria-pressed={chosen === useCase}
                  onClick={() => setPicked(useCase)}
                  className="w-full rounded-md px-2 py-1.5 text-left text-sm hover:bg-sunken aria-pressed:bg-accent-soft pointer-coarse:min-h-11"
                >
                  <span className="font-medium">{useCase.title}</span>{' '}
                  {fits(useCase, known) ? <span className="ml-1 text-xs text-ink-2">fits these tools</span> : null}
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 ? <p className="px-2 py-4 text-sm text-ink-2">No condition of that kind.</p> : null}
        </div>
        {chosen === undefined ? (
          <p className="self-start rounded-md bg-canvas px-3 py-6 text-center text-sm text-ink-2">
            Choose one to see when to use it, and to fill it in.
          </p>
        ) : (
          <Fill
            key={chosen.id}
            useCase={chosen}
            known={known}
            rule={rule}
            onUse={(condition) => {
              onCondition(condition);
              onClose();
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

interface FillProps {
  useCase: UseCase;
  known: readonly ToolArgument[];
  rule: UseCasePickerProps['rule'];
  onUse(condition: string): void;
}

function Fill({ useCase, known, rule, onUse }: FillProps) {
  const [own, setOwn] = useState<Readonly<Record<string, ToolArgument>>>({});
  const [values, setValues] = useState<Readonly<Record<string, UseCaseParameter['example']>>>({});
  const [guarded, setGuarded] = useState(true);
  const negated = rule.effect === 'deny';
  const guessed = Object.fromEntries(
    useCase.arguments.map((slot) => [slot.key, pickArgument(slot, known) ?? assumedArgument(slot)]),
  );
  const filled = { arguments: { ...guessed, ...own }, values, guarded, negated };
  const condition = fillUseCase(useCase, filled);
  const before = rule.condition?.trim() ?? '';
  const [slot, ...others] = useCase.arguments;
  const about = slot === undefined || others.length > 0 ? undefined : (own[slot.key] ?? guessed[slot.key]);
  const seen = useSeenValues(about?.path);
  return (
    <section aria-label={useCase.title} className="min-w-0 space-y-3">
      <p className="text-sm">{useCase.when}</p>
      {useCase.arguments.map((slot) => (
        <ArgumentField
          key={slot.key}
          slot={slot}
          known={known}
          value={own[slot.key] ?? guessed[slot.key]}
          onValue={(argument) => setOwn({ ...own, [slot.key]: argument })}
        />
      ))}
      {useCase.parameters.map((parameter) => (
        <ParameterField
          key={parameter.key}
          parameter={parameter}
          seen={parameter.kind === 'texts' ? seen.map(({ value }) => value) : []}
          onValue={(value) => setValues({ ...values, [parameter.key]: value })}
        />
      ))}
      {useCase.arguments.length + useCase.facts.length === 0 ? null : (
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-1 accent-accent"
            checked={guarded}
            onChange={(event) => setGuarded(event.target.checked)}
          />
          <span>
            Test first whether it is present
            <span className="block text-xs text-ink-2">
              Without this, the condition fails on a call that lacks it, and the rule is skipped.
            </span>
          </span>
        </label>
      )}
      {negated ? (
        <p className="text-xs text-ink-2">
          The rule denies, so the condition is negated: it matches the calls to stop.
        </p>
      ) : null}
      <div data-testid="ready-condition" className="rounded-md bg-sunken px-2 py-1.5 text-xs break-words">
        <ConditionText source={condition} />
      </div>
      <UseCaseSamples useCase={useCase} filled={filled} effect={rule.effect} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => onUse(condition)}>
          {before === '' ? 'Use this condition' : 'Replace the condition'}
        </Button>
        {before === '' ? null : (
          <Button onClick={() => onUse(`(${before}) && (${condition})`)}>Add it to the condition</Button>
        )}
      </div>
    </section>
  );
}

function ArgumentField({
  slot,
  known,
  value,
  onValue,
}: {
  slot: ArgumentSlot;
  known: readonly ToolArgument[];
  value: ToolArgument | undefined;
  onValue(argument: ToolArgument): void;
}) {
  const offered = candidatesFor(slot, known);
  const all = value === undefined || offered.some((one) => same(one, value)) ? offered : [value, ...offered];
  return (
    <Field
      label={slot.label}
      hint={offered.length === 0 ? 'No known tool has such an argument: this name is a guess' : undefined}
    >
      {(id, described) => (
        <select
          id={id}
          aria-describedby={described}
          className={`${INPUT} h-8 pointer-coarse:h-11`}
          value={JSON.stringify(value?.path)}
          onChange={(event) => {
            const next = all.find(({ path }) => JSON.stringify(path) === event.target.value);
            if (next !== undefined) onValue(next);
          }}
        >
          {all.map((argument) => (
            <option key={JSON.stringify(argument.path)} value={JSON.stringify(argument.path)}>
              {pathOf(argument.path)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function ParameterField({
  parameter,
  seen,
  onValue,
}: {
  parameter: UseCaseParameter;
  /** Values that calls of the open trace give: each is offered after what is typed. */
  seen: readonly string[];
  onValue(value: UseCaseParameter['example']): void;
}) {
  const { kind, label, example } = parameter;
  const [text, setText] = useState(Array.isArray(example) ? example.join(', ') : String(example));
  const isNumber = kind === 'number' || kind === 'count';
  return (
    <Field label={label} hint={kind === 'texts' ? 'Several, with commas between them' : undefined}>
      {(id, described) => (
        <>
          <TextInput
            id={id}
            aria-describedby={described}
            inputMode={isNumber ? 'decimal' : 'text'}
            {...(seen.length === 0 ? {} : { list: `${id}-seen` })}
            value={text}
            onChange={(event) => {
              const { value } = event.target;
              setText(value);
              onValue(kind === 'texts' ? listOf(value) : value);
            }}
          />
          <datalist id={`${id}-seen`}>
            {seen.map((value) => (
              <option
                key={value}
                value={`${text.slice(0, text.lastIndexOf(',') + 1)}${text.includes(',') ? ' ' : ''}${value}`}
              />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

const same = (a: ToolArgument, b: ToolArgument): boolean => JSON.stringify(a.path) === JSON.stringify(b.path);
const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Whether every argument that it needs was found by name. */
const fits = ({ arguments: slots }: UseCase, known: readonly ToolArgument[]): boolean =>
  slots.length > 0 && slots.every((slot) => pickArgument(slot, known) !== undefined);

/** The conditions that contain every word; those that fit the rule's tools come first. */
function find(text: string, known: readonly ToolArgument[]): readonly UseCase[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return USE_CASES.filter((useCase) => {
    const about = [useCase.title, useCase.when, ...useCase.arguments.flatMap(({ label, names }) => [label, ...names])];
    return words.every((word) => about.join(' ').toLowerCase().includes(word));
  }).sort((a, b) => Number(fits(b, known)) - Number(fits(a, known)));
}
