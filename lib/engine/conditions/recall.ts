/**
 * What a condition came to for calls that are equal in all that it reads: remembered, for most conditions of a policy read one or two
 * short facts, and the calls of a trace have few values of each.
 *
 * INVARIANT: a key stands for exactly one state of what is read, so that what is recalled is what would be evaluated.
 */
import { parsePath } from '../../cel';
import type { ConditionValue } from './condition-value';
import { argumentsOf, MEMBERS } from '../match/facts';
import type { Json, JsonObject } from '../model/model';
import { isArgumentName } from './reads';

const UNKNOWN = Symbol('unknown');
const ABSENT = Symbol('absent');
/** The arguments themselves are known to be absent: reading one is another failure than that it is missing. */
const NO_ARGUMENTS = Symbol('no arguments');

/** A fact as it is in a call. */
type FactReader = (call: JsonObject) => Json | symbol;
/** A text, a number, a truth, null or a mark stand for themselves; several facts, or a list, are written as one text. */
type RecallKey = string | number | boolean | symbol | null;

/** Longer texts and lists are not worth keeping, nor more values, nor conditions that read more facts. */
const MAX_TEXT = 256;
const MAX_KEPT = 1024;
const MAX_FACTS = 4;
/** A condition that mostly meets new values is evaluated each time, after so many. */
const TRIAL = 2048;

export class ConditionRecall {
  private readonly single = new Map<RecallKey, ConditionValue>();
  private readonly written = new Map<RecallKey, ConditionValue>();
  /** How often a value was not kept, less how often it was. */
  private lost = 0;

  private constructor(private readonly reads: readonly FactReader[]) {}

  /** Undefined for a condition that reads more than a few facts, or one that no key can tell. `paths` are all that it may read. */
  static of(paths: readonly string[]): ConditionRecall | undefined {
    const reads = paths.flatMap((path) => readOf(path) ?? []);
    return reads.length === paths.length && reads.length <= MAX_FACTS ? new ConditionRecall(reads) : undefined;
  }

  /** What is kept for calls that are equal to this one here, or what `evaluate` gives. */
  value(call: JsonObject, evaluate: (call: JsonObject) => ConditionValue): ConditionValue {
    if (this.lost > TRIAL) return evaluate(call);
    const [first, second] = this.reads;
    if (first && !second) {
      const fact = first(call);
      if (isSingle(fact)) return this.recalled(this.single, fact, call, evaluate);
    }
    const text = this.write(call);
    return text === undefined ? evaluate(call) : this.recalled(this.written, text, call, evaluate);
  }

  private recalled(
    kept: Map<RecallKey, ConditionValue>,
    key: RecallKey,
    call: JsonObject,
    evaluate: (call: JsonObject) => ConditionValue,
  ): ConditionValue {
    const known = kept.get(key);
    if (known !== undefined) {
      this.lost--;
      return known;
    }
    this.lost++;
    const value = evaluate(call);
    if (kept.size < MAX_KEPT) kept.set(key, value);
    return value;
  }

  /** All facts as one text, each ending where it says or at its own end mark; undefined where one cannot be written, or is too long. */
  private write(call: JsonObject): string | undefined {
    let text = '';
    for (const read of this.reads) {
      const fact = read(call);
      if (typeof fact === 'string') text += writeText(fact);
      else if (isSingle(fact)) text += `${typeof fact} ${String(fact)};`;
      else if (isTexts(fact)) text += `[${fact.map(writeText).join('')}]`;
      else return undefined;
      if (text.length > MAX_TEXT) return undefined;
    }
    return text;
  }
}

const writeText = (text: string): string => `${text.length}:${text}`;

const isTexts = (fact: Json | symbol): fact is readonly string[] =>
  Array.isArray(fact) && fact.every((item) => typeof item === 'string');

function isSingle(fact: Json | symbol): fact is RecallKey {
  if (typeof fact === 'string') return fact.length <= MAX_TEXT;
  // A map takes -0 for 0, which a division distinguishes.
  if (typeof fact === 'number') return !Object.is(fact, -0);
  return fact === null || typeof fact !== 'object';
}

function readOf(path: string): FactReader | undefined {
  const member = MEMBERS.find((one) => one.path === path);
  // A time is another one in each call. Of a client's fields it also counts whether the client is known.
  if (path === 'request.time' || path.startsWith('instance.client')) return undefined;
  if (member)
    return (call) => {
      const fact = member.read(call);
      return fact === undefined ? UNKNOWN : fact === null ? ABSENT : fact;
    };
  const [variable, field, name, ...deeper] = parsePath(path) ?? [];
  if (variable !== 'request' || field !== 'args' || !isArgumentName(name) || deeper.length > 0) return undefined;
  return (call) => {
    const args = argumentsOf(call);
    if (!args) return args === undefined ? UNKNOWN : NO_ARGUMENTS;
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    return value === undefined ? ABSENT : value;
  };
}
