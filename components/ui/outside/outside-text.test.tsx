import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { hiddenIn } from '@/lib/text';
import { OutsideText } from './outside-text';

const HOSTILE = 'pay\u202e tnuocca\u2066\u200b\u{e0061}\u001b\u2028';
const drawn = renderToStaticMarkup;

describe('text from outside', () => {
  it('has marks, which a screen reader names, in an isolated run', () => {
    expect(drawn(<p>{'a\u202eb'}</p>)).toBe(
      '<p><bdi>a<span role="img" aria-label="U+202E right-to-left override" title="U+202E right-to-left override" class="hidden-mark">U+202E</span>b</bdi></p>',
    );
  });

  it('is isolated where it has letters from right to left', () => {
    expect(drawn(<p>Rule {'שלום'} 12</p>)).toBe('<p>Rule <bdi>שלום</bdi> 12</p>');
  });

  it('marks unusual spaces where asked', () => {
    expect(drawn(<OutsideText text={'a\u00a0b'} spaces />)).toContain('aria-label="U+00A0 no-break space"');
    expect(drawn(<p>{'a\u00a0b'}</p>)).toBe('<p>a\u00a0b</p>');
  });

  it.each([
    ['a child', <p key="x">{HOSTILE}</p>],
    [
      'one of several',
      <p key="x">
        rule {HOSTILE} of {HOSTILE}
      </p>,
    ],
    ['a list', <p key="x">{[HOSTILE, [HOSTILE]]}</p>],
    ['a fragment', <>{HOSTILE}</>],
    ['attributes', <button key="x" title={HOSTILE} aria-label={HOSTILE} />],
    ['an option', <option key="x">{HOSTILE}</option>],
    [
      'a picture',
      <svg key="x">
        <title>{HOSTILE}</title>
        <text>{HOSTILE}</text>
      </svg>,
    ],
  ])('is marked in %s', (_, element) => {
    const html = drawn(element);
    expect(html).toContain('U+202E');
    expect(hiddenIn(html)).toEqual([]);
  });

  it('stays what it is in an input', () => {
    expect(drawn(<input defaultValue={HOSTILE} />)).toContain('\u202e');
  });
});
