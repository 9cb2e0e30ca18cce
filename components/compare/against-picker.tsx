'use client';
import { useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { NamedVersion, PolicyId } from '@/lib/store';
import { Field, INPUT } from '../ui/field';
import { dayAndTime } from '../ui/time';
import { useWorkspace } from '../session/session';
import { partOf } from '../ui/part';

// Loaded on demand: most comparisons are with what this browser has.
const BundleField = partOf(() => import('../session/bundle-field').then((m) => m.BundleField));

export type AgainstChoice =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'version'; readonly version: NamedVersion }
  | { readonly kind: 'policy'; readonly id: PolicyId }
  | { readonly kind: 'bundle'; readonly bundle: Bundle };

interface AgainstPickerProps {
  label: string;
  /** Shown below the list where there is no version yet. */
  noVersion?: string;
  onChoose(choice: AgainstChoice): void;
}

/** Chooses the baseline of the open policy: one of its versions, another policy, or a bundle. */
export function AgainstPicker({ label, noVersion, onChoose }: AgainstPickerProps) {
  const { baseline, versions, policies, policy } = useWorkspace('baseline', 'versions', 'policies', 'policy');
  const [asking, setAsking] = useState(false);
  const others = policies.filter(({ id }) => id !== policy.id);
  const chosen = asking
    ? 'bundle'
    : baseline === null
      ? ''
      : 'id' in baseline.from
        ? `${baseline.from.kind} ${baseline.from.id}`
        : 'kept';
  // A version that was deleted in the meantime remains the baseline.
  const listed = baseline?.from.kind !== 'version' || versions.some(({ id }) => `version ${id}` === chosen);

  function choose(value: string) {
    setAsking(value === 'bundle');
    if (value === 'bundle' || value === 'kept') return;
    if (value === '') return onChoose({ kind: 'nothing' });
    const version = versions.find(({ id }) => `version ${id}` === value);
    if (version !== undefined) return onChoose({ kind: 'version', version });
    const other = others.find(({ id }) => `policy ${id}` === value);
    if (other !== undefined) onChoose({ kind: 'policy', id: other.id });
  }

  function take(bundle: Bundle) {
    onChoose({ kind: 'bundle', bundle });
    setAsking(false);
  }

  return (
    <div className="space-y-3">
      <Field label={label} hint={versions.length === 0 ? noVersion : undefined}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            className={`${INPUT} h-8 max-w-md pointer-coarse:h-11`}
            value={chosen}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">Nothing</option>
            {baseline !== null && baseline.from.kind === 'bundle' ? (
              <option value="kept">The bundle {baseline.name}</option>
            ) : null}
            {versions.length === 0 && listed ? null : (
              <optgroup label="Versions of this policy">
                {listed || baseline === null ? null : <option value={chosen}>{baseline.name} (deleted)</option>}
                {versions.map((version) => (
                  <option key={version.id} value={`version ${version.id}`}>
                    {version.name} ({dayAndTime(version.at)})
                  </option>
                ))}
              </optgroup>
            )}
            {others.length === 0 ? null : (
              <optgroup label="Other policies">
                {others.map(({ id: other, name }) => (
                  <option key={other} value={`policy ${other}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
            <option value="bundle">A link, a bundle’s file or text…</option>
          </select>
        )}
      </Field>
      {asking ? <BundleField action="Compare with it" onBundle={take} /> : null}
    </div>
  );
}
