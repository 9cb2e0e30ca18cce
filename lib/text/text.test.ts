import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusableIn, hiddenIn, markHidden, readsAs, wellFormed, withoutHidden } from './index';

describe('hidden characters', () => {
  it.each([
    ['\u202e', 'U+202E', 'right-to-left override'],
    ['\u2066', 'U+2066', 'left-to-right isolate'],
    ['\u061c', 'U+061C', 'arabic letter mark'],
    ['\u200f', 'U+200F', 'right-to-left mark'],
    ['\u200b', 'U+200B', 'zero width space'],
    ['\u2060', 'U+2060', 'word joiner'],
    ['\ufeff', 'U+FEFF', 'zero width no-break character (byte order mark)'],
    ['\u00ad', 'U+00AD', 'soft hyphen'],
    ['\u3164', 'U+3164', 'hangul filler'],
    ['\uffa0', 'U+FFA0', 'halfwidth hangul filler'],
    ['\ufe0f', 'U+FE0F', 'variation selector-16'],
    ['\u{e0100}', 'U+E0100', 'variation selector-17'],
    ['\u{e0061}', 'U+E0061', 'tag character for "a"'],
    ['\u001b', 'U+001B', 'escape'],
    ['\u009b', 'U+009B', 'control sequence introducer'],
    ['\u2028', 'U+2028', 'line separator'],
  ])('finds and names %j', (char, codePoint, name) => {
    const [found, ...more] = hiddenIn(`a${char}b`);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ start: 1, end: 1 + char.length, codePoint, name });
    expect(markHidden(`a${char}b`)).toBe(`a⟨${codePoint}⟩b`);
    expect(withoutHidden(`a${char}b`)).toBe('ab');
  });

  it.each(['plain', 'tab\tand\r\nbreak', 'grün 你好 שלום', '👩‍💻 ❤️ 1️⃣ 👍🏽', 'a\u00a0b'])('finds none in %j', (text) => {
    expect(hiddenIn(text)).toEqual([]);
    expect(markHidden(text)).toBe(text);
  });

  it('finds a joiner that belongs to no emoji', () => {
    expect(hiddenIn('a\u200db 👩\u200d').map(({ start }) => start)).toEqual([1, 6]);
  });

  it('finds unusual spaces where they are asked for', () => {
    expect(hiddenIn('a\u00a0b\u3000', { spaces: true }).map(({ name }) => name)).toEqual([
      'no-break space',
      'ideographic space',
    ]);
    expect(withoutHidden('a\u00a0b\u200b')).toBe('a b');
  });

  it('leaves none in what it writes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10_ff_ff })), (codes) => {
        const text = String.fromCodePoint(...codes);
        expect(hiddenIn(markHidden(text))).toEqual([]);
        expect(hiddenIn(withoutHidden(text))).toEqual([]);
      }),
    );
  });
});

describe('confusable letters', () => {
  it.each([
    ['sl\u0430ck', 'slack', ['U+0430']],
    ['\u0440\u0430\u0443', 'pay', ['U+0440', 'U+0430', 'U+0443']],
    ['send_m\u03b1il', 'send_mail', ['U+03B1']],
    ['\uff53\uff45\uff4e\uff44', 'send', ['U+FF53', 'U+FF45', 'U+FF4E', 'U+FF44']],
  ])('are found in %s', (text, read, codes) => {
    expect(confusableIn(text).map(({ codePoint }) => codePoint)).toEqual(codes);
    expect(readsAs(text)).toBe(read);
  });

  it.each(['slack', 'почта', 'ταχυδρομείο', 'send_почта', 'über', '你好'])('are not found in %s', (text) => {
    expect(confusableIn(text)).toEqual([]);
  });
});

describe('wellFormed', () => {
  it('replaces lone surrogates in texts and names, and keeps names apart', () => {
    expect(wellFormed({ a: 'x\ud83d', '\ud83d': 1, '\ud83e': [{ b: '\udc00y' }], '\ufffd': 2 })).toEqual({
      a: 'x\ufffd',
      '\ufffd~2': 1,
      '\ufffd~3': [{ b: '\ufffdy' }],
      '\ufffd': 2,
    });
  });

  it('gives back the same value where there is nothing to replace', () => {
    const value = { a: ['👍', { b: null, c: 1 }] };
    expect(wellFormed(value)).toBe(value);
  });

  it('leaves no lone surrogate, and loses no member', () => {
    const text = fc.array(fc.constantFrom('a', '\ud83d', '\ude00', '👍')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const repaired = wellFormed(value);
        expect(Object.keys(repaired)).toHaveLength(Object.keys(value).length);
        for (const [name, member] of Object.entries(repaired)) {
          expect(name.isWellFormed() && member.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
