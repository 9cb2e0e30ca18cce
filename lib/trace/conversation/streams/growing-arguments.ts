import type { Json, JsonObject } from '../../../json';
import type { ToolCallPart } from '../part';
import type { CallSink, PartPlace } from '../sink';
import { isObject, member, type UnknownObject, text } from '../../shape';
import { changesBeside } from '../../source/exact';
import type { ImportOutput } from '../../types';

/*
 * Calls whose arguments Gemini streams (`streamFunctionCallArguments`): the first part has the name, the next ones `partialArgs`, each
 * value at its JSON path, and `willContinue` until the last.
 * Source: cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Content (`FunctionCall`, `PartialArg`).
 */

interface GrowingCall {
  readonly name: string | undefined;
  readonly id: unknown;
  readonly at: PartPlace;
  readonly args: JsonObject;
  /** Why the arguments cannot be put together. */
  fault: string | undefined;
}

/** A path that is a name or a number, one inside the other: `$.to[0].name`, `$['a b']`. */
const STEP = /\.([A-Za-z_][\w-]*)|\['([^'\\]*)'\]|\["([^"\\]*)"\]|\[(\d{1,4})\]/y;
const MOST_STEPS = 64;

function readPath(path: string): readonly (string | number)[] | null {
  if (!path.startsWith('$')) return null;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  for (let at = 1; at < path.length; at = STEP.lastIndex) {
    const step = STEP.exec(path);
    if (step === null || steps.length >= MOST_STEPS) return null;
    const [, name, single, double, index] = step;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
  }
  return steps.length === 0 || steps.includes('__proto__') ? null : steps;
}

type Container = Record<string | number, Json>;

/** Puts a value at its path; a text goes on where one has begun. False where something else is in the way. */
function put(args: JsonObject, path: readonly (string | number)[], value: Json): boolean {
  let holder = args as Container;
  for (const [i, key] of path.entries()) {
    if (Array.isArray(holder) !== (typeof key === 'number')) return false;
    if (Array.isArray(holder) && (key as number) > holder.length) return false;
    const known = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (i === path.length - 1) {
      if (known !== undefined && !(typeof known === 'string' && typeof value === 'string')) return false;
      holder[key] = known === undefined ? value : `${known as string}${value as string}`;
      return true;
    }
    const inner = known ?? (typeof path[i + 1] === 'number' ? [] : {});
    if (typeof inner !== 'object' || inner === null) return false;
    holder[key] = inner;
    holder = inner as unknown as Container;
  }
  return false;
}

const VALUES = ['stringValue', 'numberValue', 'boolValue', 'nullValue'] as const;

/** Adds a piece to a call's arguments. */
function grow(call: GrowingCall, piece: unknown): void {
  const path = isObject(piece) ? readPath(text(member(piece, 'jsonPath')) ?? '') : null;
  const key = isObject(piece) ? VALUES.find((name) => Object.hasOwn(piece, name)) : undefined;
  if (!isObject(piece) || path === null) call.fault ??= 'a piece of the arguments has no path that can be read';
  else if (changesBeside(piece).length > 0) call.fault ??= 'a number in the arguments cannot be kept as it is written';
  else if (key !== undefined) {
    const value = key === 'nullValue' ? null : (member(piece, key) as Json);
    if (!put(call.args, path, value)) call.fault ??= 'the pieces of the arguments do not fit together';
  }
}

/** Puts together calls whose arguments grow part by part. */
export class GrowingArguments {
  readonly #sink: CallSink;
  readonly #calls = new Map<string, GrowingCall>();

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  /** True where the value holds a part of a growing call, which is then read. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const key = ['functionCall', 'function_call'].find((name) => isObject(member(value, name)));
    const call = key === undefined ? undefined : member(value, key);
    if (key === undefined || !isObject(call)) return false;
    const pieces = member(call, 'partialArgs') ?? member(call, 'partial_args');
    const goesOn = member(call, 'willContinue') ?? member(call, 'will_continue');
    const name = text(member(call, 'name'));
    const stream = streamOf(at);
    const growing = this.#calls.get(stream);
    if (pieces === undefined && goesOn !== true && (growing === undefined || name !== undefined)) return false;
    const place = { ...at, path: `${at.path}/${key}` };
    if (name !== undefined || growing === undefined) this.#start(stream, name, call, place, out);
    const current = this.#calls.get(stream);
    if (current && Array.isArray(pieces)) for (const piece of pieces as unknown[]) grow(current, piece);
    if (goesOn !== true) this.#finish(stream, undefined, out);
    return true;
  }

  end(out: ImportOutput): void {
    for (const stream of [...this.#calls.keys()]) this.#finish(stream, 'the stream ends before the call is whole', out);
  }

  #start(stream: string, name: string | undefined, call: UnknownObject, at: PartPlace, out: ImportOutput): void {
    this.#finish(stream, 'the stream ends before the call is whole', out);
    const given = member(call, 'args');
    const fault =
      given === undefined || (isObject(given) && Object.keys(given).length === 0)
        ? undefined
        : 'arguments beside their pieces';
    this.#calls.set(stream, { name, id: member(call, 'id'), at, args: {}, fault });
  }

  #finish(stream: string, broken: string | undefined, out: ImportOutput): void {
    const call = this.#calls.get(stream);
    if (!call) return;
    this.#calls.delete(stream);
    const reason = broken ?? call.fault;
    const part: ToolCallPart = {
      name: call.name,
      args: { args: call.args },
      id: call.id,
      ...(reason === undefined ? {} : { broken: reason }),
      nameAt: '/name',
      argsAt: '/partialArgs',
    };
    this.#sink.take(part, call.at, out);
  }
}

/** The answers of one stream have one id, on each of its records. */
function streamOf({ record, conversation }: PartPlace): string {
  const id = isObject(record.value) ? text(member(record.value, 'responseId')) : undefined;
  return id ?? (conversation.startsWith('entry ') ? 'stream' : conversation);
}
