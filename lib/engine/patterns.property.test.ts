import fc from 'fast-check';
import { braceExpand } from 'minimatch';
import { describe, expect, it, vi } from 'vitest';
import { countAlternatives } from './match/braces';
import { loadMatchers, matchesEveryName, starMatcher } from './match/matchers';
import { isPortablePattern, MAX_ALTERNATIVES, patternProblem, portabilityWarning } from './match/patterns';
import { flipped, OURS } from './model/readings';

vi.setConfig({ testTimeout: 60_000 });

const matches = async (pattern: string, name: string, readings = OURS): Promise<boolean> =>
  (await loadMatchers([pattern]))(pattern, readings)(name);

/** Pattern, name, whether it matches. */
const CASES: readonly [string, string, boolean][] = [
  ['*', '', true],
  ['*', 'a/b.c:d-e', true],
  ['send_*', 'send_message', true],
  ['send_*', 'send_', true],
  ['send_*', 'Send_message', false],
  ['send_*', 'resend_x', false],
  ['*_file', 'read_file', true],
  ['*_file', '_file', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'aab', false],
  ['a**b', 'ab', true],
  ['!send', '!send', true],
  ['!send', 'other', false],
  ['#note', '#note', true],
  ['a\\*', 'a\\bc', true],
  ['a\\*', 'a*', false],
  ['a.b', 'axb', false],
  ['+(a)', '+(a)', true],
  ['{send,post}_*', 'send_a/b', true],
  ['{send,post}_*', 'post_', true],
  ['{send,post}_*', 'sent_x', false],
  ['get_?', 'get_a', true],
  ['get_?', 'get_/', true],
  ['get_?', 'get_ab', false],
  ['get_?', 'get_', false],
  ['get_?', 'get_😀', true],
  ['[a-c]x', 'bx', true],
  ['[a-c]x', 'dx', false],
  ['[!a-c]x', 'dx', true],
  ['[!a]x', '/x', true],
  ['[/]x', '/x', true],
  ['a[', 'a[', true],
  ['a[b', 'a[b', true],
  ['a{b', 'a{b', true],
  ['a{b,c', 'a{b,c', true],
  ['a{b}', 'a{b}', true],
  ['?(a)', 'x(a)', true],
  ['?(a)', 'a', false],
  ['!{a,b}', '!a', true],
  ['!{a,b}', 'c', false],
  ['#[a]', '#a', true],
  ['{a\\,b}', 'a\\', true],
  ['{a\\,b}', 'b', true],
  ['[\\d]', '\\', true],
  ['[\\d]', 'd', true],
  ['[\\d]', '7', false],
  ['?\\*', 'x\\yz', true],
  ['{**,x}_y', 'a/b_y', true],
  ['*/[a-z]*', 'ns/x/y', true],
  ['.[a-z]*', '.env', true],
  ['[a-z]*', '.env', false],
  ['{1..3}', '2', true],
  ['{1..200}x', '150x', true],
  ['[[:digit:]]', '7', true],
  ['?\uE000', 'a\uE000', true],
  ['?\uE000', 'a/', false],
  ['?/', 'a\uE000', false],
  ['?/', 'a/', true],
  ['[/]\uE000', '/\uE000', true],
];

describe('patterns', () => {
  it.each(CASES)('%j against %j: %j', async (pattern, name, expected) => {
    expect(await matches(pattern, name)).toBe(expected);
  });

  it('matches every name by stars alone', () => {
    expect(['*', '**', '', 'a*', '{*,a}'].map((pattern) => matchesEveryName(pattern, OURS))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(matchesEveryName('*', flipped('star'))).toBe(false);
  });

  it.each([
    ['', 'pattern-empty', 'a tool pattern must have at least one character'],
    ['x'.repeat(257), 'pattern-too-long', `tool pattern \`${'x'.repeat(24)}…\` is longer than 256 characters`],
    ['{1..1001}', 'pattern-too-many-alternatives', 'tool pattern `{1..1001}` stands for more than 1,000 alternatives'],
    [
      '{a,b}'.repeat(10),
      'pattern-too-many-alternatives',
      `tool pattern \`${'{a,b}'.repeat(10)}\` stands for more than 1,000 alternatives`,
    ],
  ])('refuses %j', (pattern, code, message) => {
    expect(patternProblem(pattern)).toEqual({ code, message });
  });

  it.each(['*', 'x'.repeat(256), '😀'.repeat(256), '{1..1000}', '{', '[', '!', '#', '{a,b}'.repeat(9)])(
    'accepts %j',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined();
    },
  );

  it('warns of what the gateway does not document', () => {
    expect(portabilityWarning('send_*')).toBeUndefined();
    expect(portabilityWarning('{a,b}?')).toBe(
      'tool pattern `{a,b}?` uses `{` and `?`, which the gateway does not document: only `*` is',
    );
    expect(isPortablePattern('a*')).toBe(true);
  });

  it('matches nothing by a pattern that is not valid', async () => {
    expect(await matches('{1..1001}', '5')).toBe(false);
    expect(await matches('', '')).toBe(false);
  });
});

