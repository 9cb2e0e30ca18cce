import { describe, expect, it } from 'vitest';
import { decodeLink, dismissalFor, dismissalOf, encodeLink, readBundle, writeBundle, digestOf } from '../bundle';
import { fillRule, ruleId, type Json } from '../engine';
import type { PolicyContent } from '../store';
import { applyCommand } from './apply';
import { bundleOfContent, contentOfBundle } from './bundle-content';
import { dismissedIn } from './dismissed';

const GATE = fillRule({
  id: ruleId('g'),
  name: 'Gate',
  effect: 'gated',
  tools: ['send_*'],
  condition: 'agent.slug == "a"',
});
const CONTENT: PolicyContent = {
  name: 'P',
  description: '',
  rules: [GATE],
  settings: { gatedWhenFalse: 'continue' },
  extra: { 'x-own': 1, dismissed: ['of another program'] },
};
const AT_CONDITION = { code: 'constant-condition', ruleId: GATE.id, pointer: '/rules/0/condition' };
const OF_RULE = { code: 'gate-falls-through', ruleId: GATE.id, pointer: '/rules/0' };

function dismissed(content: PolicyContent, finding: typeof OF_RULE, reason: string): PolicyContent {
  const command = { kind: 'dismiss-finding', dismissal: dismissalOf(content.rules, finding, reason) } as const;
  const applied = applyCommand(content, command);
  if (applied.kind !== 'applied') throw new Error(applied.kind);
  return applied.content;
}

describe('dismissing a finding', () => {
  it('keeps the reason, entries of another form, and other members', () => {
    const content = dismissed(dismissed(CONTENT, OF_RULE, 'meant'), OF_RULE, 'really meant');
    expect(dismissedIn(content)).toEqual([{ code: 'gate-falls-through', ruleId: 'g', at: '', reason: 'really meant' }]);
    expect(content.extra).toMatchObject({ 'x-own': 1, dismissed: ['of another program', { reason: 'really meant' }] });
  });

  it('holds as long as what it is about stays as it was', () => {
    const content = dismissed(CONTENT, AT_CONDITION, 'for now');
    const holds = (pointer: string, condition: string) =>
      dismissalFor(dismissedIn(content), [{ ...GATE, name: 'Renamed', condition }], { ...AT_CONDITION, pointer });
    expect(holds('/rules/0/condition', 'agent.slug == "a"')?.reason).toBe('for now');
    expect(holds('/rules/7/condition', 'agent.slug == "a"')?.reason).toBe('for now');
    expect(holds('/rules/0/condition', 'agent.slug == "b"')).toBeUndefined();
    expect(holds('/rules/0', 'agent.slug == "a"')).toBeUndefined();
  });

  it('is taken back by another command, without a trace', () => {
    const { extra: _extra, ...plain } = CONTENT;
    const [dismissal] = dismissedIn(dismissed(plain, OF_RULE, 'meant'));
    if (dismissal === undefined) throw new Error('not dismissed');
    expect(applyCommand(dismissed(plain, OF_RULE, 'meant'), { kind: 'restore-finding', dismissal })).toMatchObject({
      kind: 'applied',
      content: plain,
    });
    expect(applyCommand(plain, { kind: 'restore-finding', dismissal })).toEqual({ kind: 'unchanged' });
  });

  it('travels with the policy in a file and in a link, and leaves its digest alone', () => {
    const content = dismissed(CONTENT, AT_CONDITION, 'for `now`, <b>');
    const bundle = bundleOfContent(content);
    expect(digestOf(bundle)).toBe(digestOf(bundleOfContent(CONTENT)));
    const file = readBundle(writeBundle(bundle));
    const link = encodeLink(bundle);
    const opened = decodeLink(link.ok ? link.fragment : '');
    if (!file.ok || !opened.ok) throw new Error('not read');
    for (const read of [file.bundle, opened.bundle])
      expect(dismissedIn(contentOfBundle(read))).toEqual(dismissedIn(content));
  });

  it.each<readonly [string, Json]>([
    ['no list', { code: 'x' }],
    ['entries that are no objects', [1, null, 'x', []]],
    ['entries without a reason', [{ code: 'gate-falls-through', ruleId: 'g', at: '' }]],
    ['texts of another type', [{ code: 1, ruleId: 'g', at: '', reason: 'x' }]],
  ])('reads nothing from %s', (_, entries) => {
    expect(dismissedIn({ ...CONTENT, extra: { dismissed: entries } })).toEqual([]);
  });
});
