/** What is wrong with a value: where (a JSON pointer, RFC 6901), a stable code, and one line. */
export interface PolicyProblem {
  readonly pointer: string;
  readonly code: PolicyProblemCode;
  readonly message: string;
}

export type PolicyProblemCode =
  | 'type'
  | 'missing'
  | 'unknown-field'
  | 'empty'
  | 'not-a-choice'
  | 'duplicate-id'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'selector-empty'
  | 'selector-tag'
  | 'pattern-empty'
  | 'pattern-too-long'
  | 'pattern-too-many-alternatives'
  | 'patterns-too-many-alternatives'
  | 'gated-without-condition'
  | 'time'
  | 'args';

/** `pointer` with one more step. */
export const at = (pointer: string, step: string | number): string =>
  `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A value as a sentence names it. */
export function named(value: unknown): string {
  if (value === null) return '`null`';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? quoted(value) : `\`${String(value)}\``;
}

export function quoted(text: string): string {
  const characters = text.length > 60 ? [...text] : [];
  return characters.length > 60 ? `\`${characters.slice(0, 59).join('')}…\`` : `\`${text}\``;
}

/** More problems than this are not listed: a hostile document must not fill the memory with complaints. */
export const MOST_PROBLEMS = 10_001;

/** Collects problems. */
export class ProblemCollector {
  readonly problems: PolicyProblem[] = [];

  /** Nothing more is listed: long lists need not be looked through to their end. */
  get full(): boolean {
    return this.problems.length >= MOST_PROBLEMS;
  }

  add(pointer: string, code: PolicyProblemCode, message: string): void {
    if (!this.full) this.problems.push({ pointer, code, message });
  }

  wrongType(pointer: string, field: string, wanted: string, value: unknown): void {
    this.add(pointer, 'type', `\`${field}\` must be ${wanted}, not ${named(value)}`);
  }
}
