/** The words of the checker's diagnostics: built from what was found, only once something is wrong. */
import type { CallExpr, Expr, Macro, Select, StructExpr, StructField } from '../syntax/ast';
import {
  diagnostic,
  meant,
  replace,
  write,
  type Diagnostic,
  type DiagnosticExtra,
  type SourceRange,
} from '../syntax/diagnostic';
import { insteadHelp } from './instead';
import { MACROS } from '../syntax/macros';
import { MESSAGES } from './messages';
import { FUNCTIONS, type FunctionOverload } from './stdlib';
import { suggest } from './suggest';
import { symbolOf } from '../syntax/tree';
import { formatType, type Type, type TypeKind } from './types';

export const checkError = (code: string, message: string, range: SourceRange, extra?: DiagnosticExtra): Diagnostic =>
  diagnostic('check', 'error', code, message, range, extra);

const show = (type: Type): string => `\`${formatType(type)}\``;
/** A type with its article: a `string`, an `int`. */
export const aType = (type: Type): string => `${type.kind === 'int' ? 'an' : 'a'} ${show(type)}`;
const list = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;

/** Functions that CEL's extension libraries have and its default environment has not. */
const EXTENSIONS = new Set(
  'charAt indexOf lastIndexOf lowerAscii upperAscii replace split join substring trim format quote reverse first last slice sort sortBy distinct flatten bind sum min max transformList transformMap'.split(
    ' ',
  ),
);

/** "did you mean", as a help line and, at `range`, a fix. */
function didYouMean(name: string, candidates: Iterable<string>, range: SourceRange): DiagnosticExtra {
  const text = suggest(name, candidates);
  return text === undefined ? {} : meant(text, range);
}

export function undeclaredName(name: string, range: SourceRange, declared: Iterable<string>): Diagnostic {
  const [form] = MACROS.get(name) ?? [];
  const extra = FUNCTIONS.has(name)
    ? { help: `\`${name}\` is a function: write \`${name}(…)\`` }
    : form
      ? { help: `\`${name}\` is a macro: write \`${form}\`` }
      : didYouMean(name, declared, range);
  return checkError('undeclared-name', `\`${name}\` is not declared`, range, extra);
}

export function undeclaredFunction(call: CallExpr): Diagnostic {
  const { function: name, target, args } = call;
  const range = { start: call.nameStart, end: call.nameEnd };
  const [form] = MACROS.get(name) ?? [];
  if (form) {
    return checkError('undeclared-function', `\`${name}\` is not called like this`, range, {
      help: `write \`${form}\``,
    });
  }
  const kind = target ? 'method' : 'function';
  const known = (member: boolean): string[] =>
    [...FUNCTIONS].flatMap(([each, overloads]) =>
      /^[a-z]/i.test(each) && overloads.some((one) => one.member === member) ? [each] : [],
    );
  let extra = didYouMean(name, known(!!target), range);
  const other = extra.help ? undefined : suggest(name, known(!target));
  const instead = insteadHelp(name);
  if (instead) {
    extra = instead;
  } else if (EXTENSIONS.has(name)) {
    extra = { help: `\`${name}\` belongs to an extension of CEL that the gateway does not have` };
  } else if (other) {
    extra = { help: `did you mean the ${target ? 'function' : 'method'} \`${other}\`?` };
  } else if (!extra.help && target && args.length === 0) {
    const fix = replace('Remove the parentheses', { start: call.nameEnd, end: call.end }, '');
    extra = { help: `to read the field \`${name}\`, leave out the parentheses`, fix };
  }
  return checkError('undeclared-function', `there is no ${kind} \`${name}\``, range, extra);
}

export function noFields(select: Select, type: Type): Diagnostic {
  const range = { start: select.fieldStart, end: select.fieldEnd };
  const isMethod = FUNCTIONS.get(select.field)?.some((one) => one.member);
  const extra = {
    help: `\`${select.field}\` is a method: write \`${select.field}()\``,
    fix: replace('Add the parentheses', { start: range.end, end: range.end }, '()'),
  };
  return checkError('no-fields', `${aType(type)} has no fields`, range, isMethod ? extra : insteadHelp(select.field));
}

export const notARange = (macro: Macro, range: Expr, type: Type): Diagnostic =>
  checkError('not-a-range', `\`${macro.name}\` goes through a list or the keys of a map, not ${aType(type)}`, range);

/** A place where only true or false makes sense. `of` names it: an operator or a macro. */
export const notBoolean = (of: string, expr: SourceRange, type: Type): Diagnostic =>
  checkError('expected-bool', `\`${of}\` needs true or false, not ${aType(type)}`, expr);

export const notACondition = (expr: SourceRange, type: Type): Diagnostic =>
  checkError('not-bool', `a condition is true or false, but this is ${aType(type)}`, expr);

/** A literal of a message that there is not, or that is not read here. */
export function noMessage(expr: StructExpr, name: string, declared: boolean): Diagnostic {
  const range = { start: expr.start, end: Math.min(expr.end, expr.start + expr.name.length) };
  if (declared) return checkError('not-a-message', `\`${expr.name}\` is not a message type`, range);
  if (name === 'google.protobuf.Any') {
    return checkError(
      'unsupported-message',
      'a `google.protobuf.Any` holds encoded bytes, which are not read here',
      range,
    );
  }
  const last = name.split('.').at(-1);
  const same = [...MESSAGES.keys()].find((one) => one.endsWith(`.${last ?? ''}`));
  const extra = same === undefined ? didYouMean(name, MESSAGES.keys(), range) : meant(same, range);
  return checkError('undeclared-name', `there is no message type \`${expr.name}\``, range, extra);
}

