// Imports a policy bundle from a file or a link, in Node 20 and later, without any package.
//
//   node import.mjs POLICY.policy.json      node import.mjs 'https://…/#1.…'
//
// It prints the policy's digest, and its rules with everything said; whatever is not certainly right is refused.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const LIMIT = 4 * 1024 * 1024;
const MOST_ALTERNATIVES = 1000;

/** The bytes that a link holds. Throws where any bit of it is not as it was sent. */
export function decodeLink(link) {
  const [, payload, check] = /#1\.([A-Za-z0-9_-]+)\.([0-9a-f]{12})$/.exec(link.trim()) ?? refuse('this is not a whole link');
  if (link.split('#1.').length > 2) refuse('there is more than one link here');
  let bytes;
  try {
    const packed = Buffer.from(payload, 'base64url');
    // Bits left over at the end must be zero: one text for one sequence of bytes.
    if (packed.toString('base64url') !== payload) refuse('its base64url does not end as it should');
    const { buffer, engine } = inflateRawSync(packed, { maxOutputLength: LIMIT, info: true });
    if (engine.bytesWritten !== packed.length) refuse('there is something behind the data');
    bytes = buffer;
  } catch (error) {
    refuse(`this link is damaged: ${error.message}`);
  }
  if (sha256(bytes).slice(0, 12) !== check) refuse('this link is damaged: its check does not fit');
  return bytes;
}

/** Reads a bundle, strictly where it protects. Throws at the first thing that is wrong. */
export function readBundle(bytes, { fromLink = false } = {}) {
  if (bytes.length > LIMIT) refuse('the bundle is larger than 4 MiB');
  const bundle = parse(bytes);
  if (!isObject(bundle) || bundle.format !== 'policy-bundle') refuse('this is not a policy bundle');
  if (bundle.version !== 1) refuse(`version ${JSON.stringify(bundle.version)?.slice(0, 40)} cannot be read here`);
  if (typeof bundle.name !== 'string') refuse('the bundle has no name');
  const { settings = {}, rules } = bundle;
  knownFields(settings, ['gatedWhenFalse'], 'settings');
  if (!['continue', 'deny', undefined].includes(settings.gatedWhenFalse)) refuse('settings: gatedWhenFalse');
  if (!Array.isArray(rules) || rules.length > 5000) refuse('rules must be a list of at most 5,000');
  for (const [kind, names] of Object.entries(MEMBERS))
    for (const name of names)
      if (bundle[name] !== undefined && !IS[kind](bundle[name])) refuse(`${name} must be ${kind}`);
  const { trace = [], invariants = [], focus } = bundle;
  if (focus === '') refuse('focus must be the id of a call');
  if (invariants.length > 200 || invariants.some((one) => typeof one === 'string' && [...one].length > 1000))
    refuse('a policy has at most 200 invariants of 1,000 characters');
  if (fromLink && trace.length > 2000) refuse('a link carries at most 2,000 calls');
  rules.forEach(checkRule);
  if (new Set(rules.map(({ id }) => id)).size < rules.length) refuse('two rules have one id');
  canonical(bundle); // refuses lone surrogates and numbers that are not finite, wherever they are
  return bundle;
}

/** What a bundle may hold beside its policy, each of one kind. */
const MEMBERS = {
  'a text': ['description', 'notes', 'focus'],
  'an object': ['catalog', 'readings', 'exercise', 'case'],
  'a list': ['tests', 'trace', 'invariants', 'dismissed'],
};
const IS = {
  'a text': (value) => typeof value === 'string',
  'an object': (value) => isObject(value),
  'a list': (value) => Array.isArray(value),
};

const FACETS = ['resources', 'agents', 'instances', 'users', 'groups'];

function checkRule(rule, index) {
  const where = `rule ${index + 1}`;
  knownFields(rule, ['id', 'name', 'description', 'effect', 'status', 'scope', 'tools', 'condition'], where);
  const { id, name, description = '', effect, status = 'active', scope = {}, tools, condition = null } = rule;
  if (typeof id !== 'string' || id === '') refuse(`${where}: id`);
  if (typeof name !== 'string' || typeof description !== 'string') refuse(`${where}: name and description are texts`);
  if (!['allow', 'deny', 'gated'].includes(effect)) refuse(`${where}: effect`);
  if (!['active', 'draft', 'disabled'].includes(status)) refuse(`${where}: status`);
  // A misspelt facet must not widen a rule.
  knownFields(scope, FACETS, `${where}: scope`);
  for (const facet of FACETS) {
    const selectors = scope[facet] ?? [];
    const tagged = !['users', 'groups'].includes(facet);
    const good = (one) => typeof one === 'string' && one !== '' && (tagged ? one !== 'tag:' : !one.startsWith('tag:'));
    if (scope[facet] === null || !Array.isArray(selectors) || !selectors.every(good)) refuse(`${where}: ${facet}`);
  }
  const pattern = (one) => typeof one === 'string' && one !== '' && [...one].length <= 256;
  if (!Array.isArray(tools) || tools.length < 1 || tools.length > 64 || !tools.every(pattern)) refuse(`${where}: tools`);
  if (tools.some((one) => alternatives(one) > MOST_ALTERNATIVES)) refuse(`${where}: a pattern of more than 1,000 alternatives`);
  if (condition !== null && (typeof condition !== 'string' || [...condition].length > 4096)) refuse(`${where}: condition`);
  if (effect === 'gated' && status === 'active' && condition === null) refuse(`${where}: a gate needs a condition`);
}

