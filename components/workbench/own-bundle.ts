import { writeBundle } from '@/lib/bundle';
import { bundleOfContent, changesNothing, type PolicyDocument, type ShownDraft } from '@/lib/workspace';
import type { WorkbenchDialog } from '../session/dialogs';
import { download } from '../ui/download';

/**
 * The policy and all that is kept with it, as a file. While a rule is edited, it is asked whether that goes along, as wherever else a policy
 * leaves the page.
 */
export function downloadBundle(
  { policy, draft }: { readonly policy: PolicyDocument; readonly draft: ShownDraft | null },
  openDialog: (dialog: WorkbenchDialog) => void,
): void {
  if (draft !== null && !changesNothing(draft, policy.rules)) return openDialog({ kind: 'share', whole: true });
  const { id: _id, revision: _revision, ...content } = policy;
  download(writeBundle(bundleOfContent(content)), `${policy.name}.policy.json`);
}
