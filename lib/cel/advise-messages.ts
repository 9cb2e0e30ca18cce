/** The words of `advise`. */
import type { Call, Expr } from './ast';
import { aType } from './checker-messages';
import type { Diagnostic, Fix } from './diagnostic';
import { suggest } from './suggest';
import type { Type } from './types';

type Range = { readonly start: number; readonly end: number };

function advice(
  severity: 'warning' | 'info',
  code: string,
  message: string,
  { start, end }: Range,
  { help, fix }: { help?: string | undefined; fix?: Fix | undefined } = {},
): Diagnostic {
  const extra = { ...(help === undefined ? {} : { help }), ...(fix === undefined ? {} : { fix }) };
  return { code, phase: 'check', severity, message, start, end, ...extra };
}

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text) && !/^(in|true|false|null)$/.test(text);

/** A member that the vocabulary or a tool's schema does not have. In an open object only what looks like a misspelling is worth a word. */
export function unknownField(
  name: string,
  known: readonly string[],
  object: string | undefined,
  open: boolean,
  range: Range,
): Diagnostic | undefined {
  const text = suggest(name, known);
  if (open && text === undefined) return undefined;
  const message = object ? `\`${object}\` has no \`${name}\`` : `there is no \`${name}\` here`;
  if (text === undefined) {
    const help = `it has ${known.map((one) => `\`${one}\``).join(', ')}`;
    return advice('warning', 'unknown-field', message, range, { help });
  }
  // A string index keeps its quotes.
  const quoted = range.end - range.start === name.length ? text : JSON.stringify(text);
  const fix = { title: `Change to \`${text}\``, ...range, text: quoted };
  return advice('warning', 'unknown-field', message, range, { help: `did you mean \`${text}\`?`, fix });
}

/** A fact or an argument that need not be there, read with no `has()` around. */
export function unguarded(path: readonly string[], range: Range): Diagnostic {
  const shown = path
    .map((part, i) => (i === 0 ? part : isName(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
    .join('');
  const help = isName(path.at(-1) ?? '') ? { help: `ask first: \`has(${shown}) && …\`` } : {};
  return advice('info', 'unguarded-field', `\`${shown}\` may be absent, and then this fails`, range, help);
}

export function undocumented(path: string, range: Range): Diagnostic {
  return advice('info', 'undocumented-variable', `\`${path}\` is not in the gateway's published vocabulary`, range, {
    help: 'it may be missing there, or named otherwise',
  });
}

/** What the checker would refuse, were the facts declared with their own types. */
export const neverWorks = (found: Diagnostic): Diagnostic =>
  advice('warning', 'never-works', `this never works: ${found.message}`, found, found);

const written = (source: string, { start, end }: Range): string => source.slice(start, end);
const replace = (title: string, { start, end }: Range, text: string): Fix => ({ title, start, end, text });
const symbol = (name: string): string => name.replace(/[_@]/g, '');

/** A comparison of two types that are never equal. */
export function neverEqual(call: Call, a: Type, b: Type, source: string): Diagnostic {
  const outcome = call.function === '_!=_' ? 'always true' : 'never true';
  const relation = call.function === '@in' ? 'is never in' : 'never equals';
  const message = `this is ${outcome}: ${aType(a)} ${relation} ${aType(b)}`;
  const [left, right] = call.args;
  if (call.function === '@in') return advice('warning', 'never-equal', message, call);
  if (left && right && (a.kind === 'list') !== (b.kind === 'list')) {
    const [one, all] = a.kind === 'list' ? [right, left] : [left, right];
    const inside = `${written(source, one)} in ${written(source, all)}`;
    const text = call.function === '_==_' ? inside : `!(${inside})`;
    return advice('warning', 'never-equal', message, call, {
      help: `write \`${text}\` if that is meant`,
      fix: replace(`Write \`${text}\``, call, text),
    });
  }
  return advice('warning', 'never-equal', message, call);
}

/** `value` converted with the function `to`, past cel-go's trap with a string index (see `onlyFirst`). */
function converted(to: string, value: Expr, source: string): string {
  const text = written(source, value);
  return value.kind === 'call' && value.function === '_[_]' ? `${to}(dyn(${text}))` : `${to}(${text})`;
}

/** Arithmetic on a JSON number, which is a double, and an int or a uint. */
export function jsonNumber(call: Call, value: Expr, typed: Expr, source: string): Diagnostic {
  const literal = typed.kind === 'literal' && 'value' in typed.value ? typed.value.value : undefined;
  const [at, text] =
    call.function === '_%_'
      ? [value, converted('int', value, source)]
      : typeof literal === 'bigint'
        ? [typed, `${literal}.0`]
        : [typed, `double(${written(source, typed)})`];
  const reason = call.function === '_%_' ? 'which have no remainder' : 'which do not mix with whole numbers';
  return advice('warning', 'json-number', `this always fails: numbers in JSON are doubles, ${reason}`, call, {
    help: `write \`${text}\``,
    fix: replace(`Write \`${text}\``, at, text),
  });
}

/** A JSON value beside a time, a duration or bytes: JSON has text for them at best. */
export function neverJson(call: Call, value: Expr, other: Type, source: string): Diagnostic {
  const name = symbol(call.function);
  const outcome =
    call.function === '_==_' ? 'is never true' : call.function === '_!=_' ? 'is always true' : 'always fails';
  const message = `this ${outcome}: a JSON value is never ${aType(other)}`;
  const text = converted(other.kind, value, source);
  return name === '+' || name === '-'
    ? advice('warning', 'never-works', message, call, { help: 'convert it with `timestamp(…)` or `duration(…)`' })
    : advice('warning', 'never-works', message, call, {
        help: `write \`${text}\``,
        fix: replace(`Write \`${text}\``, value, text),
      });
}

/** A conversion of what stands under a string index. `never`: JSON holds nothing of the one type that it then takes. */
export function onlyFirst(call: Call, index: Call, takes: Type, never: boolean, source: string): Diagnostic {
  const [target, name] = index.args;
  const field = name?.kind === 'literal' && name.value.type === 'string' ? name.value.value : '';
  const [fix, text] =
    target && isName(field)
      ? [
          replace(`Write \`.${field}\``, { start: target.end, end: index.end }, `.${field}`),
          `${written(source, target)}.${field}`,
        ]
      : [replace('Wrap it in `dyn(…)`', index, `dyn(${written(source, index)})`), `dyn(${written(source, index)})`];
  const message = never
    ? `this always fails: \`${call.function}\` takes only ${aType(takes)} from under a string index`
    : `from under a string index \`${call.function}\` takes only ${aType(takes)}, and fails on all else`;
  return advice('warning', 'indexed-conversion', message, call, { help: `write \`${call.function}(${text})\``, fix });
}