const RANGE = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/;

/** How many alternatives the braces of a pattern stand for, as bash expands them; counting stops past 1,000. */
function alternatives(pattern, depth = 0) {
  let text = depth === 0 && pattern.startsWith('{}') ? `  ${pattern.slice(2)}` : pattern;
  let total = 1;
  for (let from = 0; total <= MOST_ALTERNATIVES && depth < 200; ) {
    const group = firstGroup(text, from);
    if (group === undefined) break;
    const [start, end] = group;
    const body = text.slice(start + 1, end);
    const range = RANGE.exec(body);
    if (text[start - 1] !== '$') {
      if (range === null && !body.includes(',')) {
        // `{a},b}`: a brace that closes no set is a literal, where a comma and a later brace can take its place.
        const comma = text.indexOf(',', end + 1);
        if (comma < 0 || !text.includes('}', comma)) break;
        text = `${text.slice(0, end)} ${text.slice(end + 1)}`;
        continue;
      }
      total *= range === null ? sum(splitMembers(body).map((part) => alternatives(part, depth + 1))) : sizeOf(range);
    }
    from = end + 1;
  }
  return total;
}

function sizeOf([, first, last, firstLetter, lastLetter, step = '1']) {
  const [a, b] = first === undefined ? [firstLetter.charCodeAt(0), lastLetter.charCodeAt(0)] : [Number(first), Number(last)];
  return Math.floor(Math.abs(b - a) / Math.max(Math.abs(Number(step)), 1)) + 1;
}

/** The first `{` that has its `}`, and that `}`. */
function firstGroup(text, from) {
  const open = [];
  let found;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open.push(at);
    if (text[at] !== '}' || open.length === 0) continue;
    const start = open.pop();
    if (found === undefined || start < found[0]) found = [start, at];
    if (open.length === 0) return found;
  }
  return found;
}

function splitMembers(body) {
  const parts = [''];
  let depth = 0;
  for (const char of body) {
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/** Settings and rules with all that may be left out filled in: what a gateway would store. */
export function filled({ settings = {}, rules }) {
  return {
    settings: { gatedWhenFalse: 'continue', ...settings },
    rules: rules.map((rule) => ({
      description: '',
      status: 'active',
      condition: null,
      ...rule,
      scope: { ...Object.fromEntries(FACETS.map((facet) => [facet, []])), ...rule.scope },
    })),
  };
}

/** The policy's digest: SHA-256 of the canonical form of format, version, settings and rules, without what may be left out. */
export function digest({ settings = {}, rules }) {
  const short = (object, isDefault) => Object.fromEntries(Object.entries(object).filter(([k, v]) => !isDefault(k, v)));
  const isEmpty = (object) => Object.keys(object).length === 0;
  const kept = short(settings, (key, value) => key === 'gatedWhenFalse' && value === 'continue');
  const policy = {
    format: 'policy-bundle',
    version: 1,
    ...(isEmpty(kept) ? {} : { settings: kept }),
    rules: rules.map((rule) => {
      const scope = short(rule.scope ?? {}, (key, value) => FACETS.includes(key) && value.length === 0);
      return short({ ...rule, scope }, (key, value) => {
        if (key === 'description') return value === '';
        if (key === 'status') return value === 'active';
        if (key === 'condition') return value === null;
        return key === 'scope' && isEmpty(value);
      });
    }),
  };
  return sha256(Buffer.from(canonical(policy), 'utf8'));
}

/** RFC 8785: no white space, keys in the order of their UTF-16 units, numbers and texts as ECMAScript writes them. */
export function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) refuse('a text holds half of a surrogate pair');
  if (typeof value === 'number' && !Number.isFinite(value)) refuse('a number is not finite');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`;
}

function knownFields(object, known, where) {
  if (!isObject(object)) refuse(`${where} is no object`);
  for (const key of Object.keys(object)) {
    if (!known.includes(key) && !key.startsWith('x-')) refuse(`${where} has an unknown field: ${JSON.stringify(key)}`);
  }
}

function parse(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // JSON.parse lets the last of two equal keys win, where another reader may take the first: look for them before.
    refuseDuplicateKeys(text);
    return JSON.parse(text);
  } catch (error) {
    return refuse(`this is not JSON as a bundle has it: ${error.message}`);
  }
}

/** Walks the tokens of the text; whether it is JSON at all is for JSON.parse to say. */
function refuseDuplicateKeys(text) {
  const open = [];
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > 128) refuse('the bundle nests deeper than 128 levels');
    } else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const key = JSON.parse(token.slice(0, -1));
      const keys = open.at(-1);
      if (keys?.has(key)) refuse(`a key stands twice: ${JSON.stringify(key)}`);
      keys?.add(key);
    }
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export class Refused extends Error {}

function refuse(why) {
  throw new Refused(why);
}

function main(source = refuse('give a file or a link')) {
  const fromLink = source.includes('#1.');
  const bundle = readBundle(fromLink ? decodeLink(source) : readFileSync(source), { fromLink });
  const result = { name: bundle.name, digest: digest(bundle), ...filled(bundle) };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main(process.argv[2]);
  } catch (error) {
    // A file that cannot be read has a code; anything else would be a defect of this program.
    if (!(error instanceof Refused) && error.code === undefined) throw error;
    process.stderr.write(`refused: ${error.message}\n`);
    process.exitCode = 1;
  }
}
