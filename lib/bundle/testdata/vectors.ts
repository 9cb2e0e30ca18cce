import { deflateSync } from 'fflate';
import { decodeLink, digestOf, encodeLink, looksLikeLink, readBundle, writeBundle, type LinkRefusalCode } from '..';
import { toBase64url } from '../base64url';
import { sha256Hex } from '../sha256';

/** A bundle as it may be written, what is written of it, and its link. */
export interface BundleVector {
  readonly name: string;
  readonly about: string;
  /** The text of a file. */
  readonly source: string;
  readonly canonical: string;
  readonly digest: string;
  /** One of the links that decode to `canonical`: compressed bytes may differ between libraries. */
  readonly link: string;
}

export interface DamagedVector {
  readonly name: string;
  readonly about: string;
  readonly text: string;
  readonly code: LinkRefusalCode;
  /** For `invalid-bundle`: the codes of the problems, in order. */
  readonly problems?: readonly string[];
}

export interface RepairableVector {
  readonly name: string;
  readonly about: string;
  readonly text: string;
  /** The link that it is. */
  readonly link: string;
}

const ALLOW_ALL = { id: 'allow-all', name: 'Allow all', effect: 'allow', tools: ['*'] };
const EMPTY_SCOPE = { resources: [], agents: [], instances: [], users: [], groups: [] };
const bundle = (fields: object): string => JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Example', rules: [ALLOW_ALL], ...fields });
const rules = (...list: readonly object[]): string => bundle({ rules: list });

function nested(levels: number): object {
  let value: object = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}

const CALL = {
  id: 'c1',
  time: '2026-11-22T10:00:00Z',
  agent: { slug: 'claude-code', name: 'Claude Code', tags: [] },
  instance: { id: 'i-7', name: 'ana-laptop', tags: ['eu'], client: { name: 'claude-code', version: '2.1.0' } },
  user: { id: 'u-1', email: 'ana@acme.example', name: 'Ana', groups: ['finance'] },
  resource: { slug: 'slack', name: 'Slack', tags: ['chat'] },
  tool: { name: 'send_message', title: 'Send message', annotations: { destructiveHint: false } },
  args: { channel_id: 'C_GENERAL', text: 'hi' },
  ip: '203.0.113.7',
  userAgent: 'claude-code/2.1.0',
  recorded: { effect: 'allow', ruleId: 'r1', ruleName: 'Only #general', reason: '' },
};
const GATE = {
  id: 'r1',
  name: 'Only #general',
  description: 'Messages go to one channel.',
  effect: 'gated',
  status: 'active',
  scope: { resources: ['slack', 'tag:chat'], agents: ['claude-code'], instances: ['i-7'], users: ['ana@acme.example'], groups: ['finance'] },
  tools: ['send_*'],
  condition: 'request.args.channel_id == "C_GENERAL"',
};

