import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { normalBasePath, placeholder, placeholderStandsInCountedText, relocate } from './relocation.mjs';

describe('normalBasePath', () => {
  const good: [given: string, path: string][] = [
    ['/docs/playground', '/docs/playground'],
    ['/docs/playground/', '/docs/playground'],
    ['/a-b_c.d~e', '/a-b_c.d~e'],
    ['/', ''],
    ['', ''],
  ];
  it.each(good)('%j is %j', (given, path) => expect(normalBasePath(given)).toBe(path));

  it.each(['docs', '/a b', '//a', '/a//b', '/../a', '/a/..', '/a/./b', '/"x', '/$&', 'https://a.example/b'])(
    '%j is refused',
    (given) => expect(() => normalBasePath(given)).toThrow(`\`${given}\` is not a path to serve from`),
  );
});

describe('placeholderStandsInCountedText', () => {
  const row = (text: string) => `3:T${Buffer.byteLength(text).toString(16)},${text}`;
  const cases: [what: string, payload: string, stands: boolean][] = [
    ['outside of any', `1:["${placeholder}/a"]\n`, false],
    ['inside', `1:"$Sx"\n${row(`see ${placeholder}/a`)}4:{}\n`, true],
    ['after one', `${row('é'.repeat(40))}4:["${placeholder}/a"]\n`, false],
    ['in the second', `${row('one')}${row(`two ${placeholder}`)}`, true],
  ];
  it.each(cases)('%s', (_, payload, stands) => expect(placeholderStandsInCountedText(payload)).toBe(stands));
});

describe('relocate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relocation-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['', '/docs/playground'])('puts %j in place of the placeholder, in text files only', (basePath) => {
    const from = join(folder, 'from');
    const to = join(folder, 'to');
    mkdirSync(join(from, 'a'), { recursive: true });
    const binary = Buffer.concat([Buffer.from([0xff, 0x00, 0xfe]), Buffer.from(placeholder)]);
    writeFileSync(join(from, 'index.html'), `<a href="${placeholder}/">x</a><a href="${placeholder}/b/">y</a>`);
    writeFileSync(join(from, 'a', 'other.js'), 'no path here');
    writeFileSync(join(from, 'a', 'font.woff2'), binary);
    expect(relocate({ from, to, basePath })).toBe(1);
    expect(readFileSync(join(to, 'index.html'), 'utf8')).toBe(
      `<a href="${basePath}/">x</a><a href="${basePath}/b/">y</a>`,
    );
    expect(readFileSync(join(to, 'a', 'font.woff2'))).toEqual(binary);
    expect(readFileSync(join(from, 'index.html'), 'utf8')).toContain(placeholder);
  });

  it('refuses a payload whose length would no longer be right', () => {
    const from = join(folder, 'counted');
    mkdirSync(from, { recursive: true });
    const text = `see ${placeholder}/a`;
    writeFileSync(join(from, 'index.txt'), `3:T${text.length.toString(16)},${text}`);
    expect(() => relocate({ from, to: join(folder, 'to'), basePath: '' })).toThrow('index.txt: a long text');
  });
});
