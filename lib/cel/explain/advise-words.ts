/** The words of `advise`. */
import type { CallExpr, Expr, Select } from '../syntax/ast';
import { aType } from '../check/checker-words';
import {
  diagnostic,
  meant,
  replace,
  write,
  type Diagnostic,
  type DiagnosticExtra,
  type SourceRange,
} from '../syntax/diagnostic';
import { insteadHelp } from '../check/instead';
import type { FailingPart } from './failing-parts';
import { suggest } from '../check/suggest';
import { symbolOf } from '../syntax/tree';
import type { Type } from '../check/types';

const warning = (code: string, message: string, range: SourceRange, extra?: DiagnosticExtra): Diagnostic =>
  diagnostic('check', 'warning', code, message, range, extra);
const remark = (code: string, message: string, range: SourceRange, extra?: DiagnosticExtra): Diagnostic =>
  diagnostic('check', 'info', code, message, range, extra);

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text) && !/^(in|true|false|null)$/.test(text);

/** A member that the vocabulary or a tool's schema does not have. In an open object only what looks like a misspelling is worth a word. */
export function unknownField(
  name: string,
  known: readonly string[],
  object: string | undefined,
  open: boolean,
  range: SourceRange,
): Diagnostic | undefined {
  const text = suggest(name, known);
  if (open && text === undefined) return undefined;
  const message = object ? `\`${object}\` has no \`${name}\`` : `there is no \`${name}\` here`;
  if (text === undefined) {
    const help = `it has ${known.map((one) => `\`${one}\``).join(', ')}`;
    return warning('unknown-field', message, range, { help });
  }
  // A string index keeps its quotes.
  const quoted = range.end - range.start === name.length ? text : JSON.stringify(text);
  const { help, fix } = meant(text, range);
  return warning('unknown-field', message, range, { help, fix: fix && { ...fix, text: quoted } });
}

/** A fact or an argument that need not be there, read with no `has()` around. */
export function unguarded(path: readonly string[], range: SourceRange): Diagnostic {
  const shown = path
    .map((part, i) => (i === 0 ? part : isName(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
    .join('');
  const help = isName(path.at(-1) ?? '') ? { help: `ask first: \`has(${shown}) && …\`` } : {};
  return remark('unguarded-field', `\`${shown}\` may be absent, and then this fails`, range, help);
}

export function undocumented(path: string, range: SourceRange): Diagnostic {
  return remark('undocumented-variable', `\`${path}\` is not in the gateway's published vocabulary`, range, {
    help: 'it may be missing there, or named otherwise',
  });
}

/** What the checker would refuse, were the facts declared with their own types. */
export const neverWorks = (found: Diagnostic): Diagnostic =>
  warning('never-works', `this never works: ${found.message}`, found, found);

/** A part that fails whatever the call; for a date without a time, with what is likely meant. */
export function alwaysFails({ at, message }: FailingPart): Diagnostic {
  const date = /^`(\d{4}-\d\d-\d\d)` is not a valid timestamp, as in `(\1[^`]+)`$/.exec(message);
  return warning('always-fails', `this always fails: ${message}`, at, date ? write(JSON.stringify(date[2]), at) : {});
}

/** A time zone that is written out and that Go does not know: `meant` are the zones that may be wanted, the most likely first. */
export function unknownZone(zone: string, meantZones: readonly string[], literal: Expr): Diagnostic {
  const message = `this always fails: \`${zone.slice(0, 60)}\` is no time zone that Go knows`;
  const [first, ...others] = meantZones;
  if (first === undefined) {
    const help = 'a zone is an IANA name, as in `Europe/Paris`, or an offset, as in `+05:30`';
    return warning('unknown-time-zone', message, literal, { help });
  }
  const { help, fix } = meant(JSON.stringify(first), literal);
  const all = [first, ...others].map((one) => `\`"${one}"\``).join(' or ');
  return warning('unknown-time-zone', message, literal, {
    help: others.length > 0 ? `did you mean ${all}?` : help,
    fix,
  });
}

/** A member of a value whose type is not known, by the name of what other languages offer on every list or text. */
export function foreignMember(select: Select, asked: boolean, source: string): Diagnostic {
  const range = { start: select.fieldStart, end: select.fieldEnd };
  const message = `\`${select.field}\` is read as the key of a map: a list or a text has none, and then this fails`;
  if (select.field !== 'length' || asked) return remark('foreign-member', message, range, insteadHelp(select.field));
  return remark('foreign-member', message, range, write(`size(${written(source, select.operand)})`, select));
}

const written = (source: string, { start, end }: SourceRange): string => source.slice(start, end);

/** A comparison of two types that are never equal. */
export function neverEqual(call: CallExpr, a: Type, b: Type, source: string): Diagnostic {
  const outcome = call.function === '_!=_' ? 'always true' : 'never true';
  const relation = call.function === '@in' ? 'is never in' : 'never equals';
  const message = `this is ${outcome}: ${aType(a)} ${relation} ${aType(b)}`;
  const [left, right] = call.args;
  if (call.function === '@in') return warning('never-equal', message, call);
  if (left && right && (a.kind === 'list') !== (b.kind === 'list')) {
    const [one, all] = a.kind === 'list' ? [right, left] : [left, right];
    const inside = `${written(source, one)} in ${written(source, all)}`;
    const text = call.function === '_==_' ? inside : `!(${inside})`;
    const { fix } = write(text, call);
    return warning('never-equal', message, call, { help: `write \`${text}\` if that is meant`, fix });
  }
  return warning('never-equal', message, call);
}

/** `value` converted with the function `to`, past cel-go's trap with a string index (see `onlyFirst`). */
function converted(to: string, value: Expr, source: string): string {
  const text = written(source, value);
  return value.kind === 'call' && value.function === '_[_]' ? `${to}(dyn(${text}))` : `${to}(${text})`;
}

/** Arithmetic on a JSON number, which is a double, and an int or a uint. */
export function jsonNumber(call: CallExpr, value: Expr, typed: Expr, source: string): Diagnostic {
  const literal = typed.kind === 'literal' && 'value' in typed.value ? typed.value.value : undefined;
  const [at, text] =
    call.function === '_%_'
      ? [value, converted('int', value, source)]
      : typeof literal === 'bigint'
        ? [typed, `${literal}.0`]
        : [typed, `double(${written(source, typed)})`];
  const reason = call.function === '_%_' ? 'which have no remainder' : 'which do not mix with whole numbers';
  return warning('json-number', `this always fails: numbers in JSON are doubles, ${reason}`, call, write(text, at));
}

/** A JSON value beside a time, a duration or bytes: JSON has text for them at best. */
export function neverJson(call: CallExpr, value: Expr, other: Type, source: string): Diagnostic {
  const name = symbolOf(call.function);
  const outcome =
    call.function === '_==_' ? 'is never true' : call.function === '_!=_' ? 'is always true' : 'always fails';
  const message = `this ${outcome}: a JSON value is never ${aType(other)}`;
  const text = converted(other.kind, value, source);
  return name === '+' || name === '-'
    ? warning('never-works', message, call, { help: 'convert it with `timestamp(…)` or `duration(…)`' })
    : warning('never-works', message, call, write(text, value));
}

/** A conversion of what is under a string index. `never`: JSON holds nothing of the one type that it then takes. */
export function onlyFirst(call: CallExpr, index: CallExpr, takes: Type, never: boolean, source: string): Diagnostic {
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
  return warning('indexed-conversion', message, call, { help: `write \`${call.function}(${text})\``, fix });
}