/** name, about, text of the file */
const SOURCES: readonly (readonly [string, string, string])[] = [
  ['empty', 'no rules: every call is denied', bundle({ rules: [] })],
  ['allow-all', 'the policy of a new organization', bundle({})],
  ['every-field', 'a rule in which everything is said', rules(GATE)],
  [
    'defaults',
    'everything that is omitted when written, written out',
    bundle({ settings: { gatedWhenFalse: 'continue' }, rules: [{ ...ALLOW_ALL, description: '', status: 'active', scope: EMPTY_SCOPE, condition: null }] }),
  ],
  ['some-facets', 'a scope of which only the empty facets are omitted', rules({ ...ALLOW_ALL, scope: { ...EMPTY_SCOPE, groups: ['ops'] } })],
  ['empty-texts', 'empty texts outside of rules stay', bundle({ name: '', description: '', notes: '', rules: [{ ...ALLOW_ALL, name: '', description: '' }] })],
  ['setting', 'a setting that is not the default', bundle({ settings: { gatedWhenFalse: 'deny' } })],
  ['statuses', 'a draft gate needs no condition', rules({ ...ALLOW_ALL, effect: 'gated', status: 'draft' }, { ...ALLOW_ALL, id: 'b', status: 'disabled' })],
  [
    'extensions',
    'fields that begin with x- in a rule, its scope and the settings are kept and count for the digest',
    bundle({ settings: { 'x-set': 1 }, rules: [{ ...ALLOW_ALL, 'x-owner': { team: 'sec' }, scope: { 'x-note': [] } }] }),
  ],
  ['unknown-fields', 'unknown fields elsewhere are kept', bundle({ mood: 'good', catalog: { colours: [1] }, trace: [{ id: 'a', weather: null }] })],
  ['unicode', 'combining marks are not composed, right-to-left text stays', bundle({ name: 'e\u0301 ≠ é, שלום', rules: [{ ...ALLOW_ALL, name: '全部允许' }] })],
  ['emoji', 'astral characters in names, patterns and conditions', rules({ ...ALLOW_ALL, name: '😂👩‍🚀', tools: ['😂_*'], condition: 'request.args["🚀"] == "🏴‍☠️"' })],
  ['key-order', 'keys are sorted by UTF-16 units, not by code points', bundle({ exercise: { '\ufb33': 1, '😂': 2, '€': 3, '\r': 4, 1: 5, '\u0080': 6, 'ö': 7, '': 8 } })],
  ['escapes', 'control characters, quotes, U+2028 and U+007F', bundle({ notes: '\u0000\u0001\b\t\n\u000b\f\r\u001f "\\/ \u007f\u2028\u2029' })],
  [
    'numbers',
    'numbers at their edges, in several spellings',
    bundle({ trace: [{ id: 'n', args: { n: 'NUMBERS' } }] }).replace(
      '"NUMBERS"',
      '[0,-0,-0.0,1.0,100,1E2,1e21,123456789012345680000,1e-7,0.000001,0.1,9007199254740993,-9007199254740991,5e-324,1.7976931348623157e308,333333333.33333329,4.50,2e-3,0.000000000000000000000000001]',
    ),
  ],
  ['deep', 'arguments of a hundred levels', bundle({ trace: [{ id: 'd', args: nested(100) }] })],
  ['prototype-keys', 'keys that mean something to JavaScript are ordinary', bundle({ trace: [{ id: 'p', args: {} }] }).replace('"args":{}', '"args":{"__proto__":{"x":1},"constructor":2,"$typeName":3}')],
  [
    'catalog',
    'a full catalog, in which nothing is omitted',
    bundle({
      catalog: {
        resources: [
          { slug: 'slack', name: 'Slack', tags: [], tools: [{ name: 'send_message', title: 'Send', description: '', inputSchema: { type: 'object', properties: {} }, annotations: { readOnlyHint: false } }] },
        ],
        agents: [{ slug: 'claude-code', name: 'Claude Code', tags: ['ide'] }],
        instances: [{ id: 'i-7', name: 'ana-laptop', agent: 'claude-code', user: 'u-1', tags: [], client: { name: 'claude-code', version: '2' } }],
        users: [{ id: 'u-1', email: 'ana@acme.example', name: 'Ana', groups: ['finance'] }],
        groups: [{ name: 'finance' }],
      },
    }),
  ],
  [
    'tests',
    'tests with each kind of expectation',
    bundle({
      tests: [
        { name: 'rule', call: CALL, expect: { effect: 'allow', decidedBy: { kind: 'rule', ruleId: 'allow-all' } } },
        { name: 'default', call: { id: 'x' }, expect: { effect: 'deny', decidedBy: { kind: 'default' } } },
        { name: 'effect alone', call: { id: 'y', args: null }, expect: { effect: 'conditional' } },
      ],
    }),
  ],
  ['trace', 'a call in which everything is said', bundle({ trace: [CALL] })],
  [
    'facts',
    'missing, null, empty and known facts are four different things',
    bundle({
      trace: [
        { id: 'missing' },
        { id: 'null', time: null, agent: null, instance: null, user: null, resource: null, tool: null, args: null, ip: null, userAgent: null, recorded: null },
        { id: 'empty', agent: {}, instance: { client: {} }, user: { groups: [] }, resource: { tags: [] }, tool: { annotations: {} }, args: {}, ip: '', userAgent: '' },
        { id: 'inner', agent: { slug: null }, user: { groups: null }, tool: { annotations: { readOnlyHint: null } }, args: { a: null } },
      ],
    }),
  ],
  ['times', 'times to the nanosecond, with an offset, in a leap year', bundle({ trace: ['2024-02-29T23:59:59.123456789Z', '2026-01-02T03:04:05.5+14:00', '0001-01-01T00:00:00-00:00'].map((time, i) => ({ id: `t${String(i)}`, time })) })],
  ['focus', 'one decision that is shared, with notes', bundle({ rules: [GATE, ALLOW_ALL], trace: [CALL], focus: 'c1', notes: 'Why was this allowed?\n' })],
  ['invariants', 'what the author says of all calls', bundle({ rules: [GATE, ALLOW_ALL], invariants: ['no agent but `codex` may ever call `delete_*` on `github`', 'every destructive tool is gated or denied', 'in a later language'] })],
  ['reserved', 'entries of another form, and what is reserved for lessons', bundle({ invariants: [{ always: 'deny' }], dismissed: ['f1', 2, null], exercise: { step: 1 } })],
  ['not-compiling', 'conditions that do not compile are accepted, the empty one too', rules({ ...GATE, condition: '' }, { ...ALLOW_ALL, condition: 'request.args.n >' })],
  ['longest-condition', 'a condition of 4,096 characters', rules({ ...ALLOW_ALL, condition: `"${'😂'.repeat(4_086)}" != ""` })],
  ['most-patterns', '64 patterns, of which some are globs', rules({ ...ALLOW_ALL, tools: [...Array.from({ length: 60 }, (_, i) => `tool_${String(i)}_*`), '{a,b}_?', '[a-z]*', '!x', '#y'] })],
  ['alternatives', 'patterns of as many alternatives as there may be, and braces that are none', rules({ ...ALLOW_ALL, tools: ['{1..1000}', '{a,b,{1..498}}{x,y}', '{}{1..999}', '${1..2000}', '{a}{1..2', '{-3..3..2}', '{😂,b}'] })],
  ['many-rules', '100 rules', rules(...Array.from({ length: 100 }, (_, i) => ({ id: `r${String(i)}`, name: `Rule ${String(i)}`, effect: ['allow', 'deny'][i % 2], tools: [`t${String(i)}_*`] })))],
  ['many-calls', '40 calls', bundle({ trace: Array.from({ length: 40 }, (_, i) => ({ ...CALL, id: `c${String(i)}`, args: { n: i } })) })],
  ['spelling', 'another order, white space, escapes, and a byte order mark', `\ufeff${JSON.stringify({ rules: [{ tools: ['*'], effect: 'allow', name: 'Allow all', id: 'allow-all' }], version: 1, name: 'Example', format: 'policy-bundle' }, null, '\t').replace('Allow', '\\u0041llow').replaceAll('\n', '\r\n')}\r\n`],
];

