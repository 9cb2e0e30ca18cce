import { bundleOf, type Bundle } from '../../lib/bundle';
import { callId, fillRule, ruleId, type Call } from '../../lib/engine';

/** Text to be put into every field of a bundle: `wrap` makes each different, so that names stay apart. */
type WrapText = (text: string) => string;

const callOf = (wrap: WrapText, i: number): Call => ({
  id: callId(wrap(`call${i}`)),
  agent: { slug: wrap('agent'), name: wrap('Agent'), tags: [wrap('tag')] },
  instance: { id: wrap('instance'), name: wrap('Instance'), tags: [wrap('tag')], client: { name: wrap('client'), version: wrap('1') } },
  user: { id: wrap('user'), email: wrap('mail'), name: wrap('User'), groups: [wrap('group')] },
  resource: { slug: wrap('resource'), name: wrap('Resource'), tags: [wrap('tag')] },
  tool: { name: wrap('tool'), title: wrap('Tool') },
  args: { [wrap('key')]: wrap('value'), list: [wrap('item'), { [wrap('inner')]: i }] },
  ip: '192.0.2.1',
  userAgent: wrap('browser'),
  recorded: { effect: 'deny', ruleId: wrap('rule'), ruleName: wrap('Rule'), reason: wrap('because') },
});

/** A bundle of so many rules with `wrap(text)` for every text in it. */
export function deceivingBundle(wrap: WrapText, rules: number): Bundle {
  const calls = Array.from({ length: 3 }, (_, i) => callOf(wrap, i));
  return bundleOf(
    wrap('Policy'),
    {
      rules: Array.from({ length: rules }, (_, i) =>
        fillRule({
          id: ruleId(wrap(`rule${i}`)),
          name: wrap(`Rule ${i}`),
          description: wrap('Description'),
          effect: i % 2 === 0 ? 'gated' : 'deny',
          scope: {
            agents: [wrap('agent')],
            users: [wrap('user')],
            groups: [wrap('group')],
            resources: [wrap('resource')],
          },
          tools: [wrap('tool')],
          condition: `request.args.list[0] == "${wrap('item')}x" // ${wrap('comment')}`,
        }),
      ),
      settings: { gatedWhenFalse: 'continue' },
    },
    {
      description: wrap('About'),
      notes: wrap('Notes'),
      trace: calls,
      ...(calls[0] === undefined ? {} : { focus: calls[0].id }),
      tests: calls.map((call, i) => ({ name: wrap(`Test ${i}`), call, expect: { effect: 'allow' as const } })),
      catalog: {
        resources: [
          {
            slug: wrap('resource'),
            name: wrap('Resource'),
            tags: [wrap('tag')],
            tools: [{ name: wrap('tool'), title: wrap('Tool'), description: wrap('Tool description') }],
          },
        ],
        agents: [{ slug: wrap('agent'), name: wrap('Agent'), tags: [wrap('tag')] }],
        instances: [{ id: wrap('instance'), name: wrap('Instance'), agent: wrap('agent') }],
        users: [{ id: wrap('user'), email: wrap('mail'), name: wrap('User'), groups: [wrap('group')] }],
        groups: [{ name: wrap('group') }],
      },
    },
  );
}
