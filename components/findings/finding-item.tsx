'use client';
import { clsx } from 'clsx';
import { useState } from 'react';
import { dismissalOf, isDismissible } from '@/lib/bundle';
import type { RuleId } from '@/lib/engine';
import type { PolicyFinding } from '@/lib/findings';
import { Button } from '../ui/button';
import { TextInput, Field } from '../ui/field';
import type { RowPlace } from '../ui/row-place';
import { Marked } from '../ui/worded';
import { findingSentence, SEVERITY_MARKS } from '../policy/finding-words';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { siteAddress } from '../site/site-address';
import { FixPreview } from './fix-preview';
import { WitnessCall } from './witness-call';

/** What of a finding is open below it. */
export type OpenedPart = 'witness' | 'fix' | 'dismiss';

interface FindingItemProps {
  finding: PolicyFinding;
  opened: OpenedPart | undefined;
  onOpen(part: OpenedPart | undefined): void;
  onRule(id: RuleId): void;
  openDialog(dialog: WorkbenchDialog): void;
  place: RowPlace | undefined;
}

/** One finding: what it says, and below it the part that is open. */
export function FindingItem({ finding, opened, onOpen, onRule, openDialog, place }: FindingItemProps) {
  const { rules, from } = useShownPolicy();
  const { severity, certainty, code, ruleId, help, relatedRuleIds, witness, fix } = finding;
  const { word, icon: Icon, text } = SEVERITY_MARKS[severity];
  const opener = (part: OpenedPart, label: string) => (
    <Button
      className="h-7 px-2 text-xs"
      aria-expanded={opened === part}
      onClick={() => onOpen(opened === part ? undefined : part)}
    >
      {label}
    </Button>
  );
  return (
    <li {...place} data-testid="finding" data-code={code} className="rounded-lg border border-line bg-canvas px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs">
        <span className={clsx('inline-flex items-center gap-1 font-medium', text)}>
          <Icon size={13} strokeWidth={2.25} aria-hidden />
          {word}
        </span>
        <span className="rounded border border-line-strong/60 px-1 text-ink-2">{certainty}</span>
        <a
          href={siteAddress(`docs/findings/#${code}`)}
          target="_blank"
          rel="noreferrer"
          className="font-mono text-ink-2 underline underline-offset-2 hover:text-ink"
        >
          {code}
        </a>
        {ruleId === undefined ? null : <RuleButton id={ruleId} onRule={onRule} />}
      </p>
      <p className="mt-1 text-sm break-words">
        <Marked text={findingSentence(finding)} />
      </p>
      {help === undefined ? null : (
        <p className="mt-0.5 text-xs break-words text-ink-2">
          <Marked text={help} />
        </p>
      )}
      {relatedRuleIds.length === 0 ? null : (
        <p className="mt-0.5 flex flex-wrap gap-x-2 text-xs text-ink-2">
          See also
          {relatedRuleIds.slice(0, 5).map((id) => (
            <RuleButton key={id} id={id} onRule={onRule} />
          ))}
        </p>
      )}
      <p className="mt-1.5 flex flex-wrap gap-1.5">
        {witness === undefined ? null : opener('witness', 'Show the witness')}
        {fix === undefined || from === 'preview' ? null : opener('fix', `${fix.title.replaceAll('`', '')}…`)}
        {from === 'preview' || !isDismissible(finding) ? null : opener('dismiss', 'Dismiss…')}
      </p>
      {opened === 'witness' && witness !== undefined ? <WitnessCall call={witness} openDialog={openDialog} /> : null}
      {opened === 'fix' && fix !== undefined ? <FixPreview fix={fix} onDone={() => onOpen(undefined)} /> : null}
      {opened === 'dismiss' && isDismissible(finding) ? (
        <DismissForm finding={finding} rules={rules} onDone={() => onOpen(undefined)} />
      ) : null}
    </li>
  );
}

function RuleButton({ id, onRule }: { id: RuleId; onRule(id: RuleId): void }) {
  const { rules } = useShownPolicy();
  const index = rules.findIndex((rule) => rule.id === id);
  const name = rules[index]?.name ?? id;
  return (
    <button
      type="button"
      onClick={() => onRule(id)}
      className="min-w-0 rounded text-left font-medium break-words text-ink hover:underline pointer-coarse:min-h-9"
    >
      {index + 1}. {name === '' ? 'a rule without a name' : name}
    </button>
  );
}

interface DismissFormProps {
  finding: Parameters<typeof dismissalOf>[1];
  rules: Parameters<typeof dismissalOf>[0];
  onDone(): void;
}

function DismissForm({ finding, rules, onDone }: DismissFormProps) {
  const { workspace } = useSession();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <form
      className="mt-2 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (given === '') return;
        workspace.dispatch({ kind: 'dismiss-finding', dismissal: dismissalOf(rules, finding, given) });
        onDone();
      }}
    >
      <div className="min-w-48 flex-1">
        <Field label="Why this is as it should be; kept with the policy">
          {(id, described) => (
            <TextInput
              id={id}
              aria-describedby={described}
              autoFocus
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" disabled={given === ''}>
        Dismiss
      </Button>
    </form>
  );
}
