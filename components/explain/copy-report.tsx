'use client';
import type { Reasons } from '@/lib/analysis';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import type { ShownPolicy } from '../session/shown-policy';

/** Copies a report for a ticket as Markdown: the decision, its rule, the reason, and the policy. */
export function CopyReport({ reasons, policy }: { reasons: Reasons; policy: ShownPolicy }) {
  async function copy() {
    const [{ explanationMarkdown }, { digestOf }] = await Promise.all([import('./markdown'), import('@/lib/bundle')]);
    const digest = digestOf({ rules: policy.rules, settings: policy.settings });
    await navigator.clipboard.writeText(
      explanationMarkdown(reasons, policy.rules, { policyName: policy.name, digest }),
    );
  }
  return (
    <Button
      look="plain"
      className="h-7 px-2 text-xs"
      onClick={() =>
        void copy().then(
          () => notify('Copied as Markdown'),
          () => notify('The browser does not allow copying here'),
        )
      }
    >
      Copy as Markdown
    </Button>
  );
}
