import { expect, it } from 'vitest';
import { run } from './testdata/harness';

const bundle = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Refunds',
  rules: [
    {
      id: 'a',
      name: 'Re\u202efunds',
      effect: 'deny',
      scope: { users: ['ana\u00a0ruiz'] },
      tools: ['p\u0430y', 're\u200bfund'],
      condition: 'user.id != "mallory\u202e \u2066// refunds are for the others\u2069 \u2066"',
    },
  ],
});

it('lint prints what deceives the eye, with marks', async () => {
  const { code, out } = await run(['lint', 'x'], { x: bundle });
  expect(code).toBe(0);
  for (const line of [
    'the name has hidden characters: U+202E right-to-left override at 2 (hidden-characters)',
    'selector `ana⟨U+00A0⟩ruiz` in `users` has hidden characters: U+00A0 no-break space at 3 (hidden-characters)',
    'tool pattern `p\u0430y` has letters that look like others: U+0430 Cyrillic `\u0430` as `a` (confusable-letters)',
    'tool pattern `re⟨U+200B⟩fund` has hidden characters: U+200B zero width space at 2 (hidden-characters)',
    'hidden character U+202E right-to-left override in a string',
    'user.id != "mallory⟨U+202E⟩ ⟨U+2066⟩// refunds',
  ])
    expect(out).toContain(line);
  expect(out).not.toMatch(/[\u200b\u202e\u2066\u2069]/);
});

it('lint --json gives the code, the pointer and the place', async () => {
  const { out } = await run(['lint', 'x', '--json'], { x: bundle });
  const findings = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { code: string; pointer: string; start?: number });
  const deceiving = findings.filter(({ code }) => code === 'hidden-characters' || code === 'confusable-letters');
  expect(deceiving.map(({ pointer, start }) => [pointer, start])).toEqual([
    ['/rules/0/name', 2],
    ['/rules/0/scope/users/0', 3],
    ['/rules/0/tools/1', 2],
    ['/rules/0/condition', 19],
    ['/rules/0/condition', 21],
    ['/rules/0/condition', 51],
    ['/rules/0/condition', 53],
    ['/rules/0/tools/0', 1],
  ]);
});
