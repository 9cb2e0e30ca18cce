import { replacedByBundle, type ContentPart, type PolicyDocument } from '@/lib/workspace';
import type { Bundle } from '@/lib/bundle';
import { counted } from '../ui/words';

type ContentOfPolicy = Pick<PolicyDocument, ContentPart>;

function partWords(part: ContentPart, of: ContentOfPolicy): string {
  switch (part) {
    case 'tests':
      return counted(of.tests?.length ?? 0, 'test');
    case 'catalog': {
      const tools = (of.catalog?.resources ?? []).reduce((sum, resource) => sum + (resource.tools?.length ?? 0), 0);
      return `the catalog (${counted(tools, 'tool')})`;
    }
    case 'notes':
      return 'the notes';
    case 'description':
      return 'the description';
    case 'extra':
      return 'other parts of the bundle that it came from';
  }
}

/** What stays and what goes where a bundle takes a policy's place; undefined where there is none of it. */
export interface ReplaceWords {
  readonly stays: string | undefined;
  readonly goes: string | undefined;
}

export function replaceWords(policy: PolicyDocument, bundle: Bundle): ReplaceWords {
  const { kept, lost } = replacedByBundle(policy, bundle);
  const list = (parts: readonly ContentPart[]) => parts.map((part) => partWords(part, policy)).join(', ');
  return {
    stays: kept.length === 0 ? undefined : `Kept, as it does not carry any: ${list(kept)}.`,
    goes: lost.length === 0 ? undefined : `Replaced by its own: ${list(lost)}. Undo brings them back.`,
  };
}
