import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../engine';
import { readBundle } from './read';

const RULE = { id: 'r1', name: 'Allow all', effect: 'allow', tools: ['*'] };
const bundle = (fields: JsonObject): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'n', rules: [RULE], ...fields });
const rule = (fields: JsonObject): string => bundle({ rules: [{ ...RULE, ...fields }] });

/** A text, then its problems as `pointer code @ 12 characters from there: message`. */
const REFUSED: readonly (readonly [string, string, ...string[]])[] = [
  ['no JSON', 'hello', ' json-syntax @ hello: found `h` where a value should be'],
  ['a list', '[]', ' not-a-bundle @ []: the document is a list, and a bundle is an object'],
  ['a number', '7', ' not-a-bundle @ 7: the document is a single value, and a bundle is an object'],
  [
    'another document',
    '{"a":1}',
    ' not-a-bundle @ {"a":1}: the document is not a bundle: it has no `format` of `policy-bundle`',
  ],
  [
    'a newer version, and nothing else is said of it',
    bundle({ version: 2, rules: [{ verdict: 'maybe' }] }),
    '/version newer-version @ 2,"name":"n": this bundle is of version 2, and only version 1 can be read here: open it with a newer release',
  ],
  ['an older version', bundle({ version: 0 }), '/version not-a-choice @ 0,"name":"n": `version` must be `1`, not `0`'],
  [
    'a version in quotes',
    bundle({ version: '1' }),
    '/version not-a-choice @ "1","name":": `version` must be `1`, not the text `1`',
  ],
  [
    'what is missing',
    '{"rules":[]}',
    '/format missing @ {"rules":[]}: the bundle has no `format`',
    '/version missing @ {"rules":[]}: the bundle has no `version`',
    '/name missing @ {"rules":[]}: the bundle has no `name`',
  ],
  ['rules that are no list', bundle({ rules: {} }), '/rules type @ {}}: `rules` must be a list, not an object'],
  [
    'a misspelt facet',
    rule({ scope: { agent: ['cursor'] } }),
    '/rules/0/scope/agent unknown-field @ "agent":["cu: a scope has no field `agent`, did you mean `agents`?',
  ],
  [
    'a misspelt setting',
    bundle({ settings: { gateWhenFalse: 'deny' } }),
    '/settings/gateWhenFalse unknown-field @ "gateWhenFal: settings has no field `gateWhenFalse`, did you mean `gatedWhenFalse`?',
  ],
  [
    'a gate without a condition',
    rule({ effect: 'gated' }),
    '/rules/0/condition gated-without-condition @ {"id":"r1",": an active gated rule must have a condition',
  ],
  [
    'rules with one id',
    bundle({ rules: [RULE, RULE] }),
    '/rules/1/id duplicate-id @ "r1","name":: id `r1` is already that of rule 1',
  ],
  [
    'calls with one id',
    bundle({ trace: [{ id: 'c' }, { id: 'd' }, { id: 'c' }] }),
    '/trace/2/id duplicate-id @ "c"}]}: `id` `c` is taken: entry 0 has it already',
  ],
  [
    'too many invariants, and a long one',
    bundle({ invariants: ['x'.repeat(1001), ...Array.from({ length: 200 }, () => 'x')] }),
    '/invariants too-many @ ["xxxxxxxxxx: a policy has at most 200 invariants, and these are 201',
    '/invariants/0 too-long @ "xxxxxxxxxxx: the invariant is longer than 1,000 characters',
  ],
  [
    'calls that are none',
    bundle({ trace: [{ id: 'c', time: 'noon', args: [], user: { groups: 'x' } }, {}] }),
    '/trace/0/time time @ "noon","args: time `noon` is not RFC 3339, as `2026-11-22T10:00:00Z` is',
    '/trace/0/args args @ [],"user":{": `args` must be an object, not a list',
    '/trace/0/user/groups type @ "x"}},{}]}: `groups` must be a list of texts, not `x`',
    '/trace/1/id missing @ {}]}: a call must have `id`',
  ],
  [
    'a test that expects nothing known',
    bundle({ tests: [{ name: 't', call: { id: 'c' }, expect: { effect: 'gated', decidedBy: { kind: 'me' } } }] }),
    '/tests/0/expect/effect not-a-choice @ "gated","dec: `effect` must be one of `allow`, `deny`, `conditional`, not `gated`',
    '/tests/0/expect/decidedBy/kind not-a-choice @ "me"}}}]}: `kind` must be one of `rule`, `gate`, `default`, `undecided`, not `me`',
  ],
  [
    'a catalog of another shape',
    bundle({ catalog: { resources: [{ name: 'Slack', tools: [{ inputSchema: true }] }] } }),
    '/catalog/resources/0/slug missing @ {"name":"Sla: the resource has no `slug`',
    '/catalog/resources/0/tools/0/name missing @ {"inputSchem: the tool has no `name`',
    '/catalog/resources/0/tools/0/inputSchema type @ true}]}]}}: `inputSchema` must be an object, not `true`',
  ],
  [
    'faults of the text and of the policy together, in the order of the text',
    '{"format":"policy-bundle","version":1,"name":"\\ud800","rules":[{"id":"a","id":"b","name":"","effect":"alow","tools":[]}]}',
    '/name lone-surrogate @ "\\ud800","ru: lone surrogate `\\ud800` in `\\ud800`',
    '/rules/0/id duplicate-key @ "id":"b","na: duplicate key `id`',
    '/rules/0/effect not-a-choice @ "alow","tool: `effect` must be one of `allow`, `deny`, `gated`, not `alow`, did you mean `allow`?',
    '/rules/0/tools too-few @ []}]}: a rule must have at least one tool pattern',
  ],
];

