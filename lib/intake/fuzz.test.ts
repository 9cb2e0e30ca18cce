import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from '../analysis';
import { fillRule, ruleId, validateRules, type Policy, type Rule } from '../engine';
import { adoptIds, mergeChanges } from './merge';
import { readIncoming } from './read';

const cell = fc.oneof(
  fc.constantFrom(
    'Allow',
    'deny',
    'Gated',
    '',
    '*',
    'any',
    '—',
    'a, b',
    '`x_*`',
    'tag:x',
    'off',
    'none',
    'all but x',
    '"',
    '|',
    '\\|',
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const name = fc.oneof(
  fc.constantFrom(
    'Name',
    'Effect',
    'Status',
    'Agents',
    'Users',
    'Tools',
    'Condition',
    'Scope',
    'Hits',
    '#',
    'id',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 8 }),
);
const table = fc.record({
  header: fc.array(name, { minLength: 2, maxLength: 7 }),
  rows: fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }),
});
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const written = table.chain(({ header, rows }) =>
  fc.constantFrom(
    [header, ...rows].map((row) => row.map(quote).join(',')).join('\n'),
    [header, ...rows].map((row) => row.join('\t')).join('\r\n'),
    [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, at) => [header[at] ?? String(at), value])))),
  ),
);

describe('whatever the text', () => {
  it('reading never throws, and what it makes is a valid policy', () => {
    fc.assert(
      fc.property(
        fc.oneof(written, fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 100 })),
        (text) => {
          const read = readIncoming(text);
          if (read.ok) expect(validateRules(read.bundle.rules)).toEqual([]);
          else expect(read.message).not.toBe('');
        },
      ),
      { numRuns: 4_000 },
    );
  });

  it('nothing of a table is lost silently: each cell is in a rule or in a remark', () => {
    const word = fc.stringMatching(/^q[a-z]{5,7}$/);
    const columns = fc.uniqueArray(
      fc.constantFrom(
        'Name',
        'Effect',
        'Status',
        'Agents',
        'Users',
        'Groups',
        'Tools',
        'Condition',
        'Description',
        'Scope',
        'Zone',
        'Owner',
      ),
      { minLength: 2, maxLength: 10 },
    );
    fc.assert(
      fc.property(
        columns,
        fc.array(fc.array(fc.option(word, { nil: '' }), { maxLength: 11 }), { maxLength: 5 }),
        (header, rows) => {
          const withEffect = ['Effect', ...header.filter((column) => column !== 'Effect')];
          const full = rows.map((row) => ['Deny', ...row.slice(0, 10)]);
          const read = readIncoming([withEffect, ...full].map((row) => row.join('\t')).join('\n'));
          const reported = read.ok
            ? JSON.stringify([read.bundle.rules, read.remarks, read.columns.map(({ example }) => example)])
            : JSON.stringify([read.message, read.problems]);
          const leftOut = read.ok
            ? read.columns.filter(({ reading }) => reading === undefined || reading === 'nothing')
            : [];
          for (const row of full.slice(0, read.ok ? undefined : 0)) {
            row.slice(1).forEach((value, at) => {
              // A column that was not understood is reported as a whole: how many cells, and the first.
              if (leftOut.some(({ name: column }) => column === withEffect[at + 1])) return;
              expect(reported).toContain(value);
            });
          }
          for (const { name: column } of leftOut) {
            const filled = full.filter((row) => (row[withEffect.indexOf(column)] ?? '') !== '');
            if (filled.length > 0) expect(reported).toContain(`column \`${column}\``);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

const rule = fc
  .record({
    id: fc.constantFrom(...'abcdefgh').map(ruleId),
    name: fc.constantFrom('', 'N', 'M', 'O'),
    effect: fc.constantFrom('allow' as const, 'deny' as const),
    tools: fc.constantFrom(['*'], ['x'], ['y']),
  })
  .map(fillRule);
const rules = fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 8 });
const policy: fc.Arbitrary<Policy> = fc.record({
  rules,
  settings: fc.record({ gatedWhenFalse: fc.constantFrom('continue' as const, 'deny' as const) }),
});

describe('taking changes', () => {
  it('none of them leaves ours, all of them give theirs, and any of them a policy with what was taken', () => {
    fc.assert(
      fc.property(policy, policy, fc.infiniteStream(fc.boolean()), (ours, theirs, coin) => {
        const changes = difference(ours, theirs);
        expect(mergeChanges(ours, theirs, [])).toEqual(ours);
        expect(mergeChanges(ours, theirs, changes)).toEqual(theirs);
        const some = changes.filter(() => coin.next().value);
        const merged = mergeChanges(ours, theirs, some);
        const left = difference(merged, theirs);
        const ids = (list: readonly Rule[]) => new Set(list.map(({ id }) => id));
        expect(ids(merged.rules).size).toBe(merged.rules.length);
        // What was taken is not left over, but for the order, which what was not taken may stand in the way of.
        const key = (change: (typeof changes)[number]) => `${change.kind} ${'rule' in change ? change.rule.id : ''}`;
        const takenKeys = new Set(some.map(key));
        expect(left.filter(({ kind }) => kind !== 'moved').filter((change) => takenKeys.has(key(change)))).toEqual([]);
        const leftKeys = new Set(left.map(key));
        for (const change of changes) {
          if (change.kind !== 'moved' && !takenKeys.has(key(change))) expect(leftKeys.has(key(change))).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('rules without ids find those that they stand for, and never two the same', () => {
    fc.assert(
      fc.property(rules, rules, (ours, theirs) => {
        const adopted = adoptIds(theirs, ours);
        expect(new Set(adopted.map(({ id }) => id)).size).toBe(theirs.length);
        expect(adopted.map(({ id: _, ...content }) => content)).toEqual(theirs.map(({ id: _, ...content }) => content));
        // The same rules again are no change.
        const uniqueNames = new Set(ours.map(({ name: one }) => one)).size === ours.length;
        const renamed = ours.map((one, at) => ({ ...one, id: ruleId(`made-${String(at)}`) }));
        if (uniqueNames) expect(adoptIds(renamed, ours)).toEqual(ours);
      }),
      { numRuns: 1_500 },
    );
  });
});
