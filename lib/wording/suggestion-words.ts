import type { Facet } from '../engine';
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
        `${cells.opened === 0 ? 'no other is' : cells.opened === 1 ? '1 other is' : `${grouped(cells.opened)} others are`} opened`,
    );
  }
  return lines;
}
