'use client';
import { clsx } from 'clsx';
import { CornerDownRight, Minus, Pencil, Plus, Settings2, type LucideIcon } from 'lucide-react';
import { useId, useMemo } from 'react';
import type { RuleChange } from '@/lib/analysis';
import { RuleSentence } from '../policy/rule-sentence';
import { Button } from '../ui/button';
import { EffectBadge } from '../ui/effect-mark';
import type { RowPlace } from '../ui/row-place';
import { ShowAll, useFirstShown } from '../ui/show-all';
import { VirtualRows } from '../ui/virtual-rows';
import { number } from '../ui/words';
import { ChangedWords } from './changed-words';
import { changeKey, fieldWords, KIND_WORDS, valueWords } from './change-words';

const SHOWN_AT_FIRST = 100;
/** Pixels that a change takes before it is drawn. */
const CHANGE_HEIGHT = 60;

const ICONS = {
  added: Plus,
  removed: Minus,
  changed: Pencil,
  moved: CornerDownRight,
  setting: Settings2,
} satisfies Record<RuleChange['kind'], LucideIcon>;
const LOOKS = {
  added: 'bg-allow-soft text-allow',
  removed: 'bg-deny-soft text-deny',
  changed: 'bg-gated-soft text-gated',
  moved: 'bg-sunken text-ink-2',
  setting: 'bg-gated-soft text-gated',
} satisfies Record<RuleChange['kind'], string>;

interface ChangeListProps {
  changes: readonly RuleChange[];
  /** The keys of the chosen changes; undefined where all are taken together. */
  chosen: ReadonlySet<string> | undefined;
  onChosen?(chosen: ReadonlySet<string>): void;
}

/** The differences between an incoming policy and the present one, rule by rule and field by field. */
export function ChangeList({ changes, chosen, onChosen }: ChangeListProps) {
  const list = useFirstShown(changes.length, SHOWN_AT_FIRST);
  const keys = useMemo(() => changes.slice(0, list.shown).map(changeKey), [changes, list.shown]);
  const toggle = (key: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChosen?.(next);
  };
  return (
    <div>
      {chosen === undefined ? null : (
        <div className="mb-1 flex flex-wrap items-center gap-2 text-xs text-ink-2">
          <span role="status" className="tabular-nums">
            {number(chosen.size)} of {number(changes.length)} chosen
          </span>
          <Button look="plain" onClick={() => onChosen?.(new Set(changes.map(changeKey)))}>
            Choose all
          </Button>
          <Button look="plain" onClick={() => onChosen?.(new Set())}>
            Choose none
          </Button>
        </div>
      )}
      <ul
        aria-label="Changes"
        data-scrolls
        tabIndex={0}
        className="max-h-72 divide-y divide-line overflow-auto rounded-md border border-line bg-canvas"
      >
        <VirtualRows keys={keys} rowHeight={() => CHANGE_HEIGHT}>
          {(index, place) => {
            const [change, key] = [changes[index], keys[index]];
            if (change === undefined || key === undefined) return null;
            const onItemChosen = (on: boolean) => toggle(key, on);
            return (
              <ChangeItem key={key} change={change} chosen={chosen?.has(key)} onChosen={onItemChosen} place={place} />
            );
          }}
        </VirtualRows>
      </ul>
      <ShowAll list={list} what="changes" className="mt-1" />
    </div>
  );
}

interface ChangeItemProps {
  change: RuleChange;
  chosen: boolean | undefined;
  onChosen(on: boolean): void;
  place: RowPlace | undefined;
}

function ChangeItem({ change, chosen, onChosen, place }: ChangeItemProps) {
  const id = useId();
  const Icon = ICONS[change.kind];
  const title = 'rule' in change ? change.rule.name || change.rule.id : 'The settings of the policy';
  return (
    <li {...place} className="flex items-start gap-2 px-2 py-1.5 text-sm">
      {chosen === undefined ? null : (
        <span className="flex h-5 items-center pointer-coarse:h-9 pointer-coarse:px-2">
          <input
            type="checkbox"
            checked={chosen}
            aria-labelledby={`${id}-kind ${id}-title`}
            onChange={(event) => onChosen(event.target.checked)}
            className="accent-accent"
          />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span
            id={`${id}-kind`}
            className={clsx(
              'inline-flex items-center gap-1 rounded px-1.5 py-px text-xs font-medium',
              LOOKS[change.kind],
            )}
          >
            <Icon size={11} strokeWidth={2.5} aria-hidden />
            {KIND_WORDS[change.kind]}
          </span>
          <span id={`${id}-title`} className="min-w-0 font-medium break-words">
            {title}
          </span>
          {'rule' in change ? (
            <span className="text-xs text-ink-2 tabular-nums">
              {change.kind === 'moved' ? `from ${change.from + 1} to ${change.at + 1}` : `rule ${change.at + 1}`}
            </span>
          ) : null}
        </p>
        <ChangeDetail change={change} />
      </div>
    </li>
  );
}

/** A rule that comes or goes, or the fields that change. */
function ChangeDetail({ change }: { change: RuleChange }) {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return (
        <p className="mt-0.5 flex flex-wrap items-baseline gap-x-1.5">
          <EffectBadge effect={change.rule.effect} />
          <RuleSentence rule={change.rule} />
          {change.rule.status === 'active' ? null : <span className="text-xs text-ink-2">({change.rule.status})</span>}
          {change.rule.condition === null ? null : (
            <code className="font-mono text-xs break-words">if {change.rule.condition}</code>
          )}
        </p>
      );
    case 'changed':
    case 'setting':
      return (
        <dl className="mt-0.5 space-y-0.5 text-xs">
          {change.fields.map(({ field, before, after }) => (
            <div key={field} className="flex flex-wrap items-baseline gap-x-1.5">
              <dt className="text-ink-2">{fieldWords(field)}:</dt>
              <dd className="min-w-0 break-words">
                <ChangedWords before={valueWords(field, before)} after={valueWords(field, after)} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'moved':
      return null;
  }
}
