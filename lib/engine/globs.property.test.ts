import fc from 'fast-check';
import { braceExpand, Minimatch } from 'minimatch';
import { describe, expect, it, vi } from 'vitest';
import { countBlocks, growthOf, LINEAR } from '../testdata/counted-work';
import { countAlternatives } from './match/braces';
import { Glob } from './match/glob';
import { globProgram } from './match/glob-program';
import { parseGlob } from './match/glob-syntax';
import {
  expandedAlternatives,
  isPortablePattern,
  MAX_ALTERNATIVES,
  patternProblem,
  type NameMatcher,
} from './match/patterns';
import { flipped, OURS, type Readings } from './model/readings';

vi.setConfig({ testTimeout: 60_000 });

const globMatcher = (pattern: string, readings: Readings): NameMatcher => new Glob(pattern).matcher(readings);

describe('glob syntax', () => {
  const part = fc.constantFrom(
    'a',
    'b',
    'c',
    '*',
    '?',
    '[',
    ']',
    '{',
    '}',
    ',',
    '!',
    '-',
    '\\',
    '..',
    '1',
    '3',
    '$',
    '(',
    ')',
    '|',
    '+',
    '@',
    '.',
    '[ab]',
    '[!a]',
    '[a-c]',
    '{a,b}',
    '{b,c*}',
    '[[:alpha:]]',
    '^',
  );
  const pattern = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''));
  const name = fc
    .array(fc.constantFrom('a', 'b', 'c', '[', ']', '{', '}', ',', '!', '-', '\\', '1', '2', '(', ')', '.', '|'), {
      maxLength: 7,
    })
    .map((parts) => parts.join(''));
  const OPTIONS = { dot: true, nonegate: true, nocomment: true, noext: true } as const;

  it('answers as minimatch does, the backslash literal', () => {
    fc.assert(
      fc.property(pattern, name, (glob, candidate) => {
        fc.pre(!isPortablePattern(glob) && !patternProblem(glob));
        const reference = new Minimatch(glob.replaceAll('\\', '\\\\'), OPTIONS);
        expect(globMatcher(glob, OURS)(candidate)).toBe(reference.match(candidate));
      }),
      { numRuns: 5000 },
    );
  });

  it('answers the same for any ordinary character in the place of `/`', () => {
    fc.assert(
      fc.property(pattern, name, (glob, candidate) => {
        fc.pre(!isPortablePattern(glob) && !patternProblem(glob));
        const swap = (text: string) => text.replaceAll('c', '/');
        fc.pre(!/[-[]/.test(glob));
        expect(globMatcher(swap(glob), OURS)(swap(candidate))).toBe(globMatcher(glob, OURS)(candidate));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the stars, where `star` is flipped, that minimatch finds', () => {
    fc.assert(
      fc.property(pattern, name, (glob, candidate) => {
        fc.pre(!isPortablePattern(glob) && !patternProblem(glob));
        // The name ends in `/`, and the pattern in a literal `/`: no star can take it, so the answer must be that without it.
        fc.pre(!glob.endsWith('$') && !candidate.endsWith('$'));
        const reference = new Minimatch(`${glob.replaceAll('\\', '\\\\')}\uE000`, OPTIONS);
        expect(globMatcher(`${glob}/`, flipped('star'))(`${candidate}/`)).toBe(reference.match(`${candidate}\uE000`));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['{send,post}_*', 'send_a/b', false],
    ['{send,post}_*/b', 'send_a/b', true],
    ['*[*]x', 'a/*x', false],
    ['a?b*', 'a/bc', true],
    ['[!x]*', '/ab', true],
    ['*(a)?', 'b(a)/', true],
  ] as const)('stops a star at `/` where that is flipped: %j against %j', (glob, candidate, expected) => {
    expect(globMatcher(glob, flipped('star'))(candidate)).toBe(expected);
  });

  it.each([
    '*a'.repeat(100) + '[b]',
    '*a*a*a*a*a*a*[b]',
    '*?'.repeat(120) + '[b]',
    '{a,b}*'.repeat(8) + '[c]',
    '[a-z]*'.repeat(40) + '[0]',
  ])('takes work linear in the name: %s', (glob) => {
    const matcher = globMatcher(glob, OURS);
    expect(matcher('a'.repeat(20_000))).toBe(false);
    const { blocks, factor } = growthOf(1_000, (size) => 'a'.repeat(size), matcher);
    expect(blocks).toBeGreaterThan(1_000);
    expect(factor).toBeLessThan(LINEAR);
  });
});

describe('glob syntax, on names that its alternatives give', () => {
  const part = fc.constantFrom(
    ...[
      'a',
      'B',
      'k',
      '.',
      '*',
      '**',
      '?',
      '-',
      '\\',
      '[',
      ']',
      ',',
      '}',
      '{',
      '$',
      '0',
      '[!.]',
      '[.]',
      '[a-c]',
      '[z-a]',
    ],
    ...[
      '[[:alpha:]]',
      '[![:graph:]b]',
      '[a-[:alpha:]]',
      '[[:foo:]]',
      '[]a]',
      '[a-]',
      '[+-_]',
      '{a,b}',
      '{,}',
      '{a,}',
      '{}',
      '{a}',
    ],
    ...[
      '{1..3}',
      '{01..12}',
      '{-05..120}',
      '{1..150}',
      '{10..1..3}',
      '{1..5..02}',
      '{a..e}',
      '{e..a..2}',
      '{A..c}',
      '{a,b*}',
    ],
    ...['{*,**}', '{a,{b,c}}', '{[ab],c}', '{{a,b}}', '{a},b}', '[{a,b}]', '😀', '\ud83d', '\ude00', '\n', 'ß', 'Σ'],
  );
  const filler = fc.constantFrom(
    '',
    'a',
    'B',
    'K',
    '\u212a',
    '.',
    'b',
    '7',
    '007',
    '-03',
    '😀',
    '\ude00',
    'ς',
    'ẞ',
    'x',
    '-',
  );

  const isHalved = (glob: string): boolean => /[\ud800-\udfff]/u.test(glob);

  it('answers as minimatch does, in either case', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
        fc.nat(),
        fc.array(filler, { minLength: 4, maxLength: 4 }),
        (glob, choice, fillers) => {
          fc.pre(!isPortablePattern(glob) && !patternProblem(glob));
          const escaped = glob.replaceAll('\\', '\\\\');
          const alternatives = braceExpand(escaped);
          let i = 0;
          const filled = (alternatives[choice % Math.max(alternatives.length, 1)] ?? '')
            .replaceAll('\\\\', '\\')
            .replace(/\[[^\]]*\]|\*+|\?/g, () => fillers[i++ % 4] ?? '');
          for (const [readings, nocase] of [[OURS, false] as const, [flipped('case'), true] as const]) {
            const reference = new Minimatch(escaped, {
              dot: true,
              nonegate: true,
              nocomment: true,
              noext: true,
              nocase,
            });
            const matcher = globMatcher(glob, readings);
            for (const name of [filled, filled.toUpperCase(), `${filled}a`, '', '.', '..']) {
              // What a name adds to half of a character in a pattern is another character: minimatch counts halves, the gateway whole ones.
              if (isHalved(glob) && name.includes('😀')) continue;
              expect([name, matcher(name)]).toEqual([name, reference.match(name)]);
            }
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['{a,b,c}'.repeat(6), 200],
    ['*{a,b,c}'.repeat(6), 250],
    ['{1..1000}', 20],
    ['{0..9990..10}', 20],
    ['{a,{b,{c,{d,e}}}}'.repeat(4), 250],
    ['?{x,y}'.repeat(9), 250],
  ])('does not expand the alternatives of %s', (glob, most) => {
    expect(expandedAlternatives(glob)).toBe(0);
    expect(countAlternatives(glob, MAX_ALTERNATIVES)).toBeGreaterThan(400);
    const tokens = parseGlob(glob);
    expect(tokens && globProgram([tokens]).code.length).toBeLessThan(most);
  });

  it('does not compile more for a policy of a thousand alternatives a pattern than for one of two', () => {
    const work = (braces: string): number =>
      countBlocks(() => {
        for (let i = 0; i < 200; i++) globMatcher(`${braces}_${i}`, OURS)('999_7');
      });
    work('{1..2}');
    expect(work('{1..1000}') / work('{1..2}')).toBeLessThan(2);
  });

  it.each(['[{a,b}]', '[a-c]{x,y}', '{a},b}{c,d}', '${a,b}', '{A..z}', '{{a,b}}'])(
    'counts what is expanded of %j',
    (glob) => {
      expect(expandedAlternatives(glob)).toBeGreaterThan(0);
    },
  );
});
