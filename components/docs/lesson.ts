import { bundleOf, encodeLink, type Bundle } from '@/lib/bundle';
import { EMBED_HEIGHTS, readExercise, type Exercise } from '@/lib/embed';
import {
  callId,
  fillPolicy,
  validateCall,
  validatePolicy,
  type Call,
  type DecisionEffect,
  type JsonObject,
  type WrittenPolicy,
} from '@/lib/engine';

/** A fenced block of the language `exercise`: the rules at its start, the task, and the tests that they must pass. */
export interface DocsLesson {
  /** Its progress is kept under this name. */
  readonly id: string;
  readonly height: number;
  readonly bundle: Bundle;
  readonly exercise: Exercise;
  readonly link: string;
}

interface WrittenLesson extends WrittenPolicy {
  readonly id: string;
  readonly name: string;
  readonly exercise: JsonObject;
  readonly tests: readonly {
    readonly name: string;
    readonly call: Omit<Call, 'id'>;
    readonly effect: DecisionEffect;
  }[];
}

/** Reads a lesson. A mistake in it throws, and so ends the build. */
export function readLesson(text: string): DocsLesson {
  const { id, name, exercise: written, tests, ...policy } = JSON.parse(text) as WrittenLesson;
  const exercise = readExercise(written);
  if (!exercise.ok) throw new Error(`lesson “${name}”: ${exercise.message}`);
  const filled = tests.map(({ name: says, call, effect }, i) => ({
    name: says,
    call: { id: callId(`test-${i + 1}`), ...call },
    expect: { effect },
  }));
  const [problem] = [...validatePolicy(policy), ...filled.flatMap(({ call }) => validateCall(call))];
  if (problem !== undefined) throw new Error(`lesson “${name}”: ${problem.pointer} ${problem.message}`);
  const bundle = bundleOf(name, fillPolicy(policy), { tests: filled, exercise: written });
  const link = encodeLink(bundle);
  if (!link.ok) throw new Error(`lesson “${name}” cannot be put into a link`);
  return { id, height: EMBED_HEIGHTS.exercise, bundle, exercise: exercise.exercise, link: link.fragment };
}
