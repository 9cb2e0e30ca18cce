'use client';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import {
  KEPT_FACTS,
  ruleLike,
  suggestedKeeping,
  traitsOf,
  type CallTraits,
  type KeptTraits,
  type KeptFact,
  type RulePlacement,
} from '@/lib/analysis';
import type { Call, Effect, Policy } from '@/lib/engine';
import { EFFECT_WORDS } from '@/lib/wording';
import { sentenceText } from '../policy/sentence';
import { Button } from '../ui/button';
import { ConditionText } from '../ui/condition-text';
import { Dialog } from '../ui/dialog';
import { EffectBadge } from '../ui/effect-mark';
import { useSession, useWorkspace } from '../session/session';

interface FromCallDialogProps {
  call: Call;
  effect: Effect;
  onClose(): void;
}

const TITLES = {
  allow: 'Allow calls like this',
  deny: 'Deny calls like this',
  gated: 'Gate calls like this',
} satisfies Record<Effect, string>;
const FACT_WORDS = {
  agent: 'this agent',
  instance: 'this instance',
  user: 'this user',
  resource: 'this resource',
} satisfies Record<KeptFact, string>;

/** From a call to a rule: the user chooses which facts of the call the rule keeps; the rest is written in the editor. */
export function FromCallDialog({ call, effect, onClose }: FromCallDialogProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const traits = useMemo(() => traitsOf(call), [call]);
  const [keeping, setKeeping] = useState<KeptTraits>(() => suggestedKeeping(traits, effect));
  const like = useMemo(() => ruleLike(call, effect, keeping), [call, effect, keeping]);
  const placed = usePlace(policy, like, call);
  const asks = effect === 'gated' && keeping.args.length === 0;

  return (
    <Dialog
      title={TITLES[effect]}
      description="Choose the facts that the rule requires; everything else is left open."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={placed === undefined}
            onClick={() => {
              workspace.editNewRule(like, placed?.index ?? 0);
              onClose();
            }}
          >
            Open in the editor
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <TraitChoice effect={effect} traits={traits} keeping={keeping} onKeeping={setKeeping} />
        <RulePreview rule={like} placed={placed} rules={policy.rules} asksCondition={asks} />
      </div>
    </Dialog>
  );
}

interface TraitChoiceProps {
  effect: Effect;
  traits: CallTraits;
  keeping: KeptTraits;
  onKeeping(keeping: KeptTraits): void;
}

/** Which facts, which tools and which arguments of the call the rule requires. */
function TraitChoice({ effect, traits, keeping, onKeeping }: TraitChoiceProps) {
  const tools = [
    { kept: 'this', pattern: traits.tool, words: 'this tool' },
    { kept: 'family', pattern: traits.family, words: 'tools like it' },
    { kept: 'any', pattern: '*', words: 'any tool' },
  ] as const;
  return (
    <>
      <TraitGroup title="Only for">
        {KEPT_FACTS.map((fact) =>
          traits[fact] === undefined ? null : (
            <TraitCheck
              key={fact}
              checked={keeping.facts.includes(fact)}
              onChange={() => onKeeping({ ...keeping, facts: toggled(keeping.facts, fact) })}
            >
              {FACT_WORDS[fact]}: <code className="font-mono text-xs break-all">{traits[fact]}</code>
            </TraitCheck>
          ),
        )}
      </TraitGroup>
      <TraitGroup title="Calling">
        {tools.map(({ kept, pattern, words }) =>
          pattern === undefined ? null : (
            <TraitCheck
              key={kept}
              radio
              checked={keeping.tool === kept}
              onChange={() => onKeeping({ ...keeping, tool: kept })}
            >
              {words}: <code className="font-mono text-xs break-all">{pattern}</code>
            </TraitCheck>
          ),
        )}
      </TraitGroup>
      {traits.args.length === 0 ? null : (
        <TraitGroup title={effect === 'gated' ? 'Let through only with' : 'With'}>
          {traits.args.map(({ key, value }) => (
            <TraitCheck
              key={key}
              checked={keeping.args.includes(key)}
              onChange={() => onKeeping({ ...keeping, args: toggled(keeping.args, key) })}
            >
              {key}: <code className="line-clamp-2 font-mono text-xs break-all">{JSON.stringify(value)}</code>
            </TraitCheck>
          ))}
        </TraitGroup>
      )}
    </>
  );
}

const toggled = <T,>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

interface RulePreviewProps {
  rule: ReturnType<typeof ruleLike>;
  /** Undefined while it is searched. */
  placed: RulePlacement | undefined;
  /** The rules that it is added to. */
  rules: Policy['rules'];
  /** Whether its condition is still to be written. */
  asksCondition: boolean;
}

const RulePreview = ({ rule, placed, rules, asksCondition }: RulePreviewProps) => (
  <div className="rounded-md bg-sunken px-3 py-2 text-sm">
    <p className="flex flex-wrap items-center gap-x-2">
      <EffectBadge effect={rule.effect} />
      <span className="min-w-0 break-words">{sentenceText(rule)}</span>
    </p>
    {rule.condition === null || rule.condition === '' ? null : (
      <p className="mt-1 text-xs break-words">
        if <ConditionText source={rule.condition} />
      </p>
    )}
    <p className="mt-1 text-ink-2" role="status" data-testid="placed">
      {placed === undefined
        ? 'Looking for its place…'
        : asksCondition
          ? 'The editor asks for its condition.'
          : placeWords(placed, rules.length, rules[placed.index]?.name)}
    </p>
  </div>
);

function placeWords({ index, takesEffect, effect }: RulePlacement, rules: number, below: string | undefined): string {
  if (!takesEffect) return 'With this choice the rule does not decide the call; add the rest in the editor.';
  const where =
    index >= rules ? 'below all rules' : `above ${below === undefined || below === '' ? 'the next rule' : below}`;
  return `As rule ${index + 1}, ${where}, it decides this call: ${EFFECT_WORDS[effect]}.`;
}

const TraitGroup = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset>
    <legend className="mb-1 text-xs font-medium text-ink-2">{title}</legend>
    {children}
  </fieldset>
);

interface TraitCheckProps {
  radio?: boolean;
  checked: boolean;
  onChange(): void;
  children: ReactNode;
}

const TraitCheck = ({ radio = false, checked, onChange, children }: TraitCheckProps) => (
  <label className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-11">
    <input
      type={radio ? 'radio' : 'checkbox'}
      className="shrink-0 accent-accent"
      checked={checked}
      onChange={onChange}
    />
    <span className="min-w-0">{children}</span>
  </label>
);

/** The position of the rule; undefined while it is searched. INVARIANT: never the answer for another rule. */
function usePlace(policy: Policy, like: ReturnType<typeof ruleLike>, call: Call): RulePlacement | undefined {
  const { replay } = useSession();
  const [answer, setAnswer] = useState<{
    readonly like: unknown;
    readonly policy: unknown;
    readonly placed: RulePlacement;
  }>();
  useEffect(() => {
    let gone = false;
    const { rules, settings } = policy;
    replay.ask('place', { policy: { rules, settings }, like, call }).then(
      (placed) => {
        if (!gone) setAnswer({ like, policy, placed });
      },
      () => {
        // The worker failed: the workbench reports it, and a new rule goes to the top.
        if (!gone) setAnswer({ like, policy, placed: { index: 0, takesEffect: false, effect: 'conditional' } });
      },
    );
    return () => {
      gone = true;
    };
  }, [replay, policy, like, call]);
  return answer !== undefined && answer.like === like && answer.policy === policy ? answer.placed : undefined;
}
