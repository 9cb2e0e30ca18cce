'use client';
import { ListChecks, Plus } from 'lucide-react';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession } from '../session/session';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import { POLICY_TEMPLATES, rulesOfTemplate } from './policy-templates';

/** What to do with a policy without rules: write the first one, or start from a template. */
export function EmptyPolicy({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { workspace } = useSession();
  const { open } = useReplay('open');
  return (
    <section aria-label="Start" className="space-y-3 px-4 py-4 text-sm">
      <p className="text-ink-2">
        This policy has no rule yet, so every call is denied. Write the first rule, let the open trace suggest rules,
        start from a template below, or open a call of the trace and allow calls like it.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => workspace.editNewRule()}>
          <Plus size={14} aria-hidden />
          Write the first rule
        </Button>
        {open === undefined ? null : (
          <Button onClick={() => openDialog({ kind: 'suggest' })}>
            <ListChecks size={14} aria-hidden />
            Suggest rules from the trace…
          </Button>
        )}
      </div>
      <ul aria-label="Templates" className="divide-y divide-line rounded-lg border border-line">
        {POLICY_TEMPLATES.map((template) => (
          <li key={template.title} className="flex items-start gap-2 px-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{template.title}</span>
              <span className="block text-xs text-ink-2">{template.says}</span>
            </span>
            <Button
              className="h-7 px-2 text-xs"
              aria-label={`Start from ${template.title}`}
              onClick={() => {
                const rules = rulesOfTemplate(template, () => workspace.newRuleId());
                if (workspace.dispatch({ kind: 'replace-rules', rules }).kind !== 'applied') return;
                notify(`Started from ${template.title}`, {
                  action: { label: 'Undo', onClick: () => void workspace.undo() },
                });
              }}
            >
              Start from it
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
