import { bundleOf, type Bundle } from '../../bundle';
import {
  callId,
  compilePolicy,
  decide,
  fillPolicy,
  fillRule,
  ruleId,
  type Call,
  type Decision,
  type Policy,
} from '../../engine';
import { argumentsOf, assumedArgument, pickArgument, type ToolArgument } from './argument';
import { fillUseCase } from './fill';
import type { UseCase } from './model';

export const SAMPLES = ['allows', 'stops', 'errs'] as const;
export type SampleName = (typeof SAMPLES)[number];
const SERVER = 'sample-server';

/** A ready condition as it stands for its own sample tool, and what a gate with it decides on each of its sample calls. */
export interface TriedUseCase {
  readonly guarded: TrialResult;
  readonly unguarded: TrialResult;
}

export interface TrialResult {
  readonly condition: string;
  readonly decisions: Readonly<Record<SampleName, Decision>>;
}

/** The arguments of the sample tool that the condition is about, by slot. */
export const sampleArguments = ({ arguments: slots, sample }: UseCase): Readonly<Record<string, ToolArgument>> => {
  const known = argumentsOf([sample.tool]);
  return Object.fromEntries(slots.map((slot) => [slot.key, pickArgument(slot, known) ?? assumedArgument(slot)]));
};

/** A sample call as a whole call: all that it does not say of the tool is known to be absent. */
const sampleCall = ({ sample }: UseCase, name: SampleName): Call => ({
  id: callId(name),
  agent: { slug: 'claude-code' },
  resource: { slug: SERVER },
  tool: { name: sample.tool.name, annotations: sample.tool.annotations ?? null },
  ...sample[name],
});

/** One gated rule for the sample tool, and no other. */
const gateOf = ({ title, sample }: UseCase, condition: string): Policy =>
  fillPolicy({
    rules: [fillRule({ id: ruleId('ready'), name: title, effect: 'gated', tools: [sample.tool.name], condition })],
  });

/** The rule, its tool and its sample calls, to be looked at and tried out; the call that is stopped is in focus. */
export const sampleBundle = (useCase: UseCase, condition: string): Bundle =>
  bundleOf(useCase.title, gateOf(useCase, condition), {
    catalog: { resources: [{ slug: SERVER, tools: [useCase.sample.tool] }] },
    trace: SAMPLES.map((name) => sampleCall(useCase, name)),
    focus: callId('stops'),
  });

/** Decides each sample call by one gated rule for the sample tool, once with the guards and once without. */
export async function tryUseCase(useCase: UseCase): Promise<TriedUseCase> {
  const chosen = sampleArguments(useCase);
  const tried = (guarded: boolean) =>
    decideSamples(useCase, fillUseCase(useCase, { arguments: chosen, values: {}, guarded }));
  const [guarded, unguarded] = await Promise.all([tried(true), tried(false)]);
  return { guarded, unguarded };
}

async function decideSamples(useCase: UseCase, condition: string): Promise<TrialResult> {
  const policy = await compilePolicy(gateOf(useCase, condition));
  const decided = (name: SampleName): Decision => decide(policy, sampleCall(useCase, name));
  return { condition, decisions: { allows: decided('allows'), stops: decided('stops'), errs: decided('errs') } };
}
