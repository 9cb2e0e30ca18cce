import { isObject } from '../json';
import { bundleOf, LIMITS, looksLikeBundle, looksLikeLink, positions, readJson, type BundleProblem } from '../bundle';
import { DEFAULT_SETTINGS, type Json } from '../engine';
import type { IntakeForm, IncomingPolicy, IntakeOptions, IntakeRemark } from './model';
import { quoted, type IncomingRow } from './incoming-row';
import { rulesOf, type IncomingRules } from './rows';
import { readTable } from './table';
import { fromBundle, fromLink } from './whole';

/**
 * Reads a policy from a link, a bundle, a bare JSON array of rules, or a table in a text (docs/bundle-and-link.md, "Bringing in"). Never throws; links and bundles are read whole or refused with every problem, rules and tables are read as far
 * as they are understood, and the rest is listed.
 */
export function readIncoming(source: string, options: IntakeOptions = {}): IncomingPolicy {
  const text = source.replace(/\p{Surrogate}/gu, '\ufffd');
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start === '') return refused(undefined, 'there is nothing here yet');
  if (start.startsWith('{') && (looksLikeBundle(source) || !looksLikeLink(source))) return fromBundle(source);
  if (start.startsWith('[')) {
    const rules = fromRules(source, options);
    if (rules !== undefined) return rules;
  }
  if (text.length > LIMITS.bytes) return refused('table', 'this text is larger than the limit of 4 MiB');
  const table = readTable(text);
  const usable = table !== undefined && (table.kind !== 'separated' || looksLikeRules(table.header));
  if (!usable && looksLikeLink(source)) return fromLink(source);
  if (table === undefined) {
    return refused(undefined, 'this is neither a link, a bundle, a list of rules in JSON, nor a table of rules');
  }
  const rows: IncomingRow[] = table.rows.map(({ line, cells }) => ({ place: line, cells }));
  const broken = new Set(table.open);
  const taken = rulesOf(
    table.header,
    rows.filter(({ place }) => !broken.has(place)),
    options,
    table.kind,
  );
  const more: IntakeRemark[] = [
    ...table.around.map(({ line, text: outside }) => ({
      code: 'text-around' as const,
      message: `this line is no part of the table: ${quoted(outside)}`,
      place: line,
    })),
    ...rows
      .filter(({ place }) => broken.has(place))
      .map(({ place, cells }) => ({
        code: 'quote-open' as const,
        message: `a quoted cell is not closed, and the row was left out: ${quoted(cells.join(' '))}`,
        place,
      })),
  ];
  return finished('table', taken, more, options);
}

/** Whether a text is a policy rather than a trace, so that a page knows which of the two to offer. */
export function looksLikePolicy(text: string): boolean {
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('{')) return /"format"\s*:\s*"policy-bundle"/.test(start.slice(0, LIMITS.bytes));
  if (start.startsWith('[')) {
    const head = start.slice(0, 20_000);
    return (
      /"(?:effect|action)"\s*:\s*"(?:allow|deny|gated)"/i.test(head) && !/"(?:args|tool|role|jsonrpc)"\s*:/.test(head)
    );
  }
  const table = readTable(start.slice(0, 20_000));
  return (table !== undefined && looksLikeRules(table.header)) || looksLikeLink(start);
}

/** A table is one of rules where it says what each does and to which tools. */
function looksLikeRules(header: readonly string[]): boolean {
  const { columns } = rulesOf(header, [], {}, 'json');
  const has = (reading: string) => columns.some((column) => column.reading === reading);
  // A trace may say what was decided of each call; it has arguments or times as well, and a list of rules has neither.
  if (header.some((name) => /^(?:time|timestamp|date|args|arguments|input|call.?id)$/i.test(name))) return false;
  return has('effect') && (has('tools') || has('name') || has('condition'));
}

/** Undefined where the text is no JSON array, so that it may be a table that begins with a bracket. */
function fromRules(source: string, options: IntakeOptions): IncomingPolicy | undefined {
  if (source.length > LIMITS.bytes) return refused('rules', 'this text is larger than the limit of 4 MiB');
  const { value, problems } = readJson(source);
  if (value === undefined || problems.length > 0) {
    if (!/^\ufeff?\s*\[\s*[{\]]/.test(source)) return undefined;
    const position = positions(source);
    const placed: BundleProblem[] = problems.map(({ offset, ...problem }) => ({
      ...problem,
      position: position(offset),
    }));
    return { ok: false, form: 'rules', message: 'this list of rules is not valid JSON', problems: placed };
  }
  if (!Array.isArray(value)) return undefined;
  const entries = value as readonly Json[];
  const header = [...new Set(entries.filter((entry) => isObject(entry)).flatMap((entry) => Object.keys(entry)))];
  const rows: IncomingRow[] = entries.map((entry, index) => ({
    place: index + 1,
    cells: isObject(entry) ? header.map((key) => (Object.hasOwn(entry, key) ? entry[key] : undefined)) : [entry],
  }));
  const rules = rows.filter((_, index) => isObject(entries[index] ?? null));
  const others = rows.filter((row) => !rules.includes(row));
  return finished(
    'rules',
    rulesOf(header, rules, options, 'json'),
    others.map(({ place, cells }) => ({
      code: 'row-left-out',
      message: `entry ${String(place)} is no rule but ${quoted(JSON.stringify(cells[0]))}`,
      place,
    })),
    options,
  );
}

function finished(
  form: IntakeForm,
  taken: IncomingRules,
  more: readonly IntakeRemark[],
  options: IntakeOptions,
): IncomingPolicy {
  const { rules, columns, idsMade } = taken;
  const remarks = [...taken.remarks, ...more].sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const problems = remarks.map(({ code, message, place }) => ({
    pointer: '',
    code,
    message: place === undefined ? message : `${form === 'rules' ? 'rule' : 'line'} ${String(place)}: ${message}`,
  }));
  if (rules.length === 0) {
    const what = form === 'rules' ? 'this list' : 'this table';
    const effect = columns.some(({ reading }) => reading === 'effect');
    const message = effect
      ? `no rule was found in ${what}`
      : `${what} says of no row whether it allows or denies: a column that is named \`effect\` is needed`;
    return { ok: false, form, message, problems };
  }
  if (rules.length > LIMITS.rules)
    return refused(form, `a policy has at most 5,000 rules, and here are ${String(rules.length)}`);
  const bundle = bundleOf(options.name ?? 'Rules brought in', { rules, settings: DEFAULT_SETTINGS });
  return { ok: true, form, bundle, warnings: [], remarks, columns, idsMade };
}

function refused(form: IntakeForm | undefined, message: string): IncomingPolicy {
  return { ok: false, form, message, problems: [] };
}