describe('what is refused', () => {
  it.each(REFUSED)('%s', (_, text, ...problems) => {
    const read = readBundle(text);
    const found = read.ok
      ? []
      : read.problems.map(({ pointer, code, message, position }) => {
          const offset = position?.offset ?? NaN;
          return `${pointer} ${code} @ ${text.slice(offset, offset + 12)}: ${message}`;
        });
    expect(found).toEqual(problems);
  });

  const numbered = (length: number): Json[] => Array.from({ length }, (_, i) => ({ ...RULE, id: `r${String(i)}` }));
  const LIMITS: readonly (readonly [string, string, string, string])[] = [
    ['rules', bundle({ rules: numbered(5_000) }), bundle({ rules: numbered(5_001) }), 'too-many'],
    ['patterns', rule({ tools: Array<Json>(64).fill('*') }), rule({ tools: Array<Json>(65).fill('*') }), 'too-many'],
    ['a condition', rule({ condition: '😂'.repeat(4_096) }), rule({ condition: '😂'.repeat(4_097) }), 'too-long'],
    ['bytes', bundle({ notes: 'é'.repeat(2_097_000) }), bundle({ notes: 'é'.repeat(2_098_000) }), 'too-large'],
    ['levels', bundle({ exercise: nested(127) }), bundle({ exercise: nested(128) }), 'too-deep'],
  ];
  it.each(LIMITS)('more than the limit of %s', (_, within, beyond, code) => {
    expect(readBundle(within)).toMatchObject({ ok: true });
    expect(readBundle(beyond)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('bytes that are not UTF-8', () => {
    expect(readBundle(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({
      ok: false,
      problems: [{ pointer: '', code: 'not-utf-8', message: 'the document is not text in UTF-8' }],
    });
  });

  it('lists 10,000 problems at most and says that there are more', () => {
    const read = readBundle(bundle({ trace: Array<Json>(20_000).fill(0) }));
    const problems = read.ok ? [] : read.problems;
    expect(problems).toHaveLength(10_001);
    expect(problems.at(-1)).toEqual({
      pointer: '',
      code: 'more-problems',
      message: 'there are more problems than these 10,000',
    });
  });
});

function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}

describe('what is accepted', () => {
  it('fills in what was left out of rules and settings, and nothing elsewhere', () => {
    const read = readBundle(bundle({ trace: [{ id: 'c', agent: {} }], catalog: {} }));
    expect(read).toEqual({
      ok: true,
      warnings: [],
      bundle: {
        format: 'policy-bundle',
        version: 1,
        name: 'n',
        settings: { gatedWhenFalse: 'continue' },
        rules: [
          {
            ...RULE,
            description: '',
            status: 'active',
            scope: { resources: [], agents: [], instances: [], users: [], groups: [] },
            condition: null,
          },
        ],
        trace: [{ id: 'c', agent: {} }],
        catalog: {},
      },
    });
  });

  it('takes a condition that does not compile', () => {
    expect(readBundle(rule({ effect: 'gated', condition: '' })).ok).toBe(true);
  });

  it('names unknown fields once a place, and a focus that leads nowhere', () => {
    const read = readBundle(
      bundle({
        mood: 1,
        trace: [
          { id: 'a', foo: 1 },
          { id: 'b', foo: 2, args: { bar: 3 } },
        ],
        invariants: [{ always: 'deny' }, 'of any language'],
        focus: 'c',
      }),
    );
    expect(read.ok ? read.warnings.map(({ pointer, code, message }) => `${pointer} ${code}: ${message}`) : []).toEqual([
      '/mood unknown-field: the field `mood` is not known here: it is kept as it is',
      '/trace/0/foo unknown-field: the field `foo` is not known here: it is kept as it is, in 2 places',
      '/invariants/0 not-checked: the invariant is no text: it is kept, and not checked',
      '/focus no-such-call: `c` is no call of the trace',
    ]);
  });
});
