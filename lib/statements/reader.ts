/** A line as words and values, read from left to right. */
import { fillRule, ruleId, validateRule, type Facet } from '../engine';
import type { ReadStatement, RuleReference, StatementProblem } from './model';

interface LineToken {
  readonly text: string;
  /** In backticks or double quotes: a value, never a word of the language. */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** Of a longer line nothing is read. */
export const MOST_CHARACTERS = 1_000;
const MOST_VALUES = 64;

class StatementFault extends Error {
  constructor(readonly problem: StatementProblem) {
    super(problem.message);
  }
}

/** Reads a line with a function that throws where it is wrong. Everything of the line must be read. */
export function readLine<T>(line: string, read: (reader: StatementReader) => T): ReadStatement<T> {
  try {
    const reader = new StatementReader(line, tokensOf(line));
    const statement = read(reader);
    reader.end();
    return { ok: true, statement };
  } catch (error) {
    if (error instanceof StatementFault) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Words, commas, and values in quotes, in which the quote itself is written twice. A full stop at the end of the line is left out. */
function tokensOf(line: string): readonly LineToken[] {
  if ([...line].length > MOST_CHARACTERS) {
    const message = `the line is longer than ${String(MOST_CHARACTERS)} characters`;
    throw new StatementFault({ message, start: 0, end: line.length });
  }
  const tokens: LineToken[] = [];
  for (const match of line.matchAll(/`((?:[^`]|``)*)(`?)|"((?:[^"]|"")*)("?)|,|[^\s,`"]+/g)) {
    const [text, ticked, tick, marked, mark] = match;
    const place = { start: match.index, end: match.index + text.length };
    if (tick === '' || mark === '') throw new StatementFault({ message: 'the quote is not closed', ...place });
    const value = ticked?.replaceAll('``', '`') ?? marked?.replaceAll('""', '"');
    tokens.push({ text: value ?? text, quoted: value !== undefined, ...place });
  }
  const last = tokens.at(-1);
  if (!last || last.quoted || !last.text.endsWith('.')) return tokens;
  const text = last.text.slice(0, -1);
  return text === '' ? tokens.slice(0, -1) : [...tokens.slice(0, -1), { ...last, text, end: last.end - 1 }];
}

export class StatementReader {
  #at = 0;
  constructor(
    private readonly line: string,
    private readonly tokens: readonly LineToken[],
  ) {}

  /** The next word, in lower case, where it is one of these; it is then read. */
  take<W extends string>(...words: readonly W[]): W | undefined {
    const word = words.find((one) => this.is(one));
    if (word !== undefined) this.#at++;
    return word;
  }

  /** The next word, which must be one of these. */
  expect<W extends string>(...words: readonly W[]): W {
    return this.take(...words) ?? this.fail(listed(words.map((word) => `\`${word}\``)));
  }

  /** As `expect`, where the word may be in quotes if more follows. */
  expectVerb<W extends string>(...words: readonly W[]): W {
    const [token, next] = [this.tokens[this.#at], this.tokens[this.#at + 1]];
    const word = token?.quoted === true && next ? words.find((one) => one === token.text.toLowerCase()) : undefined;
    if (word === undefined) return this.expect(...words);
    this.#at++;
    return word;
  }

  is(word: string, ahead = 0): boolean {
    const token = this.tokens[this.#at + ahead];
    return token?.quoted === false && token.text.toLowerCase() === word;
  }

  /** One or more selectors or patterns, separated by commas, `or` or `and`. */
  values(of: Facet | 'tools', what: string): readonly string[] {
    const values = [this.value(what, of)];
    while (this.take(',', 'or', 'and') !== undefined) {
      this.take('or', 'and');
      values.push(this.value(what, of));
    }
    if (values.length > MOST_VALUES) this.fail(`at most ${String(MOST_VALUES)} values`);
    return [...new Set(values)];
  }

  /** A rule by its position, id or name. */
  rule(): RuleReference {
    const token = this.tokens[this.#at];
    const value = this.value('a rule');
    return token?.quoted === false && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : value;
  }

  private value(what: string, of?: Facet | 'tools'): string {
    const token = this.tokens[this.#at];
    if (!token || (!token.quoted && (token.text === ',' || isWord(token.text))) || token.text === '')
      return this.fail(what);
    const problem = of === undefined ? undefined : problemOf(of, token.text);
    if (problem !== undefined) throw new StatementFault({ message: problem, start: token.start, end: token.end });
    this.#at++;
    return token.text;
  }

  end(): void {
    if (this.#at < this.tokens.length) this.fail('the end of the line');
  }

  fail(expected: string): never {
    const token = this.tokens[this.#at];
    const found = token === undefined ? 'the line ends' : `found \`${token.text}\``;
    const { start, end } = token ?? { start: this.line.trimEnd().length, end: this.line.trimEnd().length };
    throw new StatementFault({ message: `expected ${expected}, but ${found}`, start, end });
  }
}

/** Words that are values only in quotes: without this, a missing value would be noticed too late. */
const WORDS = new Set(
  'no one but except may ever never always is the any every tool tools on or and for that which agent user group instance'.split(
    ' ',
  ),
);
const isWord = (text: string): boolean => WORDS.has(text.toLowerCase());

/** What is wrong with a selector or pattern, as the engine says it of a rule. */
function problemOf(of: Facet | 'tools', value: string): string | undefined {
  const rule = fillRule({
    ...{ id: ruleId('statement'), name: 'statement', effect: 'allow' as const },
    ...(of === 'tools' ? { tools: [value] } : { tools: ['*'], scope: { [of]: [value] } }),
  });
  return validateRule(rule)[0]?.message;
}

const listed = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1) ?? ''}`;
