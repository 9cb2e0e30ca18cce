import { MAX_RULES, type Facet } from '../engine';
import type { LeftOutCalls, OpenedTool, PolicySuggestion } from '../suggest';

const callsOf = (count: number): string => (count === 1 ? '1 call' : `${grouped(count)} calls`);
const grouped = (count: number): string => count.toLocaleString('en-US');

/** Why some calls are not among those that a suggestion is made from. */
export function leftOutWords({ reason, fact = '', count, example }: LeftOutCalls): string {
  const [calls, are, lack] = count === 1 ? ['1 call', 'is', 'lacks'] : [`${grouped(count)} calls`, 'are', 'lack'];
  const such = `(such as \`${example}\`)`;
  switch (reason) {
    case 'recorded-denied':
      return `${calls} ${are} recorded as denied ${such}`;
    case 'not-recorded-allowed':
      return `${calls} ${are} not recorded as allowed ${such}`;
    case 'unknown-fact':
      return `${calls} ${lack} \`${fact}\`: it is not known ${such}`;
    case 'absent-fact':
      return `${calls} ${count === 1 ? 'has' : 'have'} no \`${fact}\`, so that no rule can name it ${such}`;
    case 'no-selector':
      return `the \`${fact}\` of ${calls} cannot be written in a rule so that it means nothing else ${such}`;
    case 'like-denied':
      return `${calls} cannot be distinguished from calls recorded as denied ${such}`;
    case 'undecided':
      return `${calls} ${are} not certainly allowed by rules of this kind ${such}`;
  }
}

const ANY_OF: Record<Facet, string> = {
  resources: 'every resource',
  agents: 'every agent',
  instances: 'every instance',
  users: 'every user',
  groups: 'every group',
};

/** Whom and what the rules do not tell apart; undefined where they name something in every facet. */
export function anyOfWords({ anyOf }: Pick<PolicySuggestion, 'anyOf'>): string | undefined {
  if (anyOf.length === 0) return undefined;
  const [last = '', ...before] = anyOf.map((facet) => ANY_OF[facet]).reverse();
  const listed = before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
  return `the rules are open to ${listed}`;
}

/** One tool that is opened without having been called so. */
export const openedToolWords = ({ resource, tool, combinations, called, destructive }: OpenedTool): string =>
  `\`${tool}\` on \`${resource}\`${destructive ? ' (destructive)' : ''}: ` +
  (called ? `open to ${grouped(combinations)} more than called it` : 'never called');

const SHOWN_PATTERNS = 5;

/** The catalog lists the tools that are known; a pattern fits others as well. Undefined where the rules name tools alone. */
export function openPatternWords({ rules }: Pick<PolicySuggestion, 'rules'>): string | undefined {
  const patterns = [...new Set(rules.flatMap(({ rule }) => rule.tools))].filter((tool) => tool.includes('*'));
  if (patterns.length === 0) return undefined;
  const shown = patterns.slice(0, SHOWN_PATTERNS).map((pattern) => `\`${pattern}\``);
  const more = patterns.length > shown.length ? ` and ${grouped(patterns.length - shown.length)} more` : '';
  return `tools that the catalog does not list, where ${shown.join(', ')}${more} ${patterns.length === 1 ? 'fits' : 'fit'} them`;
}

/** Why so many rules cannot be taken, and what makes them fewer; undefined where a policy has room for them. */
export function tooManyRulesWords(count: number): string | undefined {
  if (count <= MAX_RULES) return undefined;
  return (
    `these are ${grouped(count)} rules, and a policy has at most ${grouped(MAX_RULES)}: ` +
    'separate rules by fewer facts (by groups in place of users), name tools by wider patterns, or leave arguments open'
  );
}

/** What deciding every call, and every tool of the catalog, has shown. */
export function suggestionChecks({ checks }: PolicySuggestion): readonly string[] {
  const { allowed, denied, alsoAllowed, cells } = checks;
  const lines = [
    `replayed under these rules, ${callsOf(allowed)} of those taken ${allowed === 1 ? 'is' : 'are'} allowed`,
  ];
  if (denied.total > 0) {
    const unclear =
      denied.conditional === 0 ? '' : `, ${grouped(denied.conditional)} of them for want of facts not certainly`;
    lines.push(`none of ${callsOf(denied.total)} recorded as denied is allowed${unclear}`);
  }
  if (alsoAllowed > 0) lines.push(`${callsOf(alsoAllowed)} that were not taken would be allowed too`);
  if (cells.total > 0) {
    const checked =
      cells.checked < cells.total ? `${grouped(cells.checked)} of ${grouped(cells.total)}` : grouped(cells.total);
    lines.push(
      `of ${checked} combinations of names with tools of the catalog, ${grouped(cells.used)} were used, and ` +
        `${cells.opened === 0 ? 'no other of these is' : cells.opened === 1 ? '1 other is' : `${grouped(cells.opened)} others are`} opened`,
    );
  }
  return lines;
}