export function bundleVectors(): readonly BundleVector[] {
  return SOURCES.map(([name, about, source]) => {
    const read = readBundle(source);
    if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problems)}`);
    const link = encodeLink(read.bundle);
    if (!link.ok) throw new Error(`${name}: ${JSON.stringify(link.problems)}`);
    return { name, about, source, canonical: writeBundle(read.bundle), digest: digestOf(read.bundle), link: link.fragment };
  });
}

/** A link around any bytes, with the right check: what it holds is another matter. */
function linkOf(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return `#1.${toBase64url(deflateSync(bytes, { level: 9 }))}.${sha256Hex(bytes).slice(0, 12)}`;
}

const LINK = linkOf(writtenOf(rules(GATE, ALLOW_ALL)));
const OTHER = linkOf(writtenOf(bundle({ name: 'Other' })));
const [, PAYLOAD = '', CHECK = ''] = LINK.split('.');
const PAGE = 'https://play.example/policies/';

function writtenOf(source: string): string {
  const read = readBundle(source);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return writeBundle(read.bundle);
}

/** A link whose payload ends with a letter that decodes to the same bytes as the right one. */
const ENDING = (() => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let n = 0; ; n++) {
    const [, payload = '', check = ''] = linkOf(writtenOf(bundle({ name: 'x'.repeat(n) }))).split('.');
    if (payload.length % 4 === 0) continue;
    return `#1.${payload.slice(0, -1)}${letters.charAt(letters.indexOf(payload.slice(-1)) + 1)}.${check}`;
  }
})();

