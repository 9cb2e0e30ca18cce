import type { Policy } from '@/lib/engine';
import type { ReplayProblem } from '@/lib/worker';

/** What went wrong in the worker, for a person. `shown`: the policy that the page names. */
export function problemText(problem: ReplayProblem, shown?: Pick<Policy, 'rules'> & { readonly name: string }): string {
  switch (problem.kind) {
    case 'crashed':
      return `Deciding stopped working: ${problem.message}`;
    case 'failed':
      return `The trace could not be read or decided: ${problem.message}`;
    case 'unloaded':
      return 'A part of the program that decides could not be loaded. There is no network, the server did not answer, or a new version of the page was published: then reload the page. Nothing is lost.';
    case 'stuck':
      return stuckText(problem.on, shown);
  }
}

function stuckText(
  on: Extract<ReplayProblem, { kind: 'stuck' }>['on'],
  shown: Parameters<typeof problemText>[1],
): string {
  switch (on.kind) {
    case 'policies': {
      const isShown = shown !== undefined && on.policies.some(({ rules }) => rules === shown.rules);
      const named = isShown ? `“${shown.name}”` : 'a policy';
      return `Deciding by ${named} did not answer in time, and was stopped. The rules are shown, and nothing is decided by them.`;
    }
    case 'file':
      return `Reading “${on.name}” did not answer in time, and was stopped. Nothing of it was imported.`;
    case 'trace':
      return 'Reading the trace did not answer in time, and was stopped. The trace is closed; it is stored as before.';
    case 'other':
      return 'The worker that decides did not answer in time, and was started anew.';
  }
}

/** The words on the button that tries again; undefined where there is nothing to try. */
export function retryWords(problem: ReplayProblem): string | undefined {
  if (problem.kind !== 'stuck') return 'Try again';
  return { policies: 'Decide anyway', trace: 'Open it again', file: undefined, other: undefined }[problem.on.kind];
}
