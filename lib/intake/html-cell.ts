/**
 * What a cell of an HTML table shows, as text with the tags that `readMarkup` knows: without hidden text, with the chosen option of a list,
 * the value of an input, and words for a switch or an icon that is all that a cell has.
 */
import { isFacet, type ColumnReading } from './fields';

/** A start or end tag; its attributes have no `<` in them, so that each match ends at the next tag. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>|<![^<>]*>/gi;
const ATTRIBUTE = /([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

/** Tags that are left to `readMarkup`. */
const KEPT = /^(?:br|wbr|p|div|li|ul|ol|b|strong|i|em|code|a|sub|sup|del|s|strike|span)$/;
const BLOCK =
  /^(?:h[1-6]|section|article|header|footer|main|nav|aside|dl|dt|dd|table|tbody|tr|t[dh]|details|summary|fieldset|figure|pre|blockquote|hr|address|form)$/;
const VOID = /^(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const UNSEEN = /^(?:script|style|template|noscript|datalist|head)$/;
const PICTURE = /^(?:img|svg|input|button|i|picture|object|canvas|video)$/;

/** A sign for something on a page that has no words: no word for an effect, a state or a name. */
const WORDLESS = '\ufffc';

type TagAttributes = ReadonlyMap<string, string>;

interface Choice {
  readonly isMultiple: boolean;
  readonly options: { text: string; readonly isSelected: boolean }[];
}

/** @param source the HTML between the tags of the cell; @param column what its column is about, and whether it has a heading */
export function htmlCell(
  source: string,
  column: { readonly reading: ColumnReading | undefined; readonly named: boolean },
) {
  return new CellReader(column.reading).read(source, column.named);
}

class CellReader {
  #text = '';
  /** Words of pictures and switches, which count where the cell shows no other. */
  readonly #labels = new Set<string>();
  #switch: 'on' | 'off' | undefined;
  #tags = 0;
  #pictures = 0;
  /** The hidden element that the reader is in, and how many of its name are open in it. */
  #hidden: { readonly name: string; depth: number } | undefined;
  #choice: Choice | undefined;
  #endedInline = false;

  constructor(private readonly reading: ColumnReading | undefined) {}

  read(source: string, named: boolean): string {
    let last = 0;
    for (const match of source.matchAll(TAG)) {
      this.put(source.slice(last, match.index));
      last = match.index + match[0].length;
      const [, closing = '', name = '', attributes = ''] = match;
      if (name !== '') this.tag(name.toLowerCase(), closing === '/', attributes);
    }
    this.put(source.slice(last));
    this.choose();
    return this.shown(named);
  }

  private shown(named: boolean): string {
    const words = this.#text.replace(/<[^<>]*>|&nbsp;/g, ' ').trim();
    const isState = this.reading === 'status' || this.reading === 'effect';
    if (words !== '')
      return this.reading === 'status' ? `${this.#text.trim()} ${this.mark()}`.trim() : this.#text.trim();
    if (!named || this.reading === 'nothing' || this.reading === 'position') return '';
    if (this.#switch !== undefined) return this.mark();
    if (this.#labels.size > 0) return [...this.#labels].join(' ');
    return this.#pictures > 0 || (isState && this.#tags > 0) ? WORDLESS : '';
  }

  private mark(): string {
    return this.#switch === undefined ? '' : this.#switch === 'on' ? '☑' : '☐';
  }

  private put(text: string): void {
    if (this.#hidden !== undefined || text === '') return;
    this.#endedInline = false;
    const option = this.#choice?.options.at(-1);
    if (option !== undefined) option.text += text;
    else if (this.#choice === undefined) this.#text += text;
  }

  private tag(name: string, isEnd: boolean, source: string): void {
    if (this.#hidden !== undefined) {
      if (name === this.#hidden.name && !source.endsWith('/')) this.#hidden.depth += isEnd ? -1 : 1;
      if (this.#hidden.depth === 0) this.#hidden = undefined;
      return;
    }
    if (name !== 'br' && name !== 'wbr') this.#tags++;
    const attributes = isEnd ? new Map<string, string>() : attributesOf(source);
    if (!isEnd && isHidden(name, attributes)) {
      if (!VOID.test(name) && !source.endsWith('/')) this.#hidden = { name, depth: 1 };
      return;
    }
    if (!isEnd) this.note(name, attributes);
    if (name === 'select') this.select(isEnd, attributes);
    else if (name === 'option' && this.#choice !== undefined && !isEnd) {
      this.#choice.options.push({ text: '', isSelected: attributes.has('selected') });
    } else if (this.#choice === undefined) this.keep(name, isEnd);
  }

  /** What an element says beside its text. */
  private note(name: string, attributes: TagAttributes): void {
    if (PICTURE.test(name)) this.#pictures++;
    const type = (attributes.get('type') ?? 'text').toLowerCase();
    const isInput = name === 'input';
    if (isInput && type === 'checkbox') this.#switch = attributes.has('checked') ? 'on' : 'off';
    const state = attributes.get('aria-checked') ?? attributes.get('aria-pressed');
    if (state === 'true' || state === 'false') this.#switch = state === 'true' ? 'on' : 'off';
    if (isInput && /^(?:text|search|email|url)$/.test(type)) this.put(attributes.get('value') ?? '');
    for (const label of ['aria-label', 'alt', 'title']) {
      const words = attributes.get(label)?.trim() ?? '';
      if (words !== '') this.#labels.add(words);
    }
  }

  /** An open list, or, at its end, the option that it shows: the chosen ones, or the first one of a list of which one is always chosen. */
  private select(isEnd: boolean, attributes: TagAttributes): void {
    this.choose();
    if (!isEnd) this.#choice = { isMultiple: attributes.has('multiple'), options: [] };
  }

  private choose(): void {
    const choice = this.#choice;
    if (choice === undefined) return;
    this.#choice = undefined;
    const selected = choice.options.filter(({ isSelected }) => isSelected);
    const texts = (selected.length > 0 || choice.isMultiple ? selected : choice.options.slice(0, 1)).map(({ text }) =>
      text.trim(),
    );
    this.put(choice.isMultiple ? texts.join(', ') : (texts.at(-1) ?? ''));
  }

  /** Leaves what breaks a line or may mark a name; parts of a condition stay together, and words of a name apart. */
  private keep(name: string, isEnd: boolean): void {
    if (BLOCK.test(name)) this.#text += '<br>';
    else if (KEPT.test(name) && name !== 'span') this.#text += isEnd ? `</${name}>` : `<${name}>`;
    else if (this.reading === 'condition') return;
    else if (this.reading === 'tools' || isListed(this.reading)) this.#text += isEnd ? '</span>' : '<span>';
    else if (!isEnd && this.#endedInline) this.#text += ' ';
    this.#endedInline = isEnd;
  }
}

const isListed = (reading: ColumnReading | undefined): boolean => reading !== undefined && isFacet(reading);

function attributesOf(source: string): TagAttributes {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? bare ?? '');
  }
  return found;
}

/** What a page does not show. Classes for readers of the screen alone are those of the common style sheets. */
function isHidden(name: string, attributes: TagAttributes): boolean {
  return (
    UNSEEN.test(name) ||
    attributes.has('hidden') ||
    (name === 'input' && attributes.get('type')?.toLowerCase() === 'hidden') ||
    /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)/i.test(attributes.get('style') ?? '') ||
    /(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:\s|$)/.test(attributes.get('class') ?? '')
  );
}
