'use client';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { HelpLink } from '../site/help-link';

/** The one setting of a policy: what a gated rule does when its condition is false. */
export function GateSetting({ readOnly }: { readOnly: boolean }) {
  const { workspace } = useSession();
  const { rules, settings } = useShownPolicy();
  if (!rules.some((rule) => rule.effect === 'gated')) return null;
  return (
    <fieldset className="px-3 py-3 text-sm" disabled={readOnly}>
      <legend className="sr-only">When a gated rule’s condition is false</legend>
      <div className="mb-1 flex items-center gap-1">
        <p className="text-xs font-medium text-ink-2" aria-hidden>
          When a gated rule’s condition is false
        </p>
        <HelpLink to="effects/#the-setting" about="this setting" />
      </div>
      <div className="flex flex-wrap gap-x-4">
        {CHOICES.map(({ value, label }) => (
          <label key={value} className="flex items-center gap-1.5 py-0.5 pointer-coarse:py-2">
            <input
              type="radio"
              name="gated-when-false"
              checked={settings.gatedWhenFalse === value}
              onChange={() =>
                workspace.dispatch({ kind: 'set-settings', settings: { ...settings, gatedWhenFalse: value } })
              }
              className="accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-2">
        {settings.gatedWhenFalse === 'continue'
          ? 'The gateway’s documentation does not say which. If evaluation continues, a gate above an “allow all” rule restricts nothing.'
          : 'The gateway’s documentation does not say which. Here a false gate ends evaluation: the call is denied.'}
      </p>
    </fieldset>
  );
}

const CHOICES = [
  { value: 'continue', label: 'go on to the next rule' },
  { value: 'deny', label: 'deny the call' },
] as const;
