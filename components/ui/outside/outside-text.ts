import { createElement, type ReactElement, type ReactNode } from 'react';
import { hiddenIn, markHidden, type HiddenCharacter, type HiddenOptions } from '@/lib/text';

interface OutsideTextProps extends HiddenOptions {
  text: string;
}

/**
 * Text from outside: its hidden characters are drawn as marks that a screen reader names ("U+202E right-to-left override"), and its
 * writing direction ends where it ends; its words break where they must (`bdi` in globals.css). `spaces` marks unusual spaces too, for selectors and patterns.
 */
export function OutsideText({ text, spaces = false }: OutsideTextProps): ReactElement {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const hidden of hiddenIn(text, { spaces })) {
    if (hidden.start > at) parts.push(text.slice(at, hidden.start));
    parts.push(createElement(HiddenMark, { hidden }));
    at = hidden.end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return createElement('bdi', null, ...parts);
}

function HiddenMark({ hidden }: { hidden: HiddenCharacter }): ReactElement {
  const name = `${hidden.codePoint} ${hidden.name}`;
  return createElement(
    'span',
    { role: 'img', 'aria-label': name, title: name, className: 'hidden-mark' },
    hidden.codePoint,
  );
}

/** Letters that are written from right to left, and so move what is beside them (Unicode Standard Annex 9, classes R and AL). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A word so long that it must be able to break. */
const LONG_WORD = /\S{30}/;

const needsOutsideText = (text: string): boolean =>
  hiddenIn(text).length > 0 || RIGHT_TO_LEFT.test(text) || LONG_WORD.test(text);

/** Elements that hold characters only. */
const CHARACTERS_ONLY = new Set<unknown>(['option', 'title', 'text', 'tspan', 'textarea', 'style', 'script']);
/** Attributes that are drawn or read out. The value of an input is not among them: it is the text itself, and stays. */
const SHOWN_ATTRIBUTES = ['aria-label', 'title', 'alt', 'placeholder', 'aria-description', 'aria-valuetext'] as const;

/** The properties of an element with `OutsideText` in the place of each text that needs it: the same object where none does. */
export function shownProps(type: unknown, props: unknown): unknown {
  if (typeof props !== 'object' || props === null) return props;
  const given = props as Readonly<Record<string, unknown>>;
  let shown: Record<string, unknown> | undefined;
  const isElement = typeof type === 'string';
  for (const name of SHOWN_ATTRIBUTES) {
    const value = given[name];
    // What our own components are given is looked at where they draw it.
    if (typeof value !== 'string' || !(isElement || name === 'aria-label')) continue;
    const marked = markHidden(value);
    if (marked !== value) shown = { ...(shown ?? given), [name]: marked };
  }
  const { children } = given;
  const drawn = shownChildren(children, CHARACTERS_ONLY.has(type));
  return drawn === children ? (shown ?? props) : { ...(shown ?? given), children: drawn };
}

function shownChildren(children: unknown, charactersOnly: boolean, key?: number): unknown {
  if (typeof children === 'string') {
    if (charactersOnly) return markHidden(children);
    return needsOutsideText(children) ? createElement(OutsideText, { key, text: children }) : children;
  }
  if (!Array.isArray(children)) return children;
  const list: readonly unknown[] = children;
  const drawn = list.map((child, i) => shownChildren(child, charactersOnly, i));
  return drawn.some((child, i) => child !== list[i]) ? drawn : children;
}
