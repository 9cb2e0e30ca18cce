import { describe, expect, it } from 'vitest';
import { frameAddress } from './frame-address';

const request = (attributes: Record<string, string>, source: string) => ({
  playground: 'https://play.example/docs/',
  attributes: new URLSearchParams(attributes),
  theme: 'dark' as const,
  host: 'https://docs.example',
  source,
});

describe('the address of a frame', () => {
  it('has the options and the link, and names the page around', () => {
    const { address, rest } = frameAddress(request({ view: 'rule', editable: '', rules: '2-3' }, '#1.abc.def'));
    expect(address).toBe(
      'https://play.example/docs/embed/?view=rule&theme=dark&editable=1&rules=2-3&host=https%3A%2F%2Fdocs.example#1.abc.def',
    );
    expect(rest).toBeUndefined();
  });

  it('takes the fragment alone of a whole link', () => {
    const { address } = frameAddress(request({}, 'javascript:alert(1)#1.abc.def'));
    expect(new URL(address).hash).toBe('#1.abc.def');
    expect(new URL(address).origin).toBe('https://play.example');
  });

  it.each([
    ['a bundle', '{"name":"#1"}'],
    ['a long link', `#1.${'a'.repeat(9_000)}.b`],
  ])('leaves %s to be sent later', (_, source) => {
    const { address, rest } = frameAddress(request({}, source));
    expect(address).not.toContain('#');
    expect(rest).toBe(source);
  });

  it('has nothing to send where there is nothing', () => {
    expect(frameAddress(request({}, '')).rest).toBeUndefined();
  });

  it('takes no host, nor any other value, from the attributes as it is', () => {
    const { address } = frameAddress(request({ host: 'https://evil.example', view: '"><script>' }, '#1.a.b'));
    expect(address).not.toContain('evil');
    expect(address).not.toContain('<');
  });
});
