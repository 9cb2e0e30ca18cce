import type { Json } from '../../engine';
import type { ToolArgument } from './argument';
import type { UseCaseParameter, UseCase } from './model';

export interface FilledCondition {
  readonly arguments: Readonly<Record<string, ToolArgument>>;
  readonly values: Readonly<Record<string, UseCaseParameter['example']>>;
  /** Asks with `has()` before it reads. */
  readonly guarded: boolean;
  /** For a deny rule, which is to match the calls that the condition does not hold for. */
  readonly negated?: boolean;
}

/** The condition with everything filled in, as CEL. */
export function fillUseCase(
  useCase: UseCase,
  { arguments: chosen, values, guarded, negated = false }: FilledCondition,
): string {
  const texts = new Map<string, string>();
  for (const { key } of useCase.arguments) texts.set(key, pathOf(chosen[key]?.path ?? []));
  for (const parameter of useCase.parameters) {
    texts.set(parameter.key, literalOf(parameter, values[parameter.key] ?? parameter.example));
  }
  const list = useCase.each === undefined ? undefined : chosen[useCase.each];
  const eachText = useCase.each === undefined ? '' : (texts.get(useCase.each) ?? '');
  const isList = list?.type === 'array';
  if (isList && useCase.each !== undefined) texts.set(useCase.each, 'item');
  const body = useCase.template.replace(/\{(\w+)\}/g, (whole, key: string) => texts.get(key) ?? whole);
  const condition = isList ? `${eachText}.all(item, ${body})` : body;
  const guards = guarded ? guardsOf(useCase, chosen) : [];
  const whole = withGuards(condition, guards, useCase.missing);
  return negated ? `!(${whole})` : whole;
}

function withGuards(condition: string, guards: readonly string[], missing: UseCase['missing']): string {
  if (guards.length === 0) return condition;
  if (missing === 'stop') return [...guards, bracketed(condition)].join(' && ');
  const present = guards.join(' && ');
  return `!${guards.length === 1 ? present : `(${present})`} || ${bracketed(condition)}`;
}

/** Around `||`, the only operator of the templates that binds looser than `&&`. */
const bracketed = (condition: string): string => (condition.includes('||') ? `(${condition})` : condition);

function guardsOf(useCase: UseCase, chosen: FilledCondition['arguments']): readonly string[] {
  const ofArguments = useCase.arguments.flatMap(({ key }) => {
    const path = chosen[key]?.path ?? [];
    return path.map((_, i) => presence(path.slice(0, i + 1)));
  });
  return [...new Set([...ofArguments, ...useCase.facts.map((fact) => `has(${fact})`)])];
}

/** Words that CEL keeps to itself (its specification, "Syntax"): they are read by index. */
const RESERVED =
  /^(as|break|const|continue|else|false|for|function|if|import|in|let|loop|namespace|null|package|return|true|var|void|while)$/;
const isName = (key: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !RESERVED.test(key);

/** How a condition reads an argument: `request.args.channel_id`, `request.args["channel-id"]`. */
export const pathOf = (path: readonly string[]): string =>
  path.reduce((whole, key) => (isName(key) ? `${whole}.${key}` : `${whole}[${JSON.stringify(key)}]`), 'request.args');

/** How a condition asks whether an argument is there. */
export function presence(path: readonly string[]): string {
  const last = path[path.length - 1] ?? '';
  return isName(last) ? `has(${pathOf(path)})` : `${JSON.stringify(last)} in ${pathOf(path.slice(0, -1))}`;
}

/** A value of an argument as a condition writes it. */
export function conditionLiteral(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(conditionLiteral).join(', ')}]`;
  // A number of JSON is a double.
  if (typeof value === 'number') return /^-?\d+$/.test(String(value)) ? `${value}.0` : String(value);
  return JSON.stringify(value);
}

function literalOf({ kind }: UseCaseParameter, value: UseCaseParameter['example']): string {
  switch (kind) {
    case 'texts':
      return `[${(Array.isArray(value) ? value : [value]).map((one) => JSON.stringify(String(one))).join(', ')}]`;
    case 'text':
      return JSON.stringify(Array.isArray(value) ? (value[0] ?? '') : String(value));
    case 'number': {
      const text = String(Number(value) || 0);
      // A number of JSON is a double.
      return /^-?\d+$/.test(text) ? `${text}.0` : text;
    }
    case 'count':
      return String(Math.trunc(Number(value) || 0));
  }
}
