import { embeddedValues, type EmbeddedValue } from './embedded';
import type { SourceLine } from './lines';

type TextLine = Extract<SourceLine, { readonly text: string }>;

/** A value that is written over several lines; `first` is the line that it begins on. */
export interface MultilineValue {
  readonly first: TextLine;
  readonly value: EmbeddedValue;
}

/** Longer values are read line by line, so that each line is rejected by itself. */
const MOST_LINES = 5000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** The data of a server-sent event may be divided over several lines (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const DATA = /^\s*data:/;
const CONTINUATION = /^(?:\s|[\]}])/;

/**
 * Puts together the JSON values that a log writes over several lines: pretty-printed, or as the data of one server-sent event. Lines come
 * out as they went in where they are not such a value.
 */
export class MultilineValues {
  #lines: TextLine[] = [];
  #text = '';
  #depth = 0;
  #inString = false;

  push(line: SourceLine): readonly (SourceLine | MultilineValue)[] {
    if ('fault' in line) return [...this.flush(), line];
    if (this.#lines.length === 0) return this.#begin(line);
    if (!this.#continues(line)) return [...this.flush(), ...this.#begin(line)];
    this.#add(line, contentOf(line.text, DATA.test(this.#lines[0]?.text ?? '')));
    if (this.#depth > 0) return [];
    return this.#complete();
  }

  /** The lines that are held back, each by itself. */
  flush(): readonly SourceLine[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#text = '';
    this.#depth = 0;
    this.#inString = false;
    return lines;
  }

  #begin(line: TextLine): readonly SourceLine[] {
    const isData = DATA.test(line.text);
    const opening = /[[{]/.exec(line.text);
    const goesOn = isData ? opening !== null : /[[{,]\s*$/.test(line.text) && opening !== null;
    if (!goesOn) return [line];
    this.#add(line, contentOf(line.text, isData));
    return this.#depth > 0 ? [] : this.flush();
  }

  #continues(line: TextLine): boolean {
    const isData = DATA.test(this.#lines[0]?.text ?? '');
    if (this.#lines.length >= MOST_LINES || this.#text.length > MOST_CHARACTERS) return false;
    return isData ? DATA.test(line.text) : CONTINUATION.test(line.text);
  }

  #complete(): readonly (SourceLine | MultilineValue)[] {
    const [first] = this.#lines;
    const { values } = embeddedValues(this.#text);
    const [value] = values;
    const lines = this.flush();
    return first === undefined || value === undefined || values.length !== 1 ? lines : [{ first, value }];
  }

  #add(line: TextLine, content: string): void {
    const from = this.#lines.length === 0 ? Math.max(0, content.search(/[[{]/)) : 0;
    this.#lines.push(line);
    this.#text += this.#lines.length === 1 ? content : `\n${content}`;
    for (let i = from; i < content.length; i++) {
      const character = content[i];
      if (this.#inString) {
        if (character === '\\') i++;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth++;
      else if (character === '}' || character === ']') this.#depth--;
    }
    // JSON has no line break inside a text.
    this.#inString = false;
  }
}

const contentOf = (text: string, isData: boolean): string => (isData ? text.replace(/^\s*data: ?/, '') : text);
