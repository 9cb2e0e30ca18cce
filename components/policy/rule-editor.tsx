'use client';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { EFFECTS, FACETS, STATUSES, validateRule, type Effect, type Facet, type Rule, type Status } from '@/lib/engine';
import type { Draft } from '@/lib/workspace';
import { Button, IconButton } from '../ui/button';
import { EFFECT_MARKS } from '../ui/effect-mark';
import { Field, TextArea, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { TokenInput } from '../ui/token-input';
import { useReplay, useSession } from '../workbench/session';
import { ConditionField } from './condition-field';
import { RuleSentence } from './rule-sentence';
import { suggestionsFor } from './suggestions';

const FACET_FIELDS = {
  agents: { label: 'Agents', any: 'any agent', hint: 'By slug, or tag:NAME' },
  instances: { label: 'Instances', any: 'any instance', hint: 'By id, or tag:NAME: one connected client of one user' },
  users: { label: 'Users', any: 'any user', hint: 'By id or e-mail' },
  groups: { label: 'Groups', any: 'any group', hint: undefined },
  resources: { label: 'Resources', any: 'any resource', hint: 'MCP servers by slug, or tag:NAME' },
} satisfies Record<Facet, { label: string; any: string; hint: string | undefined }>;

const STATUS_WORDS = { draft: 'Draft', active: 'Active', disabled: 'Disabled' } satisfies Record<Status, string>;

const EFFECT_HINTS = {
  allow: 'Calls that match are permitted.',
  deny: 'Calls that match are blocked.',
  gated: 'Calls that match are permitted only while the condition holds.',
} satisfies Record<Effect, string>;

/**
 * Edits a draft of one rule. The draft is kept as it is typed, and the trace beside it shows what the policy would decide with it; only
 * Save changes the policy, as one step that can be undone.
 */
export function RuleEditor({ draft }: { draft: Draft }) {
  const { workspace } = useSession();
  const { open } = useReplay();
  const { rule } = draft;
  const [refusal, setRefusal] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useId();
  const problems = useMemo(() => validateRule(rule), [rule]);
  const problemAt = (pointer: string) =>
    problems.find((p) => p.pointer === pointer || p.pointer.startsWith(`${pointer}/`))?.message;
  const change = (part: Partial<Rule>) => workspace.changeDraft({ ...rule, ...part });
  const isNew = draft.index !== null;

  useEffect(() => heading.current?.focus(), []);

  function save() {
    const applied = workspace.saveDraft();
    if (applied.kind === 'refused') setRefusal(applied.problems.map((p) => p.message).join('; '));
    else if (applied.kind === 'unchanged') workspace.closeDraft('discard');
  }

  return (
    <section
      aria-label="Rule editor"
      className="flex h-full min-h-0 flex-col bg-paper"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) setLeaving(true);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    >
      <header className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line pr-3 pl-1.5">
        <IconButton label="Back to the rules" onClick={() => setLeaving(true)}>
          <ArrowLeft size={16} aria-hidden />
        </IconButton>
        <h2 ref={heading} tabIndex={-1} className="text-sm font-semibold outline-none">
          {isNew ? 'New rule' : 'Edit rule'}
        </h2>
        <span className="ml-auto rounded bg-accent-soft px-1.5 text-xs font-medium text-accent">
          unsaved, previewed in the trace
        </span>
      </header>
      {leaving ? (
        <div
          role="alertdialog"
          aria-label="Leave the editor?"
          className="flex flex-wrap items-center gap-2 border-b border-line bg-sunken px-3 py-2 text-sm"
        >
          <span className="mr-auto">Leave this edit?</span>
          <Button autoFocus onClick={() => setLeaving(false)}>
            Go on editing
          </Button>
          <Button onClick={() => workspace.closeDraft('keep')}>Keep for later</Button>
          <Button look="danger" onClick={() => workspace.closeDraft('discard')}>
            Discard
          </Button>
        </div>
      ) : null}
      <form
        id={form}
        className="min-h-0 flex-1 space-y-4 overflow-auto px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="rounded-md bg-canvas px-3 py-2 leading-6">
          <strong className={`mr-1.5 font-semibold ${EFFECT_MARKS[rule.effect].text}`}>
            {EFFECT_MARKS[rule.effect].word}
          </strong>
          <RuleSentence rule={rule} />
        </p>
        <Field label="Name" problem={problemAt('/name')}>
          {(id, described) => (
            <TextInput
              id={id}
              aria-describedby={described}
              value={rule.name}
              onChange={(e) => change({ name: e.target.value })}
              placeholder="What the rule does"
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-x-6 gap-y-3">
          <Segmented
            label="Effect"
            hint={EFFECT_HINTS[rule.effect]}
            value={rule.effect}
            options={EFFECTS.map((value) => ({
              value,
              label: EFFECT_MARKS[value].word,
              icon: EFFECT_MARKS[value].icon,
              className: EFFECT_MARKS[value].text,
            }))}
            onValue={(effect) => change({ effect })}
          />
          <Segmented
            label="Status"
            hint={rule.status === 'active' ? 'Enforced.' : 'Kept, but not enforced.'}
            value={rule.status}
            options={STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
            onValue={(status) => change({ status })}
          />
        </div>
        <TokenInput
          label="Tools"
          any="no tool"
          hint="Names on their own server; * stands for any run of characters: send_*"
          values={rule.tools}
          suggestions={suggestionsFor('tools', open)}
          problem={problemAt('/tools')}
          onValues={(tools) => change({ tools })}
        />
        <fieldset className="grid gap-3 sm:grid-cols-2">
          <legend className="mb-1 text-xs font-medium text-ink-2">Scope: leave a part empty to cover everything</legend>
          {FACETS.map((facet) => (
            <TokenInput
              key={facet}
              label={FACET_FIELDS[facet].label}
              any={FACET_FIELDS[facet].any}
              hint={FACET_FIELDS[facet].hint}
              values={rule.scope[facet]}
              suggestions={suggestionsFor(facet, open)}
              problem={problemAt(`/scope/${facet}`)}
              onValues={(values) => change({ scope: { ...rule.scope, [facet]: values } })}
            />
          ))}
        </fieldset>
        <ConditionField
          value={rule.condition}
          required={rule.effect === 'gated' && rule.status === 'active'}
          problem={problemAt('/condition')}
          onValue={(condition) => change({ condition })}
        />
        <Field label="Description">
          {(id) => (
            <TextArea
              id={id}
              rows={2}
              value={rule.description}
              onChange={(e) => change({ description: e.target.value })}
            />
          )}
        </Field>
      </form>
      <footer className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        {refusal === undefined ? null : (
          <p role="alert" className="mr-auto text-sm text-deny">
            Not saved: {refusal}
          </p>
        )}
        <span className="ml-auto flex gap-2">
          <Button onClick={() => workspace.closeDraft('discard')}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            {isNew ? 'Create rule' : 'Save rule'}
          </Button>
        </span>
      </footer>
    </section>
  );
}
