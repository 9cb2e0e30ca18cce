/**
 * The text of a table's cell without the markup around it: Markdown's escapes, links, code and emphasis (CommonMark 0.31, GFM tables), and the
 * HTML that Markdown allows. What is undone by these rules is certain; what only may be markup is a doubt, which the caller reports.
 */

/** A cell as it reads. `literal` says of each UTF-16 unit that it was escaped or in code: it is no markup, and no decoration. */
export interface CellText {
  readonly text: string;
  readonly literal: readonly boolean[];
  /** Why the cell may not say what it seems to: each a clause in lower case. */
  readonly doubts: readonly string[];
}

/** Names of HTML's character references that editors write; a number works for every other character. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ast: '*',
  midast: '*',
  lowbar: '_',
  UnderBar: '_',
  vert: '|',
  verbar: '|',
  VerticalLine: '|',
  bsol: '\\',
  grave: '`',
  colon: ':',
  comma: ',',
  semi: ';',
  period: '.',
  sol: '/',
  commat: '@',
  num: '#',
  quest: '?',
  excl: '!',
  equals: '=',
  percnt: '%',
  dollar: '$',
  plus: '+',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  lcub: '{',
  lbrace: '{',
  rcub: '}',
  rbrace: '}',
  Tab: '\t',
  NewLine: '\n',
  shy: '\u00ad',
  zwsp: '\u200b',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
};

const ESCAPE = /\\([!-/:-@[-`{-~])/y;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,12}));/y;
const FOOTNOTE = /\[\^[^\]\s]{1,40}\]/y;
/** `[words](address "title")` and `[words][label]`, an image with its `!` as well. */
const LINK =
  /!?\[((?:\\.|[^\\[\]]){1,1000})\](?:\(\s*(?:<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?)(?:\s+(?:"[^"]{0,500}"|'[^']{0,500}'))?\s*\)|\[[^\][]{0,200}\])/y;
const AUTOLINK = /<(?:mailto:)?([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{1,2000}|[^\s<>@:]{1,200}@[^\s<>@]{1,200})>/y;
const TAG =
  /<(\/?)(br|wbr|p|div|li|ul|ol|b|strong|i|em|code|kbd|samp|tt|var|span|a|font|small|sub|sup|u|mark|pre|img|del|s|strike)\b[^<>]{0,2000}>/iy;
/** The start of an element in a line that has text in it. */
const NEXT_ELEMENT = /<(?!(?:br|wbr|p|div|li|ul|ol)\b)[a-z]+\b[^<>]{0,2000}>(?!\s|<\/)/iy;
const BREAKS = /^(?:br|p|div|li|ul|ol)$/i;
const STRUCK = /^(?:del|s|strike)$/i;

/** Undoes the markup of a cell, in linear time. Of JSON and the like nothing is to be undone. */
export function readMarkup(source: string, { markdown }: { readonly markdown: boolean }): CellText {
  return new MarkupReader(source, markdown).read();
}

/** How far the end of code is looked for: as far as a condition may be long. */
const CODE_REACH = 4096;

/** INVARIANT: each construct is matched at one place and has a bounded reach, or consumes what it meets. */
class MarkupReader {
  private at = 0;
  private readonly letters: string[] = [];
  private readonly literal: boolean[] = [];
  private readonly doubts = new Set<string>();
  /** No comment ends behind `at`, so that none is looked for again. */
  private hasNoComment = false;

  constructor(
    private readonly source: string,
    private readonly markdown: boolean,
  ) {}

  read(): CellText {
    while (this.at < this.source.length) {
      const here = this.source.charAt(this.at);
      if (this.construct(here)) continue;
      this.put(here, false);
      this.at++;
    }
    const text = this.letters.join('');
    if (/~~[^~]+~~/.test(text)) this.doubts.add('it is struck out');
    return { text, literal: this.literal, doubts: [...this.doubts] };
  }

  private put(text: string, isLiteral: boolean): void {
    for (let at = 0; at < text.length; at++) {
      this.letters.push(text.charAt(at));
      this.literal.push(isLiteral);
    }
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match !== null) this.at = pattern.lastIndex;
    return match ?? undefined;
  }

  /** Takes the construct at `at`; false where the character there is itself. */
  private construct(here: string): boolean {
    switch (here) {
      case '`':
        return this.code();
      case '\\':
        return this.escape();
      case '&':
        return this.reference();
      case '!':
      case '[':
        return this.link();
      case '<':
        return this.comment() || this.autolink() || this.tag();
      default:
        return false;
    }
  }

  /** A run of backticks: with its like behind it the code between them is literal, otherwise the run is (CommonMark, 6.1). */
  private code(): boolean {
    const ticks = /`+/g;
    ticks.lastIndex = this.at;
    const opening = ticks.exec(this.source)?.[0] ?? '`';
    const inside = this.at + opening.length;
    let run = ticks.exec(this.source);
    while (run !== null && run[0].length !== opening.length && run.index - inside <= CODE_REACH) {
      run = ticks.exec(this.source);
    }
    const closes = run?.[0].length === opening.length && run.index - inside <= CODE_REACH;
    this.put(closes ? this.source.slice(inside, run?.index) : opening, closes);
    this.at = closes ? ticks.lastIndex : inside;
    return true;
  }

  private escape(): boolean {
    const match = this.take(ESCAPE);
    if (match === undefined) return false;
    this.put(match[1] ?? '', true);
    if (!this.markdown) this.doubts.add('it has escapes of Markdown, though it is in no Markdown table');
    return true;
  }

  private reference(): boolean {
    const match = this.take(ENTITY);
    if (match === undefined) return false;
    const decoded = entity(match);
    this.put(decoded ?? match[0], decoded !== undefined && decoded.trim() !== '');
    return true;
  }

  private link(): boolean {
    if (this.take(FOOTNOTE) !== undefined) {
      this.doubts.add('it has a footnote, which may narrow it');
      return true;
    }
    const match = this.take(LINK);
    if (match === undefined) return false;
    const words = readMarkup(match[1] ?? '', { markdown: true });
    words.doubts.forEach((doubt) => this.doubts.add(doubt));
    for (let at = 0; at < words.text.length; at++) this.put(words.text.charAt(at), words.literal[at] === true);
    return true;
  }

  private comment(): boolean {
    if (this.hasNoComment || !this.source.startsWith('<!--', this.at)) return false;
    const end = this.source.indexOf('-->', this.at + 4);
    if (end < 0) this.hasNoComment = true;
    else this.at = end + 3;
    return end >= 0;
  }

  private autolink(): boolean {
    const match = this.take(AUTOLINK);
    if (match !== undefined) this.put(match[1] ?? '', true);
    return match !== undefined;
  }

  private tag(): boolean {
    const [, closing, name = ''] = this.take(TAG) ?? [];
    if (closing === '/' && !BREAKS.test(name) && this.source.charAt(this.at) === '<') this.adjoin();
    if (STRUCK.test(name)) this.doubts.add('it is struck out');
    if (/^su[bp]$/i.test(name)) this.doubts.add('it has a raised or lowered part, which may be a footnote');
    if (BREAKS.test(name)) this.put('\n', false);
    return name !== '';
  }

  /** Where an element ends and the next one begins with nothing between them: two names, or one in two colours. */
  private adjoin(): void {
    NEXT_ELEMENT.lastIndex = this.at;
    if (NEXT_ELEMENT.test(this.source) && /\S/.test(this.letters.at(-1) ?? ' '))
      this.doubts.add('it has two parts beside each other with nothing between them');
  }
}

function entity([, decimal, hexadecimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : undefined;
}

/** The line below the header of a table: `| --- | :--: |`. */
export const isMarkdownRuler = (line: string): boolean => /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line);

/** The cells of a row of a Markdown table: a bar is escaped by a backslash, inside of code too (GFM, "Tables"). */
export function markdownCells(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const row = line.trim();
  for (let at = 0; at < row.length; at++) {
    const here = row.charAt(at);
    if (here === '\\' && row[at + 1] === '|') {
      cell += '|';
      at++;
    } else if (here === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += here;
  }
  cells.push(cell.trim());
  if (row.startsWith('|')) cells.shift();
  if (cells.length > 1 && cells.at(-1) === '' && row.endsWith('|')) cells.pop();
  return cells;
}

/** White space that is none of ASCII, and characters that show nothing: pages put them in to wrap and to align. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]/gu;

/** A text with invisible characters taken out and odd white space made plain; `changed` where that is more than its ends. */
export function withoutInvisible(text: string): { readonly text: string; readonly changed: boolean } {
  const plain = text.replace(INVISIBLE, (here) => (/\s/.test(here) && here !== '\ufeff' ? ' ' : '')).trim();
  return { text: plain, changed: plain !== text.trim() };
}
