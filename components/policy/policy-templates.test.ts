import { expect, test } from 'vitest';
import { diagnosticsOf } from '@/lib/editor';
import { callId, compilePolicy, decide, ruleId, validateRule, type Call } from '@/lib/engine';
import { POLICY_TEMPLATES, rulesOfTemplate } from './policy-templates';

const call = (tool: string, part: Partial<Call> = {}): Call => ({
  id: callId('c'),
  time: '2026-11-23T10:00:00Z',
  agent: { slug: 'cursor' },
  user: null,
  resource: { slug: 'github' },
  tool: { name: tool, annotations: null },
  args: {},
  ...part,
});

const CASES: Readonly<Record<string, { readonly allows: readonly Call[]; readonly denies: readonly Call[] }>> = {
  'Read only, everywhere': {
    allows: [call('x', { tool: { name: 'x', annotations: { readOnlyHint: true } } })],
    denies: [call('x'), call('x', { tool: { name: 'x', annotations: { readOnlyHint: false } } })],
  },
  'Read anything, write one repository': {
    allows: [call('get_file'), call('push_files', { args: { repo: 'docs' } })],
    denies: [call('push_files', { args: { repo: 'site' } }), call('push_files')],
  },
  'One Slack channel': {
    allows: [call('send_message', { resource: { slug: 'slack' }, args: { channel_id: 'C_GENERAL' } })],
    denies: [call('send_message', { resource: { slug: 'slack' }, args: { channel_id: 'C_BOARD' } }), call('get_file')],
  },
  'No deletes': {
    allows: [call('get_file')],
    denies: [call('delete_file'), call('bulk_delete'), call('repo_remove_user')],
  },
  'Nothing outside business hours': {
    allows: [call('deploy')],
    denies: [call('deploy', { time: '2026-11-22T10:00:00Z' }), call('deploy', { time: '2026-11-23T19:00:00Z' })],
  },
};

test.each(POLICY_TEMPLATES.map((template) => [template.title, template] as const))(
  'the template "%s" is valid, and decides as it says',
  async (title, template) => {
    let id = 0;
    const rules = rulesOfTemplate(template, () => ruleId(`r${(id += 1)}`));
    for (const rule of rules) {
      expect(validateRule(rule)).toEqual([]);
      expect(diagnosticsOf(rule.condition ?? 'true').filter(({ severity }) => severity !== 'info')).toEqual([]);
    }
    const policy = await compilePolicy({ rules, settings: { gatedWhenFalse: 'continue' } });
    const { allows = [], denies = [] } = CASES[title] ?? {};
    expect(allows.map((one) => decide(policy, one).effect)).toEqual(allows.map(() => 'allow'));
    expect(denies.map((one) => decide(policy, one).effect)).toEqual(denies.map(() => 'deny'));
    expect(allows.length * denies.length).toBeGreaterThan(0);
  },
);
