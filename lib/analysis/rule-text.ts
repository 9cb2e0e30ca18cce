/** What may deceive the eye in the texts of a rule; of its condition `hiddenCharacters` and `confusableLetters` of `lib/cel` report. */
import type { Facet, Rule } from '../engine';
import { confusableIn, hiddenIn, markHidden, readsAs, withoutHidden } from '../text';

export interface RuleTextFinding {
  readonly code: 'hidden-characters' | 'confusable-letters';
  readonly severity: 'warning' | 'info';
  /** JSON pointer in the rule. */
  readonly pointer: string;
  /** UTF-16 offsets in that text, of the first of the characters. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help?: string;
}

interface RuleText {
  readonly pointer: string;
  /** What a sentence calls it. */
  readonly what: string;
  readonly text: string;
  /** It is compared with what a call says: a selector or a tool pattern. */
  readonly compared: boolean;
}

const MOST_NAMED = 3;

/** Findings in the name, description, selectors and tool patterns of a rule, in this order. */
export function ruleTextFindings(rule: Rule): readonly RuleTextFinding[] {
  return textsOf(rule).flatMap((text) => [...hiddenFinding(text), ...(text.compared ? confusableFinding(text) : [])]);
}

function textsOf(rule: Rule): readonly RuleText[] {
  const prose = (field: 'name' | 'description'): RuleText => ({
    pointer: `/${field}`,
    what: `the ${field}`,
    text: rule[field],
    compared: false,
  });
  const facets = Object.entries(rule.scope) as readonly (readonly [Facet, readonly string[]])[];
  return [
    prose('name'),
    prose('description'),
    ...facets.flatMap(([facet, selectors]) =>
      selectors.map((text, i) => ({
        pointer: `/scope/${facet}/${String(i)}`,
        what: `selector \`${markHidden(text, { spaces: true })}\` in \`${facet}\``,
        text,
        compared: true,
      })),
    ),
    ...rule.tools.map((text, i) => ({
      pointer: `/tools/${String(i)}`,
      what: `tool pattern \`${markHidden(text, { spaces: true })}\``,
      text,
      compared: true,
    })),
  ];
}

function hiddenFinding({ pointer, what, text, compared }: RuleText): readonly RuleTextFinding[] {
  const hidden = hiddenIn(text, { spaces: compared });
  const [first] = hidden;
  if (first === undefined) return [];
  const list = listed(hidden.map(({ codePoint, name, start }) => `${codePoint} ${name} at ${String(start)}`));
  return [
    {
      code: 'hidden-characters',
      severity: 'warning',
      pointer,
      start: first.start,
      end: first.end,
      message: `${what} has hidden characters: ${list}`,
      help: compared
        ? `it matches only what has the same characters; without them it is \`${withoutHidden(text)}\``
        : 'remove them',
    },
  ];
}

function confusableFinding({ pointer, what, text }: RuleText): readonly RuleTextFinding[] {
  const letters = confusableIn(text);
  const [first] = letters;
  if (first === undefined) return [];
  const list = listed(
    letters.map(
      ({ codePoint, script, letter, looksLike }) => `${codePoint} ${script} \`${letter}\` as \`${looksLike}\``,
    ),
  );
  return [
    {
      code: 'confusable-letters',
      severity: 'info',
      pointer,
      start: first.start,
      end: first.end,
      message: `${what} has letters that look like others: ${list}`,
      help: `it reads as \`${readsAs(text)}\`, and does not match that`,
    },
  ];
}

function listed(all: readonly string[]): string {
  const more = all.length - MOST_NAMED;
  return `${all.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
