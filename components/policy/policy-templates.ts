import { fillRule, type Rule, type RuleId, type WrittenRule } from '@/lib/engine';

/** Rules to start an empty policy from. What they name (a repository, a channel) is an example to be changed. */
export interface PolicyTemplate {
  readonly title: string;
  /** One sentence on what is then possible. */
  readonly says: string;
  readonly rules: readonly Omit<WrittenRule, 'id'>[];
}

const READING = ['get_*', 'list_*', 'read_*', 'search_*'];

export const POLICY_TEMPLATES: readonly PolicyTemplate[] = [
  {
    title: 'Read only, everywhere',
    says: 'Tools of which the server says that they only read are allowed, and no others. No gateway checks what a server says.',
    rules: [
      {
        name: 'Read only',
        effect: 'allow',
        tools: ['*'],
        condition: 'has(tool.annotations) && has(tool.annotations.readOnlyHint) && tool.annotations.readOnlyHint',
      },
    ],
  },
  {
    title: 'Read anything, write one repository',
    says: 'Reading is allowed, and changes in one repository.',
    rules: [
      { name: 'Read anything', effect: 'allow', tools: READING },
      {
        name: 'Write one repository',
        effect: 'allow',
        scope: { resources: ['github'] },
        tools: ['*'],
        condition: 'has(request.args.repo) && request.args.repo == "docs"',
      },
    ],
  },
  {
    title: 'One Slack channel',
    says: 'Slack may be used in one channel; nothing else is allowed.',
    rules: [
      {
        name: 'One channel',
        effect: 'allow',
        scope: { resources: ['slack'] },
        tools: ['*'],
        condition: 'has(request.args.channel_id) && request.args.channel_id == "C_GENERAL"',
      },
    ],
  },
  {
    title: 'No deletes',
    says: 'Everything is allowed but tools that are named for deleting or removing.',
    rules: [
      {
        name: 'No deletes',
        effect: 'deny',
        tools: ['delete_*', '*_delete', '*_delete_*', 'remove_*', '*_remove', '*_remove_*'],
      },
      { name: 'Everything else', effect: 'allow', tools: ['*'] },
    ],
  },
  {
    title: 'Nothing outside business hours',
    says: 'Everything is allowed on weekdays from 9 to 17, and nothing at other times.',
    rules: [
      {
        name: 'Business hours',
        effect: 'allow',
        tools: ['*'],
        condition:
          'request.time.getDayOfWeek("Europe/Berlin") in [1, 2, 3, 4, 5] && request.time.getHours("Europe/Berlin") >= 9 && request.time.getHours("Europe/Berlin") < 17',
      },
    ],
  },
];

export const rulesOfTemplate = ({ rules }: PolicyTemplate, newId: () => RuleId): readonly Rule[] =>
  rules.map((rule) => fillRule({ ...rule, id: newId() }));
