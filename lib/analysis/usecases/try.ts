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
  type DecisionStep,
  type Json,
  type JsonObject,
  type Policy,
  type Rule,
  type Settings,
} from '../../engine';
import { argumentsOf, assumedArgument, pickArgument, type ToolArgument } from './argument';
import { fillUseCase, type FilledCondition } from './fill';
import type { SampleCall, UseCase } from './model';

export const SAMPLES = ['allows', 'stops', 'errs'] as const;
export type SampleName = (typeof SAMPLES)[number];
const SERVER = 'sample-server';

/** A ready condition as it is for its own sample tool, and what a gate with it decides on each of its sample calls. */
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

/** One sample call, and the step of a rule that has the condition as it is filled in. */
export interface FilledSample {
  readonly name: SampleName;
  readonly call: SampleCall;
  readonly step: DecisionStep;
}

/** Decides the sample calls, with the chosen arguments and values in them, by a rule of the given effect with the filled condition. */
export async function tryFilled(
  useCase: UseCase,
  filled: FilledCondition,
  { effect, settings }: { readonly effect: Rule['effect']; readonly settings: Settings },
): Promise<readonly FilledSample[]> {
  const condition = fillUseCase(useCase, filled);
  const tools = [useCase.sample.tool.name];
  const rule = fillRule({ id: ruleId('ready'), name: useCase.title, effect, tools, condition });
  const policy = await compilePolicy({ rules: [rule], settings });
  return SAMPLES.flatMap((name) => {
    const call = sampleWith(useCase, filled, name);
    const [step] = decide(policy, { ...sampleCall(useCase, name), ...call }).steps;
    return step === undefined ? [] : [{ name, call, step }];
  });
}

/** The sample call with the values in the place of the examples, under the names of the chosen arguments. */
function sampleWith(useCase: UseCase, { arguments: chosen, values }: FilledCondition, name: SampleName): SampleCall {
  const call = useCase.sample[name];
  if (!call.args) return call;
  let args: JsonObject = call.args;
  const named = sampleArguments(useCase);
  for (const slot of useCase.arguments) {
    const [from, to] = [named[slot.key], chosen[slot.key]];
    const [key] = from?.path ?? [];
    const sample = key === undefined ? undefined : args[key];
    if (key === undefined || to === undefined || sample === undefined) continue;
    const { [key]: _moved, ...rest } = args;
    args = withAt(rest, to.path, shapedAs(to, withValues(useCase, values, sample)));
  }
  return { ...call, args };
}

/** A list where the argument is one, else one of its elements: the last, which is the one that a sample call is about. */
function shapedAs({ type }: ToolArgument, value: Json): Json {
  if (type === 'array') return Array.isArray(value) ? value : [value];
  return Array.isArray(value) ? (value.at(-1) ?? '') : value;
}

function withAt(args: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return args;
  const inner = args[key];
  const within = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : {};
  return { ...args, [key]: rest.length === 0 ? value : withAt(within, rest, value) };
}

/** The sample's value, moved as far as the chosen value is from the example: 500.5, one half above 500, becomes 100.5 for 100. */
function withValues(useCase: UseCase, values: FilledCondition['values'], sample: Json): Json {
  if (Array.isArray(sample)) return sample.map((item: Json) => withValues(useCase, values, item));
  let moved = sample;
  for (const { key, example } of useCase.parameters) {
    const value = values[key];
    if (value === undefined) continue;
    if (typeof example === 'number' && typeof moved === 'number') moved += (Number(value) || 0) - example;
    else if (typeof moved === 'string') moved = replaced(moved, example, value);
  }
  return moved;
}

function replaced(sample: string, example: FilledCondition['values'][string], value: typeof example): string {
  const examples = Array.isArray(example) ? example.map(String) : [String(example)];
  const chosen = Array.isArray(value) ? value.map(String) : [String(value)];
  const at = examples.findIndex((text) => text !== '' && sample.includes(text));
  const text = chosen[at] ?? chosen[0];
  return at < 0 || text === undefined ? sample : sample.replace(examples[at] ?? '', () => text);
}
