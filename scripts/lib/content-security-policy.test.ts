import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineScriptHashes, withContentSecurityPolicy } from './content-security-policy.mjs';

const hashOf = (body: string) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`;
const page = (head: string, body = '') => `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`;
const charset = '<meta charSet="utf-8"/>';

describe('inlineScriptHashes', () => {
  const cases: [what: string, html: string, hashes: string[]][] = [
    ['an inline script', '<script>let a = 1</script>', [hashOf('let a = 1')]],
    ['a script from a file has none', '<script src="/a.js" async=""></script>', []],
    ['attributes do not matter', '<script id="x" nonce="">f()</script>', [hashOf('f()')]],
    ['the same script once', '<script>f()</script><p></p><script>f()</script>', [hashOf('f()')]],
    ['in the order of the page', '<script>a</script><script>b</script>', [hashOf('a'), hashOf('b')]],
    ['bytes of UTF-8', '<script>"→ é"</script>', [hashOf('"→ é"')]],
    ['line breaks inside', '<script>\na\n</script>', [hashOf('\na\n')]],
  ];
  it.each(cases)('%s', (_, html, hashes) => expect(inlineScriptHashes(html)).toEqual(hashes));
});

describe('withContentSecurityPolicy', () => {
  it('puts the policy before the first script and allows just what is in the page', () => {
    const html = withContentSecurityPolicy(page(charset, '<script>f()</script>'));
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'));
    expect(html).toContain(`script-src 'self' ${hashOf('f()')}; style-src`);
    expect(html).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it('replaces an earlier policy', () => {
    const once = withContentSecurityPolicy(page(charset, '<script>a</script>'));
    const twice = withContentSecurityPolicy(once.replace('<script>a<', '<script>b<'));
    expect(twice.match(/Content-Security-Policy/g)).toHaveLength(1);
    expect(twice).toContain(hashOf('b'));
    expect(twice).not.toContain(hashOf('a'));
  });

  it('refuses a page where the policy would come too late', () => {
    expect(() => withContentSecurityPolicy(page(`<script>f()</script>${charset}`))).toThrow('precedes the policy');
    expect(() => withContentSecurityPolicy(page(''))).toThrow('no `<meta charset="utf-8">`');
  });
});
