import { encodeLink, writeBundle, type Bundle } from '@/lib/bundle';
import {
  PRESENT_SCRIPT,
  type EmbedScriptFile,
  type EmbedSnippet,
  type EmbedTheme,
  type EmbedView,
  type RuleRange,
  type SnippetRule,
} from '@/lib/embed';
import { sentenceOf } from '../policy/sentence';
import { EFFECT_MARKS } from '../ui/effect-mark';

/** What the user chooses of an embed. */
export interface EmbedChoice {
  readonly view: EmbedView;
  readonly theme: EmbedTheme;
  readonly height: number;
  readonly editable: boolean;
  readonly rules: readonly RuleRange[];
  /** Whether the page contains the policy as JSON, and not as a link. */
  readonly readable: boolean;
  /** Whether the snippet has the file of the script that never changes, with its hash. */
  readonly pinned: boolean;
  readonly task: string;
  readonly hint: string;
}

/** What a view shows that the bundle does not have, and how to add it; undefined where nothing is missing. */
export function missingFor(view: EmbedView, { rules, trace = [], tests = [] }: Bundle): string | undefined {
  const hasCall = trace.length > 0 || tests.length > 0;
  switch (view) {
    case 'decision':
      return hasCall ? undefined : 'A decision needs a call: choose “The call in focus” above.';
    case 'condition':
      return rules.some(({ condition }) => condition !== null) ? undefined : 'No rule of this policy has a condition.';
    case 'exercise':
      return tests.length > 0 ? undefined : 'An exercise is solved when its tests pass: choose “The tests” above.';
    case 'rule':
      return rules.length > 0 ? undefined : 'This policy has no rule.';
    case 'policy':
      return undefined;
  }
}

/** The bundle that the embed shows: with the task, where it is an exercise. */
export const embeddedBundle = (bundle: Bundle, { view, task, hint }: EmbedChoice): Bundle =>
  view === 'exercise'
    ? { ...bundle, exercise: { task: task.trim(), ...(hint.trim() === '' ? {} : { hint: hint.trim() }) } }
    : bundle;

interface ServedPlayground {
  readonly playground: string;
  /** The script that never changes; undefined where the site has only `embed.js`. */
  readonly pinnedScript: EmbedScriptFile | undefined;
}

/** What snippets are made of; undefined where the bundle cannot be put into a link. */
export function snippetOf(bundle: Bundle, choice: EmbedChoice, served: ServedPlayground): EmbedSnippet | undefined {
  const { view, theme, editable, rules, height, readable, pinned } = choice;
  const shown = embeddedBundle(bundle, choice);
  const link = encodeLink(shown);
  if (!link.ok) return undefined;
  return {
    playground: served.playground,
    script: (pinned ? served.pinnedScript : undefined) ?? PRESENT_SCRIPT,
    link: link.fragment,
    json: readable ? JSON.stringify(JSON.parse(writeBundle(shown)), null, 2) : undefined,
    options: { view, theme, editable, rules },
    height,
    name: bundle.name,
    rules: rulesInWords(bundle),
  };
}

export const rulesInWords = ({ rules }: Pick<Bundle, 'rules'>): readonly SnippetRule[] =>
  rules.map((rule) => ({
    effect: EFFECT_MARKS[rule.effect].word,
    sentence: sentenceOf(rule).map((part) => ({ text: part.text, code: part.kind === 'value' && !part.any })),
    condition: rule.condition,
    status: rule.status === 'active' ? '' : rule.status,
  }));