export function noSuchField(field: StructField, message: string, known: readonly string[]): Diagnostic {
  const range = { start: field.start, end: field.start + field.field.length };
  return checkError('undefined-field', `\`${message}\` has no field \`${field.field}\``, field, {
    help: known.length
      ? `it has ${list(
          known.map((name) => `\`${name}\``),
          'and',
        )}`
      : 'it has no fields',
    fix: didYouMean(field.field, known, range).fix,
  });
}

export const noMatchingField = (field: StructField, wanted: Type, type: Type): Diagnostic =>
  checkError('type-mismatch', `\`${field.field}\` needs ${aType(wanted)}, not ${aType(type)}`, field.value);

export function noMatchingOverload(
  call: CallExpr,
  overloads: readonly FunctionOverload[],
  types: readonly Type[],
): Diagnostic {
  const { function: name, args, target } = call;
  const error = (message: string, range: SourceRange, extra?: DiagnosticExtra): Diagnostic =>
    checkError('no-matching-overload', message, range, extra);
  const [a, b, c] = types;
  if (name === '_?_:_' && a && b && c) {
    return a.kind === 'bool' || a.kind === 'dyn'
      ? error(`the branches of \`?:\` have different types, ${show(b)} and ${show(c)}`, call, {
          help: 'wrap one of them in `dyn(…)` if that is meant',
        })
      : notBoolean('?:', args[0] ?? call, a);
  }
  if (name === '_[_]' && a && b) {
    const range = { start: args[0]?.end ?? call.start, end: call.end };
    return a.kind === 'list' || a.kind === 'map'
      ? error(`${aType(a)} cannot be indexed by ${aType(b)}`, range)
      : error(`${aType(a)} cannot be indexed`, range);
  }
  if (name === '@in' && a && b) {
    return b.kind === 'list' || b.kind === 'map'
      ? error(`${aType(a)} cannot be in ${aType(b)}`, call)
      : error(
          `\`in\` needs a list or a map on its right, not ${aType(b)}`,
          { start: call.nameStart, end: call.end },
          {
            help: b.kind === 'string' ? 'for a part of a string write `text.contains(part)`' : undefined,
          },
        );
  }
  if (/\W/.test(name) || name.startsWith('_')) {
    return error(
      `\`${symbolOf(name)}\` does not apply to ${list(types.map(show), 'and')}`,
      call,
      conversionFix(call, types[0]?.kind, types[1]?.kind),
    );
  }
  const range = { start: call.nameStart, end: call.end };
  const usable = overloads.filter((one) => one.member === !!target);
  if (!usable.length) {
    return error(`\`${name}\` is a ${target ? 'function' : 'method'}`, range, {
      help: target ? `write \`${name}(x)\`` : `write \`x.${name}(…)\``,
    });
  }
  const given = types.slice(target ? 1 : 0);
  const on = target && a ? ` on ${aType(a)}` : '';
  const forms = usable.map(({ params }) => `\`${signature(name, !!target, params)}\``);
  return error(`\`${name}\` cannot be called${on} with \`(${given.map(formatType).join(', ')})\``, range, {
    help: `it takes ${list(forms, 'or')}`,
  });
}

/** A type in a declaration: its parameters are the letters A and B. */
export const formatParam = (type: Type): string => formatType(type).replaceAll('_var0', 'A').replaceAll('_var1', 'B');

/** `size(list(A))`, `string.contains(string)`. */
export function signature(name: string, member: boolean, params: readonly Type[]): string {
  const words = params.map(formatParam);
  return `${member ? `${words.shift() ?? ''}.` : ''}${name}(${words.join(', ')})`;
}

const NUMERIC = new Set<TypeKind | undefined>(['int', 'uint', 'double']);

/**
 * What to write instead of an operation on two types that do not mix: a number's literal as the other type, text as the time it spells, else a
 * conversion.
 */
function conversionFix(call: CallExpr, a: TypeKind | undefined, b: TypeKind | undefined): DiagnosticExtra | undefined {
  if (a === b) return undefined;
  for (const [arg, other] of [
    [call.args[1], a],
    [call.args[0], b],
  ] as const) {
    if (arg?.kind !== 'literal') continue;
    const { value } = arg;
    const text =
      value.type === 'int' && (other === 'double' || (other === 'uint' && value.value >= 0n))
        ? `${value.value}${other === 'double' ? '.0' : 'u'}`
        : value.type === 'string' && (other === 'timestamp' || other === 'duration')
          ? `${other}(${JSON.stringify(value.value)})`
          : undefined;
    if (text === undefined) continue;
    return write(text, arg);
  }
  if (!NUMERIC.has(a) || !NUMERIC.has(b)) return undefined;
  return { help: `convert one side, for example with \`${a === 'double' || b === 'double' ? 'double' : 'int'}(…)\`` };
}
