import { useSyncExternalStore } from 'react';
import { vi } from 'vitest';
import { ruleId, type Call, type Policy } from '@/lib/engine';
import type { PolicyContent } from '@/lib/store';
import type { OpenedTrace } from '@/lib/worker';
import type { WorkerQuestions } from '../../lib/worker/protocol';
import type { PolicyCommand } from '@/lib/workspace';
import { answering } from '../../lib/worker/testkit';
import { applyCommand } from '../../lib/workspace/apply';

/** A page without storage: its policy changes by commands, and the worker's code answers on this thread. */
class TestPage {
  #policy: (PolicyContent & { readonly id: string }) | undefined;
  #trace: OpenedTrace | undefined;
  #history: PolicyContent[] = [];
  #made = 0;
  readonly #listeners = new Set<() => void>();
  readonly workspace = {
    newRuleId: () => ruleId(`new-${String(++this.#made)}`),
    dispatch: (command: PolicyCommand) => {
      const applied = applyCommand(this.policy, command);
      this.#history.push(this.policy);
      if (applied.kind === 'applied') this.#show(applied.content);
      return applied;
    },
    undo: async () => {
      const before = this.#history.pop();
      if (before !== undefined) this.#show(before);
    },
  };

  session = this.#begin();

  open(policy: PolicyContent): void {
    this.#history = [];
    this.#made = 0;
    this.#trace = undefined;
    this.session = this.#begin();
    this.#show(policy);
  }

  async openTrace(calls: WorkerQuestions['openCalls']['params']): Promise<void> {
    this.#trace = await this.session.replay.ask('openCalls', calls);
  }

  #begin() {
    const ask = answering();
    const explainUnder = ({ rules, settings }: Policy, call: Call) =>
      ask('explainUnder', { stamp: 0, policy: { rules, settings }, call });
    return { workspace: this.workspace, replay: { ask, explainUnder } };
  }

  get policy(): PolicyContent & { readonly id: string } {
    if (this.#policy === undefined) throw new Error('the page is not open');
    return this.#policy;
  }

  get trace(): OpenedTrace | undefined {
    return this.#trace;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #show(policy: PolicyContent): void {
    this.#policy = { ...policy, id: 'p' };
    for (const listener of this.#listeners) listener();
  }
}

export const testPage = new TestPage();

export const useTestPolicy = (): PolicyContent & { readonly id: string } =>
  useSyncExternalStore(testPage.subscribe, () => testPage.policy);

const DECIDED = { stamp: 0 };

/** What takes the place of `session.tsx`: `vi.mock('../session/session', async () => (await import('../session/testkit')).testSession)`. */
export const testSession = {
  useSession: () => testPage.session,
  useWorkspace: () => ({ policy: useTestPolicy(), draft: null }),
  // An open trace is decided, which is all that is said of it.
  useReplay: () => ({
    ...{ open: testPage.trace, view: undefined, focus: undefined },
    results: testPage.trace === undefined ? undefined : DECIDED,
  }),
};

/** The test's document measures nothing. */
export function stubResizeObserver(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
}
