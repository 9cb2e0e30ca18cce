'use client';
import { clsx } from 'clsx';
import { CircleCheck, CircleDashed, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Json } from '@/lib/engine';
import type { PolicyFinding } from '@/lib/findings';
import { Button } from '../ui/button';
import { Marked } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFindings, type PolicyFindings } from '../session/findings';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';
import { InvariantForm } from './invariant-form';
import { WitnessCall } from './witness-call';

/** What the policy's author states of all calls: whether it is proven, and the way to state more. */
export function InvariantsPart({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const all = useFindings();
  const { from } = useShownPolicy();
  const { invariants } = all;
  const states = invariants.map((_, index) => stateOf(all, index));
  return (
    <details data-testid="invariants" className="rounded-lg border border-line px-3 py-2">
      <summary className="cursor-pointer text-sm font-medium pointer-coarse:min-h-9">
        Invariants<span className="font-normal text-ink-2">: {summaryOf(states)}</span>
      </summary>
      <p className="mt-2 text-xs text-ink-2">
        What must be true of every call, whoever edits the rules. Each edit is checked; what does not hold is a finding.{' '}
        <HelpLink to="invariants/" about="invariants" />
      </p>
      {invariants.length === 0 ? null : (
        <ul className="mt-2 space-y-1.5" aria-label="Invariants">
          {invariants.map((invariant, index) => (
            <InvariantItem
              key={`${String(index)} ${JSON.stringify(invariant)}`}
              invariant={invariant}
              state={states[index] ?? STATES.pending}
              finding={findingOf(all, index)}
              openDialog={openDialog}
            />
          ))}
        </ul>
      )}
      {from === 'preview' ? null : <InvariantForm />}
    </details>
  );
}

interface InvariantState {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly text: string;
}

/** Word, icon and colour always together. */
const STATES = {
  proven: { word: 'proven', icon: CircleCheck, text: 'text-allow' },
  refuted: { word: 'does not hold', icon: CircleX, text: 'text-deny' },
  unread: { word: 'not understood', icon: CircleX, text: 'text-deny' },
  unknown: { word: 'not known', icon: TriangleAlert, text: 'text-gated' },
  pending: { word: 'being checked', icon: CircleDashed, text: 'text-ink-2' },
} as const satisfies Record<string, InvariantState>;

const findingOf = ({ findings }: PolicyFindings, index: number): PolicyFinding | undefined =>
  findings.find(({ code, pointer }) => code === 'invariant' && pointer === `/invariants/${String(index)}`);

function stateOf(all: PolicyFindings, index: number): InvariantState {
  const finding = findingOf(all, index);
  // Until a run is complete, findings may be those of the policy before the edit.
  if (!all.current) return STATES.pending;
  if (finding === undefined) return STATES.proven;
  if (finding.witness) return STATES.refuted;
  return finding.severity === 'error' ? STATES.unread : STATES.unknown;
}

function summaryOf(states: readonly InvariantState[]): string {
  if (states.length === 0) return 'none is stated';
  return Object.values(STATES)
    .flatMap((state) => {
      const n = states.filter((one) => one === state).length;
      return n === 0 ? [] : [`${String(n)} ${state.word}`];
    })
    .join(', ');
}

interface InvariantItemProps {
  invariant: Json;
  state: InvariantState;
  finding: PolicyFinding | undefined;
  openDialog(dialog: WorkbenchDialog): void;
}

function InvariantItem({ invariant, state, finding, openDialog }: InvariantItemProps) {
  const { workspace } = useSession();
  const { from } = useShownPolicy();
  const [open, setOpen] = useState(false);
  const line = typeof invariant === 'string' ? invariant : undefined;
  const witness = finding?.witness;
  return (
    <li data-testid="invariant" className="rounded-md border border-line bg-canvas px-2 py-1.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={clsx('inline-flex items-center gap-1 text-xs font-medium', state.text)}>
          <state.icon size={13} strokeWidth={2.25} aria-hidden />
          {state.word}
        </span>
        <span className="min-w-48 flex-1 break-words">
          <Marked text={line ?? `An entry of another form, which is kept: \`${JSON.stringify(invariant)}\``} />
        </span>
        {witness === undefined ? null : (
          <Button className="h-7 px-2 text-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
            Show the counterexample
          </Button>
        )}
        {from === 'preview' || line === undefined ? null : (
          <Button
            className="h-7 px-2 text-xs"
            onClick={() => workspace.dispatch({ kind: 'remove-invariant', line })}
            aria-label={`Remove the invariant ${line}`}
          >
            Remove
          </Button>
        )}
      </div>
      {finding === undefined || witness !== undefined ? null : (
        <p className="mt-0.5 text-xs break-words text-ink-2">
          <Marked text={finding.message} />
        </p>
      )}
      {open && witness !== undefined ? <WitnessCall call={witness} openDialog={openDialog} /> : null}
    </li>
  );
}
