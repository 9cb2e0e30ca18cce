import { describe, expect, it } from 'vitest';
import { decodeLink, digestOf, encodeLink, LIMITS, readBundle, writeBundle } from '../bundle';
import type { PolicyContent } from '../store';
import { applyCommand } from './apply';
import { bundleOfContent, contentOfBundle } from './bundle-content';
import { entriesIn } from './extra-entries';

const LINE = 'no one may ever call `delete_*`';
const CONTENT: PolicyContent = {
  name: 'P',
  description: '',
  rules: [],
  settings: { gatedWhenFalse: 'continue' },
  extra: { 'x-own': 1, invariants: [{ always: 'deny' }] },
};

const applied = (content: PolicyContent, kind: 'add-invariant' | 'remove-invariant', line = LINE) =>
  applyCommand(content, { kind, line });
const contentAfter = (...[content, kind, line]: Parameters<typeof applied>): PolicyContent => {
  const done = applied(content, kind, line);
  if (done.kind !== 'applied') throw new Error(done.kind);
  return done.content;
};

describe('stating an invariant', () => {
  it('adds it once, beside entries of another form, and removes it again', () => {
    const stated = contentAfter(CONTENT, 'add-invariant');
    expect(stated.extra).toEqual({ 'x-own': 1, invariants: [{ always: 'deny' }, LINE] });
    expect(applied(stated, 'add-invariant').kind).toBe('unchanged');
    expect(contentAfter(stated, 'remove-invariant')).toEqual(CONTENT);
    expect(applied(CONTENT, 'remove-invariant').kind).toBe('unchanged');
  });

  it('leaves no empty list behind', () => {
    const { extra: _extra, ...plain } = CONTENT;
    expect(contentAfter(contentAfter(plain, 'add-invariant'), 'remove-invariant')).toEqual(plain);
  });

  it('ends at the number that a bundle may carry', () => {
    let content = CONTENT;
    for (let i = 1; i < LIMITS.invariants; i++)
      content = contentAfter(content, 'add-invariant', `no one may call t${i}`);
    expect(applied(content, 'add-invariant')).toMatchObject({ kind: 'refused', problems: [{ code: 'too-many' }] });
    expect(readBundle(writeBundle(bundleOfContent(content))).ok).toBe(true);
  });

  it('travels with the policy in a file and in a link, and leaves its digest alone', () => {
    const content = contentAfter(CONTENT, 'add-invariant');
    const bundle = bundleOfContent(content);
    expect(digestOf(bundle)).toBe(digestOf(bundleOfContent(CONTENT)));
    const file = readBundle(writeBundle(bundle));
    const link = encodeLink(bundle);
    const opened = decodeLink(link.ok ? link.fragment : '');
    if (!file.ok || !opened.ok) throw new Error('not read');
    for (const read of [file.bundle, opened.bundle])
      expect(entriesIn(contentOfBundle(read), 'invariants')).toEqual([{ always: 'deny' }, LINE]);
  });
});
