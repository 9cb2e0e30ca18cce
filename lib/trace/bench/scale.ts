/** A million calls, 300 rules; and edits of one rule over 100,000 calls. */
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import { compilePolicy, type Policy, type Rule } from '../../engine';
import { callsOf, policyOf } from '../../engine/bench/workload';
import { redecide } from '../redecide';
import { replay } from '../replay';
import { measured, middle, print, target, type BenchTarget } from './measure';

/** Each edit is made so often, and the middle time taken. */
const PASSES = 3;

/** Edits as people make them, each of one rule. */
const EDITS: readonly { readonly words: string; readonly change: (rule: Rule) => Rule | undefined }[] = [
  { words: 'its effect', change: (rule) => ({ ...rule, effect: rule.effect === 'deny' ? 'allow' : 'deny' }) },
  { words: 'its condition', change: (rule) => ({ ...rule, condition: 'request.args.amount <= 250.0' }) },
  { words: 'its tools', change: (rule) => ({ ...rule, tools: ['get_*', 'update_row'] }) },
  { words: 'switched off', change: (rule) => ({ ...rule, status: 'disabled' }) },
  { words: 'deleted', change: () => undefined },
];

const edited = (policy: Policy, at: number, change: (rule: Rule) => Rule | undefined): Policy => ({
  ...policy,
  rules: policy.rules.flatMap((rule, i) => (i === at ? (change(rule) ?? []) : rule)),
});

export async function scaleTargets(): Promise<BenchTarget[]> {
  const policy = policyOf(300);
  // Edits first: a million calls in memory would be gone through by what collects garbage during an edit.
  return [await editTarget(policy), await millionTarget(policy)];
}

async function millionTarget(policy: Policy): Promise<BenchTarget> {
  const million = callsOf(1_000_000);
  const compiled = await compilePolicy(policy);
  print('\nA million calls, 300 rules, a third with conditions, one thread\n');
  const whole = await measured(() => replay(compiled, million));
  print(`${(whole.ms / 1000).toFixed(1)} s of processor time: ${JSON.stringify(whole.value.counts)}`);
  recordFigure({ name: 'replay: a million calls', value: whole.ms, unit: 'ms', better: 'lower' });
  return target(`a million calls in under 15 s: ${(whole.ms / 1000).toFixed(1)} s`, whole.ms < 15_000);
}

async function editTarget(policy: Policy): Promise<BenchTarget> {
  const calls = callsOf(100_000);
  const compiled = await compilePolicy(policy);
  const before = replay(compiled, calls);
  print('\nOne rule edited, 100,000 calls decided again\n');
  const times: number[] = [];
  for (const at of [0, 50, 100, 151, 203, 250, 299, 300]) {
    const parts: string[] = [];
    for (const { words, change } of EDITS) {
      const passes: number[] = [];
      while (passes.length < PASSES) {
        // Compiled anew, as an edit is: what the policy remembers of calls it learns within what is measured.
        const after = await compilePolicy(edited(policy, at, change));
        passes.push((await measured(() => redecide(before, compiled, after, calls))).ms);
      }
      const ms = middle(passes);
      times.push(ms);
      parts.push(`${words} ${ms.toFixed(0)} ms`);
    }
    print(`rule ${at + 1} of 301: ${parts.join(', ')}`);
  }
  const worst = Math.max(...times);
  recordFigure({ name: 'replay: an edit, middle', value: middle(times), unit: 'ms', better: 'lower' });
  recordFigure({ name: 'replay: an edit, most', value: worst, unit: 'ms', better: 'lower' });
  return target(
    `an edit of one rule in under 150 ms: ${middle(times).toFixed(0)} ms in the middle, ${worst.toFixed(0)} ms at worst`,
    worst < 150,
  );
}
