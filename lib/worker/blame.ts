import type { Policy } from '../engine';
import type { AskedQuestion } from './rpc';

/** What a worker that did not answer was working on. */
export type StuckWork =
  /** Deciding by one of these policies. */
  | { readonly kind: 'policies'; readonly policies: readonly Policy[] }
  /** Reading a file (or pasted text) of this name. */
  | { readonly kind: 'file'; readonly name: string }
  /** Reading, sorting or filtering the open trace, or one that was being opened. */
  | { readonly kind: 'trace' }
  | { readonly kind: 'other' };

/** The policies that a question gives with it. */
export function policiesOf({ question, params }: AskedQuestion): readonly Policy[] {
  switch (question) {
    case 'impact':
    case 'comparePermissions':
      return [params.before, params.after];
    case 'compare':
    case 'compareCell':
    case 'compareCall':
      return [params.baseline];
    case 'decideAll':
    case 'move':
    case 'access':
    case 'place':
    case 'explainUnder':
    case 'runTests':
    case 'coverage':
    case 'findings':
    case 'ask':
    case 'whyNot':
    case 'reproduceLog':
    case 'bisectEntry':
    case 'compareConnections':
    case 'reproduceEntry':
    case 'reproduceCalls':
      return [params.policy];
    case 'planRedaction':
      return [{ rules: params.bundle.rules, settings: params.bundle.settings }];
    default:
      return [];
  }
}

/** `shown`: the policy of the decisions that a question may be about. */
export function stuckOn(asked: AskedQuestion | undefined, shown: Policy | undefined): StuckWork {
  if (asked === undefined) return { kind: 'other' };
  switch (asked.question) {
    case 'explain':
    case 'compare':
    case 'compareCell':
    case 'compareCall':
      return { kind: 'policies', policies: [...policiesOf(asked), ...(shown === undefined ? [] : [shown])] };
    case 'importFile':
    case 'takeImport':
    case 'readLog':
      return { kind: 'file', name: asked.params.name };
    case 'openTrace':
    case 'openCalls':
    case 'keepCalls':
    case 'addCall':
    case 'spliceCalls':
    case 'setFacts':
    case 'undoFacts':
    case 'lines':
    case 'view':
    case 'exportCalls':
    case 'exportTrace':
    case 'callsOfTrace':
    case 'seenValues':
      return { kind: 'trace' };
    default: {
      const policies = policiesOf(asked);
      return policies.length > 0 ? { kind: 'policies', policies } : { kind: 'other' };
    }
  }
}
