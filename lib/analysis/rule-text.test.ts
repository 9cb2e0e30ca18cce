import { describe, expect, it } from 'vitest';
import { fillRule, ruleId, type WrittenRule } from '../engine';
import { ruleTextFindings } from './index';

const rule = (part: Partial<WrittenRule>) =>
  fillRule({ id: ruleId('a'), name: 'Refunds', effect: 'deny', tools: ['pay'], ...part });

describe('texts of a rule that deceive the eye', () => {
  it.each<[Partial<WrittenRule>, string, string, string, string | undefined]>([
    [
      { name: 'Refunds\u202e' },
      '/name',
      'hidden-characters',
      'the name has hidden characters: U+202E right-to-left override at 7',
      'remove them',
    ],
    [
      { description: '\u200b\u200b\u200b\u200b' },
      '/description',
      'hidden-characters',
      'the description has hidden characters: U+200B zero width space at 0, U+200B zero width space at 1, U+200B zero width space at 2 and 1 more',
      'remove them',
    ],
    [
      { scope: { users: ['ana\u00a0ruiz'] } },
      '/scope/users/0',
      'hidden-characters',
      'selector `ana⟨U+00A0⟩ruiz` in `users` has hidden characters: U+00A0 no-break space at 3',
      'it matches only what has the same characters; without them it is `ana ruiz`',
    ],
    [
      { tools: ['*', 'pay\u200b_*'] },
      '/tools/1',
      'hidden-characters',
      'tool pattern `pay⟨U+200B⟩_*` has hidden characters: U+200B zero width space at 3',
      'it matches only what has the same characters; without them it is `pay_*`',
    ],
    [
      { tools: ['p\u0430y'] },
      '/tools/0',
      'confusable-letters',
      'tool pattern `p\u0430y` has letters that look like others: U+0430 Cyrillic `\u0430` as `a`',
      'it reads as `pay`, and does not match that',
    ],
  ])('are found in %j', (part, pointer, code, message, help) => {
    expect(ruleTextFindings(rule(part))).toMatchObject([{ pointer, code, message, help }]);
  });

  it.each<Partial<WrittenRule>>([{}, { name: 'Почта\u00a0👩‍💻', scope: { groups: ['почта'] } }])(
    'are not found in %j',
    (part) => {
      expect(ruleTextFindings(rule(part))).toEqual([]);
    },
  );
});
