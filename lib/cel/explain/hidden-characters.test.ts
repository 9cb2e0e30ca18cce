import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activation, compile, confusableLetters, hiddenCharacters, parse, type Diagnostic } from '../index';

const fixed = (source: string, { fix }: Diagnostic): string | undefined =>
  fix && source.slice(0, fix.start) + fix.text + source.slice(fix.end);

/** The parts of a condition that reads `user.id != "mallory" // …` on the screen, and is another one. */
const TROJAN = 'user.id != "mallory\u202e \u2066// refunds are for the others\u2069 \u2066"';

describe('hidden characters in a condition', () => {
  it.each([
    [
      TROJAN,
      'hidden character U+202E right-to-left override in a string: the text is drawn in another order than it is evaluated in',
      '\u202e',
    ],
    [
      'true //\u2066\u2067 x',
      'hidden characters U+2066 left-to-right isolate, U+2067 right-to-left isolate in a comment: the text is drawn in another order than it is evaluated in',
      '\u2066\u2067',
    ],
    [
      'user.id == "a\u200b"',
      'hidden character U+200B zero width space in a string: it is not seen, and counts',
      '\u200b',
    ],
    ['user.id\u00a0== "a"', 'hidden character U+00A0 no-break space: it is not seen, and counts', '\u00a0'],
    ['user.id == r"a\u00ad"', 'hidden character U+00AD soft hyphen in a string: it is not seen, and counts', '\u00ad'],
    [
      'b"\u200b\u200b\u200b\u200b" == b""',
      'hidden characters U+200B zero width space, U+200B zero width space, U+200B zero width space and 1 more in a bytes literal: it is not seen, and counts',
      '\u200b\u200b\u200b\u200b',
    ],
  ])('are reported in %j', (source, message, underlined) => {
    const [found] = hiddenCharacters(source);
    expect(found).toMatchObject({ code: 'hidden-characters', severity: 'warning', message });
    expect(source.slice(found?.start, found?.end)).toBe(underlined);
  });

  it.each(['user.id == "a"', 'user.id == "a\u00a0b" // ❤️ 👩‍💻', '"שלום" == user.name'])(
    'are not reported in %j',
    (source) => {
      expect(hiddenCharacters(source)).toEqual([]);
    },
  );

  it.each([
    ['user.id == "a\u200bb"', 'user.id == "a\\u200bb"'],
    ['user.id == "a\u{e0061}b"', 'user.id == "a\\U000e0061b"'],
    ['true // a\u202eb', 'true // ab'],
    ['user.id\u00a0== "a"', 'user.id == "a"'],
    ['user.\u200bid == "a"', 'user.id == "a"'],
    ['user.id == r"a\u200b"', undefined],
    ['b"\u200b" == b""', undefined],
  ])('are fixed in %j where that leaves the meaning as it is', (source, expected) => {
    const found = hiddenCharacters(source);
    expect(found).toHaveLength(1);
    expect(found.map((one) => fixed(source, one))).toEqual([expected]);
  });

  it('are all found, and their fixes keep the value of a string', async () => {
    const text = fc
      .array(fc.constantFrom('a', '\u202e', '\u200b', '\u00ad', '\u{e0061}', '\u2069', ' '))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        let source = `"${value}" == "${value}" ? "${value}" : ""`;
        for (let [found] = hiddenCharacters(source); found; [found] = hiddenCharacters(source))
          source = fixed(source, found) ?? '';
        expect(parse(source).diagnostics).toEqual([]);
        const compiled = await compile(source, { result: 'any' });
        expect(compiled.ok && compiled.program.evaluate(activation({}))).toBe(value);
      }),
    );
  });
});

describe('confusable letters in a condition', () => {
  it('are a remark on the string that holds them', () => {
    const source = 'tool.name == "p\u0430y"';
    expect(confusableLetters(source)).toMatchObject([
      {
        code: 'confusable-letters',
        severity: 'info',
        start: 15,
        end: 16,
        message: 'U+0430 Cyrillic `\u0430` looks like `a`, and is not equal to it',
      },
    ]);
    expect(confusableLetters('user.name == "почта" // p\u0430y')).toEqual([]);
  });
});