const DAMAGED: readonly (readonly [string, string, string])[] = [
  ['nothing', 'an empty text', ''],
  ['words', 'a text without a link', 'please have a look at my policy'],
  ['anchor', 'an anchor of a page is no link', `${PAGE}#rules`],
  ['number', 'neither is the number of an issue', 'see #1 for details'],
  ['beginning', 'the beginning of a link and nothing else', '#1.'],
  ['half', 'half of the payload', LINK.slice(0, LINK.length >> 1)],
  ['no-check', 'the payload without its check', `#1.${PAYLOAD}`],
  ['no-check-but-dot', 'the payload and a dot', `#1.${PAYLOAD}.`],
  ['last-character', 'the last character is missing', LINK.slice(0, -1)],
  ['one-more', 'there is a character too many', `${LINK}0`],
  ['no-payload', 'the payload is empty', `#1..${CHECK}`],
  ['capitals', 'the check in capitals', `#1.${PAYLOAD}.${CHECK.toUpperCase()}`],
  ['small-letters', 'all letters made small', LINK.toLowerCase()],
  ['base64', 'letters of base64 that are not in base64url', `#1.${PAYLOAD.slice(0, 20)}+/${PAYLOAD.slice(22)}.${CHECK}`],
  ['padding', 'padding after the payload', `#1.${PAYLOAD}==.${CHECK}`],
  ['changed-letter', 'one letter of the payload is another', `#1.${PAYLOAD.slice(0, 30)}${PAYLOAD[30] === 'A' ? 'B' : 'A'}${PAYLOAD.slice(31)}.${CHECK}`],
  ['lost-letter', 'one letter of the payload is missing', `#1.${PAYLOAD.slice(0, 30)}${PAYLOAD.slice(31)}.${CHECK}`],
  ['lost-middle', 'the middle of the payload is missing', `#1.${PAYLOAD.slice(0, 30)}${PAYLOAD.slice(70)}.${CHECK}`],
  ['spliced', 'the payload of one link and the check of another', `#1.${PAYLOAD}.${OTHER.split('.')[2] ?? ''}`],
  ['other-check', 'one digit of the check is another', LINK.slice(0, -1) + (LINK.endsWith('0') ? '1' : '0')],
  ['not-deflate', 'the payload is no DEFLATE stream', `#1.${toBase64url(new Uint8Array([255, 255, 255, 255, 7]))}.${CHECK}`],
  ['zlib-header', 'the payload is a zlib stream and not a raw one', `#1.${toBase64url(new Uint8Array([0x78, 0xda, ...Buffer.from(PAYLOAD, 'base64url')]))}.${CHECK}`],
  [
    'bytes-behind',
    'bytes after the last block of the DEFLATE stream',
    `#1.${toBase64url(new Uint8Array([...Buffer.from(PAYLOAD, 'base64url'), 0]))}.${CHECK}`,
  ],
  ['newer-link', 'the format of the link is newer', LINK.replace('#1.', '#2.')],
  ['newer-bundle', 'the version of the bundle is newer', linkOf(bundle({ version: 2 }))],
  ['too-large', 'it decompresses to one byte more than 4 MiB', linkOf(new Uint8Array(4 * 2 ** 20 + 1).fill(32))],
  ['bomb', 'it decompresses to 16 MiB', linkOf(new Uint8Array(2 ** 24))],
  ['two-links', 'two links in one text: which one is meant?', `${PAGE}${LINK} or ${PAGE}${OTHER}`],
  ['not-utf-8', 'the bytes are no UTF-8', linkOf(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))],
  ['not-json', 'the text is no JSON', linkOf('hello')],
  ['cut-json', 'the JSON ends too early', linkOf(bundle({}).slice(0, -1))],
  ['not-a-bundle', 'the JSON is no bundle', linkOf('[1,2,3]')],
  ['duplicate-key', 'a key occurs twice', linkOf(bundle({}).replace('"name":"Example"', '"name":"Example","name":"Evil"'))],
  ['lone-surrogate', 'half of a surrogate pair', linkOf(bundle({}).replace('Example', '\\ud800'))],
  ['too-deep', 'more levels than anyone needs', linkOf(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)],
  ['number-range', 'a number beyond a double', linkOf(bundle({ notes: 'N' }).replace('"N"', '1e999'))],
  ['misspelt-facet', 'a facet that does not exist must not widen the rule', linkOf(rules({ ...ALLOW_ALL, scope: { agent: ['cursor'] } }))],
  ['same-id', 'two rules with one id', linkOf(rules(ALLOW_ALL, ALLOW_ALL))],
  ['gate-without-condition', 'an active gate without a condition', linkOf(rules({ ...ALLOW_ALL, effect: 'gated' }))],
  ['bad-effect', 'an effect that does not exist', linkOf(rules({ ...ALLOW_ALL, effect: 'permit' }))],
  ['base64-ending', 'bits that are left over at the end of the payload are not zero', ENDING],
  ['version-true', 'the version is true, which some languages take for 1', linkOf(bundle({ version: true }))],
  ['version-text', 'the version is a text', linkOf(bundle({ version: '1' }))],
  ['129-levels', 'one level more than the limit', linkOf(bundle({ notes: 'N' }).replace('"N"', `${'['.repeat(128)}${']'.repeat(128)}`))],
  ...['catalog', 'tests', 'trace', 'settings', 'rules'].flatMap((member) =>
    [null, 7, 'text', true].map((value) => [`${member}-${String(value)}`, `${member} is of another type`, linkOf(bundle({ [member]: value }))] as const),
  ),
  ...(['catalog', 'settings'] as const).map((member) => [`${member}-list`, `${member} is a list`, linkOf(bundle({ [member]: [] }))] as const),
  ...(['tests', 'trace', 'rules'] as const).map((member) => [`${member}-object`, `${member} is an object`, linkOf(bundle({ [member]: {} }))] as const),
  ['rule-null', 'a rule is null', linkOf(bundle({ rules: [null] }))],
  ['scope-null', 'a scope is null', linkOf(rules({ ...ALLOW_ALL, scope: null }))],
  ['facet-null', 'a facet is null', linkOf(rules({ ...ALLOW_ALL, scope: { agents: null } }))],
  ['tools-text', 'the patterns are a text', linkOf(rules({ ...ALLOW_ALL, tools: '*' }))],
  ['alternatives', 'a pattern stands for 1,001 alternatives', linkOf(rules({ ...ALLOW_ALL, tools: ['{1..1001}'] }))],
  ['alternatives-product', 'sets that multiply to 1,024 alternatives', linkOf(rules({ ...ALLOW_ALL, tools: ['{a,b}'.repeat(10)] }))],
  ['alternatives-nested', 'sets in sets', linkOf(rules({ ...ALLOW_ALL, tools: ['{x,{1..500},{2..1000..2}}_*'] }))],
  ['alternatives-literal', 'a brace that closes no set, before many that do', linkOf(rules({ ...ALLOW_ALL, tools: [`{a},b}${'{1..40}'.repeat(2)}`] }))],
  ['too-many-calls', '2,001 calls in a link', linkOf(bundle({ trace: Array.from({ length: 2_001 }, (_, i) => ({ id: String(i) })) }))],
];

