/** Values that may change the outcome of a comparison: guesses, the nearest first. The caller decides with each before it is shown. */
import { CelTimestamp, formatTimestamp, parseTimestamp, suggest } from '../../cel';
import type { Json } from '../../engine';

export interface CandidateValue {
  readonly value: Json;
  /** One of many possible values. */
  readonly example?: true;
}

const MOST = 8;
const OPPOSITE: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/**
 * @param operator as written: `==`, `<=`, `in`, `startsWith`, …
 * @param side where the fact is
 * @param current the fact's value now, undefined where there is none
 * @param other the value on the other side
 * @param wanted what the comparison is to give
 */
export function candidatesFor(
  operator: string,
  side: 'left' | 'right',
  current: Json | undefined,
  other: Json,
  wanted: boolean,
): readonly CandidateValue[] {
  if (operator === 'in') return side === 'left' ? memberOf(current, other, wanted) : holding(current, other, wanted);
  const text = typeof current === 'string' ? current : '';
  if (typeof other === 'string' && side === 'left') {
    if (operator === 'startsWith') return wanted ? beginning(text, other) : [plain(text.slice(other.length)), OTHER];
    if (operator === 'endsWith') return wanted ? ending(text, other) : [plain(text.slice(0, -other.length)), OTHER];
    if (operator === 'contains')
      return wanted ? [plain(text + other), plain(other)] : [plain(text.replaceAll(other, ''))];
    if (operator === 'matches') return wanted ? literalParts(other) : [plain(''), OTHER];
  }
  const positive = wanted ? operator : OPPOSITE[operator];
  const turned = positive === undefined ? undefined : side === 'left' ? positive : (MIRRORED[positive] ?? positive);
  return turned === undefined ? [] : compared(turned, other);
}

const plain = (value: Json): CandidateValue => ({ value });
const OTHER: CandidateValue = { value: 'other', example: true };

function compared(operator: string, bound: Json): readonly CandidateValue[] {
  if (operator === '==' || ((operator === '<=' || operator === '>=') && typeof bound !== 'boolean'))
    return [plain(bound)];
  if (operator === '!=') return [another(bound)];
  if (typeof bound === 'number') {
    const next = operator === '<' ? Math.ceil(bound) - 1 : Math.floor(bound) + 1;
    return [
      plain(next),
      plain(operator === '<' ? bound - Math.abs(bound) / 10 - 0.1 : bound + Math.abs(bound) / 10 + 0.1),
    ];
  }
  if (typeof bound === 'string') return operator === '<' ? [plain('')] : [plain(`${bound}a`)];
  return [];
}

function another(value: Json): CandidateValue {
  if (typeof value === 'boolean') return plain(!value);
  if (typeof value === 'number') return { value: value + 1, example: true };
  return OTHER;
}

function memberOf(current: Json | undefined, range: Json, wanted: boolean): readonly CandidateValue[] {
  const items: readonly Json[] = Array.isArray(range) ? range : Object.keys(range ?? {});
  if (!wanted) return [OTHER, { value: 0, example: true }];
  const texts = items.filter((item) => typeof item === 'string');
  const near = typeof current === 'string' ? suggest(current, texts) : undefined;
  const sorted = near === undefined ? items : [near, ...items.filter((item) => item !== near)];
  return sorted.slice(0, MOST).map(plain);
}

/** The list with the item added or removed. */
function holding(current: Json | undefined, item: Json, wanted: boolean): readonly CandidateValue[] {
  const list: readonly Json[] = Array.isArray(current) ? current : [];
  return [plain(wanted ? [...list, item] : list.filter((one) => one !== item))];
}

/** For a prefix that ends in `/`, the last part of the path after it; otherwise the whole text after it. */
function beginning(text: string, start: string): readonly CandidateValue[] {
  const last = /[^/]*$/.exec(text)?.[0] ?? '';
  const joined = start.endsWith('/') ? start + text.replace(/^\/+/, '') : start + text;
  return distinct([...(start.endsWith('/') && last !== '' ? [start + last] : []), joined, start]);
}

/** Keeps the text before the last occurrence of the first sign of the suffix (`@`, `.`). */
function ending(text: string, end: string): readonly CandidateValue[] {
  const mark = /^[^\p{L}\p{N}]/u.exec(end)?.[0];
  const at = mark === undefined ? -1 : text.lastIndexOf(mark);
  return distinct([...(at >= 0 ? [text.slice(0, at) + end] : []), text + end, end]);
}

/** Literal alternatives of a simple regular expression: `^(main|release)$` gives `main` and `release`. */
function literalParts(pattern: string): readonly CandidateValue[] {
  const inner = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\((?:\?:)?(.*)\)$/, '$1');
  return distinct(inner.split('|').map((part) => part.replace(/\\([^\w\s])/g, '$1')));
}

const distinct = (texts: readonly string[]): readonly CandidateValue[] => [...new Set(texts)].slice(0, MOST).map(plain);

const HOUR = 3600;
const NEAR_HOURS = Array.from({ length: 24 * 7 - 1 }, (_, i) => i + 1);

/** Times near a time, hour by hour, the nearest first: for conditions on hours and days. */
export function nearTimes(time: string): readonly CandidateValue[] {
  const at = parseTimestamp(time);
  if (at === undefined) return [];
  const moved = NEAR_HOURS.flatMap((hours) => [at.seconds + hours * HOUR, at.seconds - hours * HOUR]);
  return moved.map((seconds) => ({ value: formatTimestamp(new CelTimestamp(seconds, 0, 0)), example: true }));
}
