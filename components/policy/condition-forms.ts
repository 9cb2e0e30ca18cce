/** A form of condition that is wanted often, to start from. */
export interface ConditionForm {
  readonly says: string;
  readonly source: string;
}

/** The commonest forms. Each tests first whether the argument that it reads is there. */
export const CONDITION_FORMS: readonly ConditionForm[] = [
  { says: 'an argument is a text', source: 'has(request.args.channel) && request.args.channel == "general"' },
  { says: 'it is one of several', source: 'has(request.args.repo) && request.args.repo in ["docs", "site"]' },
  { says: 'a number up to a limit', source: 'has(request.args.amount) && request.args.amount <= 500.0' },
  { says: 'a path below a folder', source: 'has(request.args.path) && request.args.path.startsWith("/srv/docs/")' },
  { says: 'a text that ends so', source: 'has(request.args.to) && request.args.to.endsWith("@acme.example")' },
  {
    says: 'every item of a list',
    source: 'has(request.args.recipients) && request.args.recipients.all(r, r.endsWith("@acme.example"))',
  },
  {
    says: 'a regular expression',
    source: 'has(request.args.branch) && request.args.branch.matches("^feature/[a-z-]+$")',
  },
  { says: 'the user is of a group', source: '"finance" in user.groups' },
  { says: 'it is this agent', source: 'agent.slug == "claude-code"' },
  {
    says: 'in working hours',
    source: 'request.time.getHours("Europe/Lisbon") >= 9 && request.time.getHours("Europe/Lisbon") < 18',
  },
];

export const OPERATORS: readonly (readonly [string, string])[] = [
  ['==  !=', 'equal, not equal'],
  ['<  <=  >  >=', 'less, more'],
  ['&&  ||  !', 'and, or, not'],
  ['in', 'a member of a list, a key of a map'],
  ['+  -  *  /  %', 'arithmetic between numbers of one type'],
  ['a ? b : c', 'b where a is true, else c'],
];

/** The condition with a form added: both must hold. */
export const withForm = (condition: string | null, form: string): string =>
  condition === null || condition.trim() === '' ? form : `(${condition.trim()}) && ${form}`;