export function damagedVectors(): readonly DamagedVector[] {
  return DAMAGED.map(([name, about, text]) => {
    const decoded = decodeLink(text);
    if (decoded.ok) throw new Error(`${name} opens`);
    const { code, problems } = decoded.refusal;
    return { name, about, text, code, ...(problems.length > 0 ? { problems: problems.map((problem) => problem.code) } : {}) };
  });
}

const REPAIRABLE: readonly (readonly [string, string, string])[] = [
  ['address', 'a whole address', `${PAGE}${LINK}`],
  ['sentence', 'a text around it', `see ${PAGE}${LINK} for the policy`],
  ['full-stop', 'a full stop behind it', `${PAGE}${LINK}.`],
  ['brackets', 'brackets around it', `(<${PAGE}${LINK}>)`],
  ['markdown', 'a link in Markdown', `[policy](${PAGE}${LINK})`],
  ['escaped-hash', '%23 for #', `${PAGE}${LINK.replace('#', '%23')}`],
  ['no-hash', 'the fragment without its #', LINK.slice(1)],
  ['broken-lines', 'broken over lines', LINK.replace(/.{40}/g, '$&\r\n  ')],
  ['zero-width', 'with a zero-width space in it', `${LINK.slice(0, 60)}\u200b${LINK.slice(60)}`],
  ['twice', 'the same link twice', `${PAGE}${LINK}\n${PAGE}${LINK}`],
];

export function repairableVectors(): readonly RepairableVector[] {
  return REPAIRABLE.map(([name, about, text]) => {
    const decoded = decodeLink(text);
    if (!decoded.ok || decoded.fragment !== LINK || !looksLikeLink(text)) throw new Error(`${name} does not open`);
    return { name, about, text, link: LINK };
  });
}
