/**
 * Hidden characters of an expression ("Trojan Source", https://trojansource.codes): what a reader sees may differ from what is evaluated.
 */
import { confusableIn, hiddenIn, isSpace, type HiddenCharacter } from '../../text';
import { diagnostic, replace, type Diagnostic, type SourceRange } from '../syntax/diagnostic';
import { tokenize, type Token } from '../syntax/tokens';

/** A warning for each run of hidden characters, in the order of the source. Total: the source need not parse. */
export function hiddenCharacters(source: string): readonly Diagnostic[] {
  const hidden = hiddenIn(source);
  const spaces = hiddenIn(source, { spaces: true });
  if (spaces.length === 0) return [];
  const tokens = tokenize(source).filter(({ kind }) => kind === 'string' || kind === 'bytes' || kind === 'comment');
  const isInCode = (one: SourceRange): boolean => tokenAt(tokens, one) === undefined;
  // A space such as U+00A0 is ordinary in text, and no white space of the language.
  const found = spaces.filter((one) => hidden.some(({ start }) => start === one.start) || isInCode(one));
  return runsOf(found, tokens).map((run) => report(source, run));
}

interface HiddenRun extends SourceRange {
  readonly characters: readonly HiddenCharacter[];
  /** The string, bytes or comment that holds it. */
  readonly token: Token | undefined;
}

function tokenAt(tokens: readonly Token[], { start, end }: SourceRange): Token | undefined {
  return tokens.find((token) => token.start <= start && token.end >= end);
}

/** Neighbours in one token are reported together. */
function runsOf(found: readonly HiddenCharacter[], tokens: readonly Token[]): readonly HiddenRun[] {
  const runs: HiddenRun[] = [];
  for (const one of found) {
    const last = runs.at(-1);
    const token = tokenAt(tokens, one);
    if (last?.end === one.start && last.token === token)
      runs[runs.length - 1] = { ...last, end: one.end, characters: [...last.characters, one] };
    else runs.push({ start: one.start, end: one.end, characters: [one], token });
  }
  return runs;
}

const MOST_NAMED = 3;

function report(source: string, run: HiddenRun): Diagnostic {
  const { characters, token } = run;
  const named = characters.slice(0, MOST_NAMED).map(({ codePoint, name }) => `${codePoint} ${name}`);
  const more = characters.length - named.length;
  const list = `${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
  const place = token === undefined ? '' : ` in a ${token.kind === 'bytes' ? 'bytes literal' : token.kind}`;
  const deceit = characters.some(({ reorders }) => reorders)
    ? 'the text is drawn in another order than it is evaluated in'
    : 'it is not seen, and counts';
  return diagnostic(
    'check',
    'warning',
    'hidden-characters',
    `hidden ${characters.length === 1 ? 'character' : 'characters'} ${list}${place}: ${deceit}`,
    run,
    fixOf(source, run),
  );
}

/** Only what leaves the meaning as it is: a string gets escapes; in a comment, or between tokens, the characters go. */
function fixOf(source: string, { characters, token, start, end }: HiddenRun): Parameters<typeof diagnostic>[5] {
  if (token === undefined || token.kind === 'comment') {
    const text = characters.some(({ name }) => isSpace(name)) ? ' ' : '';
    return { fix: replace(characters.length === 1 ? 'Remove it' : 'Remove them', { start, end }, text) };
  }
  const prefix = /^[a-z]*/i.exec(source.slice(token.start, token.end))?.[0] ?? '';
  if (token.kind === 'bytes' || /r/i.test(prefix))
    return { help: 'if it is meant, write it as an escape in a literal that is not raw' };
  const escapes = characters.map(({ start: at }) => escapeOf(source.codePointAt(at) ?? 0)).join('');
  return {
    help: `if it is meant, write \`${escapes}\``,
    fix: replace(`Write \`${escapes}\``, { start, end }, escapes),
  };
}

const escapeOf = (code: number): string =>
  code > 0xff_ff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;

/** A remark for each string in which letters look like ones of the Latin alphabet, such as the Cyrillic `а` in `"p\u0430y"`. */
export function confusableLetters(source: string): readonly Diagnostic[] {
  if (confusableIn(source).length === 0) return [];
  return tokenize(source)
    .filter(({ kind }) => kind === 'string')
    .flatMap((token) => {
      const [first] = confusableIn(source.slice(token.start, token.end));
      if (first === undefined) return [];
      const range = { start: token.start + first.start, end: token.start + first.end };
      const { codePoint, script, letter, looksLike } = first;
      const message = `${codePoint} ${script} \`${letter}\` looks like \`${looksLike}\`, and is not equal to it`;
      return [diagnostic('check', 'info', 'confusable-letters', message, range)];
    });
}
