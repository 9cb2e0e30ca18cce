/** SECURITY.md names tests and the content security policy: both must be as it says. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.mjs';

const top = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(top, 'SECURITY.md'), 'utf8');

describe('SECURITY.md', () => {
  it('names files that exist', () => {
    const paths = [...page.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|tsx|mjs))`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(top, path)))).toEqual([]);
  });

  it('gives a reason for each entry of the content security policy, and no other', () => {
    const section = page.slice(page.indexOf('## Content security policy'));
    const explained = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, entry = '']) => entry);
    expect(explained).toEqual(contentSecurityPolicy([]).split('; '));
  });
});
