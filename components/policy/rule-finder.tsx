'use client';
import { Power, PowerOff, Search, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import { Button } from '../ui/button';
import { TextInput } from '../ui/field';
import { VirtualRows } from '../ui/virtual-rows';
import { counted } from '../ui/words';
import { findRules } from './find-rules';
import type { RuleActions } from './rule-menu';
import { RuleRow, rowHeightOf } from './rule-row';
import { useRuleKeys } from './use-rule-keys';

interface RuleFinderProps {
  rules: readonly Rule[];
  deciding: RuleId | 'default' | undefined;
  readOnly: boolean;
  actions: RuleActions;
  onClose(): void;
}

/** The policy's rules to search among, and to change several of at once. They keep their positions, and are not dragged here. */
export function RuleFinder({ rules, deciding, readOnly, actions, onClose }: RuleFinderProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<RuleId>>(new Set());
  const found = useMemo(() => findRules(rules, text), [rules, text]);
  const keys = useMemo(() => found.map(({ id }) => id), [found]);
  const { stopOf, keys: rowKeys } = useRuleKeys(keys);
  const positions = new Map(rules.map((rule, i) => [rule.id, i + 1]));
  // What is not in sight is not changed.
  const selected = found.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const onSelect = useCallback((id: RuleId, on: boolean) => setChosen((before) => withAll(before, [id], on)), []);
  return (
    <div
      role="search"
      aria-label="Find rules"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sticky top-0 z-10 space-y-2 border-b border-line bg-paper px-3 py-2">
        <FinderInput text={text} onText={setText} onClose={onClose} />
        <div className="flex min-h-8 flex-wrap items-center gap-2 text-sm">
          {readOnly ? null : (
            <SelectAll
              selected={selected.length}
              found={found.length}
              onSelectAll={(on) => setChosen((before) => withAll(before, keys, on))}
            />
          )}
          <span role="status" className="text-ink-2">
            {foundWords(rules.length, text === '' ? undefined : found.length, selected.length)}
          </span>
          {selected.length === 0 ? null : <SelectionActions selected={selected} actions={actions} />}
        </div>
      </div>
      {found.length === 0 ? (
        <p className="px-4 py-8 text-center text-sm text-ink-2">No rule contains these words.</p>
      ) : (
        <ul aria-label="Rules found" {...rowKeys}>
          <VirtualRows keys={keys} rowHeight={(index) => rowHeightOf(found[index])}>
            {(index, place) => {
              const rule = found[index];
              return rule === undefined ? null : (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  position={positions.get(rule.id) ?? 0}
                  count={rules.length}
                  deciding={deciding === rule.id}
                  readOnly={readOnly}
                  actions={actions}
                  stop={stopOf(rule.id)}
                  place={place}
                  {...(readOnly ? {} : { selected: chosen.has(rule.id), onSelect })}
                />
              );
            }}
          </VirtualRows>
        </ul>
      )}
    </div>
  );
}

/** How many rules are found and selected; `found` is undefined where nothing is searched. */
function foundWords(all: number, found: number | undefined, selected: number): string {
  if (selected > 0) return `${selected} of ${counted(found ?? all, 'rule')} selected`;
  return found === undefined ? counted(all, 'rule') : `${found} of ${counted(all, 'rule')} found`;
}

function withAll(chosen: ReadonlySet<RuleId>, ids: readonly RuleId[], on: boolean): ReadonlySet<RuleId> {
  const changed = new Set(chosen);
  for (const id of ids) {
    if (on) changed.add(id);
    else changed.delete(id);
  }
  return changed;
}

interface FinderInputProps {
  text: string;
  onText(text: string): void;
  onClose(): void;
}

const FinderInput = ({ text, onText, onClose }: FinderInputProps) => (
  <div className="flex gap-2">
    <span className="relative min-w-0 flex-1">
      <Search size={14} aria-hidden className="absolute top-1/2 left-2 -translate-y-1/2 text-ink-2" />
      <TextInput
        autoFocus
        type="search"
        aria-label="Search rules"
        placeholder="Name, tool, agent, condition…"
        className="pl-7"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </span>
    <Button onClick={onClose}>Done</Button>
  </div>
);

interface SelectAllProps {
  /** How many of the rules found are selected. */
  selected: number;
  found: number;
  onSelectAll(on: boolean): void;
}

const SelectAll = ({ selected, found, onSelectAll }: SelectAllProps) => (
  <label className="flex items-center gap-2">
    <input
      type="checkbox"
      className="size-4 accent-accent"
      checked={selected > 0 && selected === found}
      ref={(box) => {
        if (box !== null) box.indeterminate = selected > 0 && selected < found;
      }}
      disabled={found === 0}
      onChange={(event) => onSelectAll(event.target.checked)}
    />
    Select all
  </label>
);

const SelectionActions = ({ selected, actions }: { selected: readonly RuleId[]; actions: RuleActions }) => (
  <span className="ml-auto flex flex-wrap gap-2">
    <Button onClick={() => actions.setStatus(selected, 'active')}>
      <Power size={14} aria-hidden />
      Activate
    </Button>
    <Button onClick={() => actions.setStatus(selected, 'disabled')}>
      <PowerOff size={14} aria-hidden />
      Disable
    </Button>
    <Button look="danger" onClick={() => actions.remove(selected)}>
      <Trash2 size={14} aria-hidden />
      Delete
    </Button>
  </span>
);
