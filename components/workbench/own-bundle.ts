import { writeBundle } from '@/lib/bundle';
import { bundleOfContent, type PolicyDocument } from '@/lib/workspace';
import { download } from '../ui/download';

/** The policy and all that is kept with it, as a file. */
export function downloadBundle(policy: PolicyDocument): void {
  const { id: _id, revision: _revision, ...content } = policy;
  download(writeBundle(bundleOfContent(content)), `${policy.name}.policy.json`);
}
