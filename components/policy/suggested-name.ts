import type { Rule } from '@/lib/engine';
import { EFFECT_MARKS } from '../ui/effect-mark';

const MOST_CHARACTERS = 72;

const said = (values: readonly string[]): string => {
  const shown = values.slice(0, 2).map((value) => (value.startsWith('tag:') ? value.slice(4) : value));
  return values.length > 2 ? `${shown.join(', ')} and more` : shown.join(' and ');
};

/** A name for a rule without one, from its effect, tools and scope: "Deny delete_* on slack for cursor". */
export function suggestedName({ effect, tools, scope }: Pick<Rule, 'effect' | 'tools' | 'scope'>): string {
  const everything = tools.includes('*');
  const who = [...scope.agents, ...scope.instances, ...scope.users, ...scope.groups];
  const what = everything
    ? scope.resources.length === 0
      ? 'everything'
      : 'all tools'
    : tools.length === 0
      ? 'nothing'
      : said(tools);
  const name = [
    EFFECT_MARKS[effect].word,
    what,
    scope.resources.length === 0 ? '' : `on ${said(scope.resources)}`,
    who.length === 0 ? '' : `for ${said(who)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const characters = [...name];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : name;
}
