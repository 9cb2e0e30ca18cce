import { describe, expect, it } from 'vitest';
import { bundleOf, decodeLink, type Bundle } from '@/lib/bundle';
import { callId, fillRule, ruleId } from '@/lib/engine';
import { missingFor, rulesInWords, snippetOf, type EmbedChoice } from './embed-example';

const rule = fillRule({
  id: ruleId('a'),
  name: 'A',
  effect: 'gated',
  tools: ['send_*'],
  scope: { agents: ['tag:chat'] },
  condition: 'request.args.n < 3',
});
const BUNDLE: Bundle = bundleOf('A </script> policy', { rules: [rule], settings: { gatedWhenFalse: 'continue' } });
const CALL = { id: callId('c'), tool: { name: 'send_mail' }, args: { n: 1 } };

const CHOICE: EmbedChoice = {
  ...{ view: 'policy', theme: 'auto', height: 300, editable: true, rules: [], readable: false, pinned: true },
  ...{ task: '', hint: '' },
};
const pinnedScript = { name: 'embed.0123456789ab.js', integrity: 'sha384-x' };
const served = { playground: 'https://play.example/', pinnedScript };

describe('an example of a policy', () => {
  it('is the bundle that is shared', () => {
    const snippet = snippetOf(BUNDLE, CHOICE, served);
    const opened = decodeLink(snippet?.link ?? '');
    expect(opened.ok && opened.bundle.rules).toEqual(BUNDLE.rules);
    expect(snippet).toMatchObject({ script: pinnedScript, json: undefined, name: 'A </script> policy' });
  });

  it('has the task of an exercise, and without the hash where that is chosen', () => {
    const choice = { ...CHOICE, view: 'exercise', task: ' Do it. ', hint: '', readable: true, pinned: false } as const;
    const snippet = snippetOf(BUNDLE, choice, served);
    expect(JSON.parse(snippet?.json ?? '')).toMatchObject({ exercise: { task: 'Do it.' } });
    expect(snippet?.script).toEqual({ name: 'embed.js', integrity: '' });
    const unbuilt = { ...served, pinnedScript: undefined };
    expect(snippetOf(BUNDLE, CHOICE, unbuilt)?.script.name).toBe('embed.js');
  });

  it('has the words of the rules', () => {
    expect(rulesInWords(BUNDLE)).toEqual([
      {
        effect: 'Gated',
        sentence: [
          { text: 'tagged chat', code: true },
          { text: 'calling', code: false },
          { text: 'send_*', code: true },
          { text: 'on', code: false },
          { text: 'any resource', code: false },
        ],
        condition: 'request.args.n < 3',
        status: '',
      },
    ]);
  });

  it('says what a view lacks', () => {
    const bare = { ...BUNDLE, rules: [] };
    expect(missingFor('policy', bare)).toBeUndefined();
    for (const view of ['rule', 'decision', 'condition', 'exercise'] as const)
      expect(missingFor(view, bare)).toBeDefined();
    const whole = { ...BUNDLE, trace: [CALL], tests: [{ name: 't', call: CALL, expect: { effect: 'deny' } }] } as const;
    for (const view of ['rule', 'decision', 'condition', 'exercise'] as const) {
      expect(missingFor(view, whole)).toBeUndefined();
    }
  });
});