describe('`*`', () => {
  /** By trying every split. */
  const oracle = (pattern: string, name: string): boolean => {
    if (pattern === '') return name === '';
    if (pattern[0] !== '*') return pattern[0] === name[0] && name !== '' && oracle(pattern.slice(1), name.slice(1));
    for (let i = 0; i <= name.length; i++) if (oracle(pattern.slice(1), name.slice(i))) return true;
    return false;
  };
  const stopping = (pattern: string, name: string): boolean => {
    if (pattern === '') return name === '';
    if (pattern[0] !== '*') return pattern[0] === name[0] && name !== '' && stopping(pattern.slice(1), name.slice(1));
    for (let i = 0; i <= name.length; i++) {
      if (stopping(pattern.slice(1), name.slice(i))) return true;
      if (name[i] === '/') return false;
    }
    return false;
  };
  const text = (letters: string, maxLength: number) =>
    fc.array(fc.constantFrom(...letters), { maxLength }).map((parts) => parts.join(''));

  it('agrees with the oracle that tries everything', () => {
    fc.assert(
      fc.property(text('ab*/\\', 8), text('ab/*\\', 10), (pattern, name) => {
        expect(starMatcher(pattern, OURS)(name)).toBe(oracle(pattern, name));
        expect(starMatcher(pattern, flipped('star'))(name)).toBe(stopping(pattern, name));
      }),
      { numRuns: 5000 },
    );
  });

  it('looks through a long name once for all pieces between stars', () => {
    const star = starMatcher('*a'.repeat(128), OURS);
    expect(star(`${'a'.repeat(1_000_000)}b`)).toBe(false);
  });

  it('ignores case where that reading is flipped', () => {
    expect(starMatcher('Send_*', flipped('case'))('sEND_x')).toBe(true);
  });
});

describe('alternatives', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    ',',
    'a',
    '..',
    '1',
    '9',
    '$',
    '{a,b}',
    '{1..4}',
    '{a..c}',
    '{9..1..3}',
    '{a}',
    '-',
    '\\',
  );
  const pattern = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  it('are never fewer than what the library makes of a pattern', () => {
    fc.assert(
      fc.property(pattern, (glob) => {
        const made = braceExpand(glob.replaceAll('\\', '\\\\'), { braceExpandMax: 5000 }).length;
        expect(countAlternatives(glob, 5000)).toBeGreaterThanOrEqual(Math.min(made, 5001));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['a', 1],
    ['{a,b}', 2],
    ['{a,b}{c,d}', 4],
    ['{a,{b,c}}', 3],
    ['{1..10}', 10],
    ['{10..1..3}', 4],
    ['{a..e}', 5],
    ['{a}', 1],
    ['{a},b}', 2],
    ['${a,b}', 1],
    ['{{a..c}..{a,b}}', MAX_ALTERNATIVES + 1],
    ['{a', 1],
    ['{a,b', 1],
    ['{{a,b}}', 2],
    ['{1..999999999999}', MAX_ALTERNATIVES + 1],
    ['{a,b}'.repeat(51), MAX_ALTERNATIVES + 1],
  ])('of %j: %j', (glob, expected) => {
    expect(countAlternatives(glob, MAX_ALTERNATIVES)).toBe(expected);
  });
});
