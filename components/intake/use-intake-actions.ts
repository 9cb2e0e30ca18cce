'use client';
import type { Bundle } from '@/lib/bundle';
import type { Policy } from '@/lib/engine';
import { contentOf, contentOfBundle, replacedByBundle } from '@/lib/workspace';
import { nextTask } from '../ui/next-task';
import { notify } from '../ui/notify';
import { useSession, useWorkspace } from '../session/session';
import type { LinkState } from '../session/use-link';

export interface IntakeActions {
  /** Whether it was taken. If not, the reason is in the notice of `link.refused`. */
  saveAsNew(bundle: Bundle): Promise<boolean>;
  /** What the bundle does not carry stays. */
  replace(bundle: Bundle, source: string): Promise<boolean>;
  /** Applies rules and settings as one step of the open policy. */
  takeRules(policy: Policy, source: string, what: string): Promise<boolean>;
}

/** The ways to save an incoming policy. Each can be undone: by the undo of the policy, or by deleting the new one. */
export function useIntakeActions(link: LinkState): IntakeActions {
  const { workspace, replay } = useSession();
  const { policy } = useWorkspace('policy');

  /** Stores a bundle's calls as a trace; a preview has opened them already. */
  async function keepCalls({ trace, focus, catalog, name }: Bundle): Promise<void> {
    if (trace === undefined || trace.length === 0) return;
    if (link.preview === undefined) {
      const index = trace.findIndex((call) => call.id === focus);
      await replay.openCalls(`Calls of ${name}`, trace, catalog, Math.max(0, index));
    }
    await replay.keepCalls();
  }

  const undo = { action: { label: 'Undo', onClick: () => void workspace.undo() } };

  function dispatched(content: Parameters<typeof contentOf>[0], source: string): boolean {
    const applied = workspace.dispatch({ kind: 'replace-all', content: contentOf(content), from: source });
    if (applied.kind !== 'refused') return true;
    link.refuse({
      what: 'This policy was not imported',
      message: 'it could not replace yours',
      problems: applied.problems.map(({ code, message }) => ({ pointer: '', code, message })),
    });
    return false;
  }

  return {
    async saveAsNew(bundle) {
      const outcome = await workspace.createPolicy(contentOfBundle(bundle));
      if (outcome.kind !== 'opened') return false;
      await keepCalls(bundle);
      await nextTask();
      link.close();
      notify(`Saved as a new policy: ${bundle.name}`);
      return true;
    },
    async replace(bundle, source) {
      if (!dispatched(replacedByBundle(contentOf(policy), bundle).content, source)) return false;
      await keepCalls(bundle);
      notify(`Replaced ${policy.name}`, undo);
      link.close();
      return true;
    },
    async takeRules({ rules, settings }, source, what) {
      if (!dispatched({ ...policy, rules, settings }, source)) return false;
      notify(`${what} taken into ${policy.name}`, undo);
      link.close();
      return Promise.resolve(true);
    },
  };
}
