'use client';
import { useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { PolicyId } from '@/lib/store';
import { Field, INPUT } from '../ui/field';
import { dayAndTime } from '../ui/time';
import { useSession, useWorkspace } from '../workbench/session';
import { BundleField } from './bundle-field';

/** Chooses what the open policy is held against: a version of it, another policy, or a bundle from elsewhere. */
export function AgainstPicker() {
  const { workspace } = useSession();
  const { baseline, versions, policies, policy } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const others = policies.filter(({ id }) => id !== policy.id);
  const chosen = asking
    ? 'bundle'
    : baseline === null
      ? ''
      : 'id' in baseline.from
        ? `${baseline.from.kind} ${baseline.from.id}`
        : 'kept';
  // A version that was deleted since is still what one compares with.
  const listed = baseline?.from.kind !== 'version' || versions.some(({ id }) => `version ${id}` === chosen);

  function choose(value: string) {
    const { baselines } = workspace;
    setAsking(value === 'bundle');
    if (value === 'bundle' || value === 'kept') return;
    if (value === '') return void baselines.unpin();
    const version = versions.find(({ id }) => `version ${id}` === value);
    if (version !== undefined) return void baselines.pinVersion(version);
    const other = others.find(({ id }) => `policy ${id}` === value);
    if (other !== undefined) void baselines.pinPolicy(other.id satisfies PolicyId);
  }

  function take(bundle: Bundle) {
    void workspace.baselines.pinBundle(bundle);
    setAsking(false);
  }

  return (
    <div className="space-y-3">
      <Field
        label={`Hold ${policy.name} against`}
        hint={
          versions.length === 0
            ? 'Save a version first (in the policy’s menu, “Versions…”) to compare with this policy as it is now.'
            : undefined
        }
      >
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
