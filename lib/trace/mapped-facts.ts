import { CALL_FIELDS } from '../engine';
import { parse } from './source/exact';
import { isObject, member, type UnknownObject, text } from './shape';
import { readTime } from './time';
import { DEFAULT_FIELDS, type ImportedCall, type MappedField, type FieldMapping, type ImportOutput } from './types';

/** Members that name what holds them. */
const NAMING = new Set(['name', 'slug', 'operation', 'id']);

/** The value at a dotted path; a key that itself holds dots is found as it is. */
export function valueAt(entry: UnknownObject, path: string): unknown {
  const whole = member(entry, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = member(entry, path.slice(0, dot));
    const rest = path.slice(dot + 1);
    // Some entries of a log write the name alone where others write an object.
    const found = isObject(inner) ? valueAt(inner, rest) : NAMING.has(rest) ? text(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A single text: of a text, a number, a boolean, or of an object by the names that name things. */
export function textOf(value: unknown, keys: readonly string[] = ['slug', 'id', 'name']): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isObject(value)) return undefined;
  return keys.map((key) => textOf(member(value, key))).find((found) => found !== undefined);
}

/** A list of texts: of a list, or of a text with `,`, `;` or `|` between them. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => textOf(item, ['name', 'slug', 'id']) ?? []);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const list = parse(value);
  if (Array.isArray(list)) return textsOf(list);
  return value
    .split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export { parse as parseJson };

/** The words for a decision that exports use, and HTTP's status: 403, or success. Undefined where a word says neither. */
export function effectOf(value: unknown): 'allow' | 'deny' | undefined {
  const status = /^[1-5]\d\d$/.exec(textOf(value) ?? '')?.[0];
  if (status !== undefined) return status === '403' ? 'deny' : status.startsWith('2') ? 'allow' : undefined;
  const word =
    typeof value === 'boolean'
      ? value
        ? 'allow'
        : 'deny'
      : textOf(value)
          ?.toLowerCase()
          .replace(/[^a-z]/g, '');
  if (word === undefined) return undefined;
  if (/^(allow|allowed|permit|permitted|accept|accepted|granted|true)$/.test(word)) return 'allow';
  if (/^(deny|denied|block|blocked|reject|rejected|refused|forbidden|false)$/.test(word)) return 'deny';
  return undefined;
}

const TEXT_FIELDS = DEFAULT_FIELDS.filter((field) => CALL_FIELDS[field].kind === 'text');
const LIST_FIELDS = DEFAULT_FIELDS.filter((field) => CALL_FIELDS[field].kind === 'texts');

/** An address as proxies log it, without its port: `10.0.0.1:4000`, `[::1]:4000`. */
const withoutPort = (address: string): string =>
  /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address;

/** The facts of an entry by its mapping, but for `id`, `args`, the recorded decision and the actor. */
export function mappedFacts(entry: UnknownObject, mapping: FieldMapping, out: ImportOutput): Omit<ImportedCall, 'id'> {
  const facts: Record<string, unknown> = {};
  const set = (field: string, value: unknown): void => {
    const parts = field.split('.');
    let at = facts;
    for (const part of parts.slice(0, -1)) {
      const inner = at[part];
      at = isObject(inner) ? (inner as Record<string, unknown>) : ((at[part] = {}) as Record<string, unknown>);
    }
    at[parts[parts.length - 1] ?? ''] = value;
  };
  const stated = mapping.time === undefined ? undefined : valueAt(entry, mapping.time);
  if (stated !== undefined && stated !== null && stated !== '') {
    const read = readTime(stated);
    if ('time' in read) set('time', read.time);
    else out.note('time-unreadable', (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read: left unknown`);
    if ('zoneless' in read)
      out.note('time-zoneless', (n) => `${n} ${n === 1 ? 'time names' : 'times name'} no zone: read as UTC`);
  }
  for (const field of TEXT_FIELDS) {
    const path = mapping[field];
    const value =
      path === undefined
        ? undefined
        : textOf(valueAt(entry, path), field.endsWith('.name') ? ['name', 'slug', 'id'] : undefined);
    if (value !== undefined) set(field, field === 'ip' ? withoutPort(value) : value);
  }
  // A column called `user` may hold addresses.
  const user = facts.user;
  if (isObject(user) && typeof user.id === 'string' && user.id.includes('@') && user.email === undefined) {
    const { id, ...rest } = user;
    facts.user = { ...rest, email: id };
  }
  for (const field of LIST_FIELDS) {
    const path = mapping[field];
    const value = path === undefined ? undefined : textsOf(valueAt(entry, path));
    if (value !== undefined) set(field, value);
  }
  return facts as Omit<ImportedCall, 'id'>;
}

/** The recorded decision of an entry by its mapping. */
export function recordedOf(entry: UnknownObject, mapping: FieldMapping, out: ImportOutput): ImportedCall['recorded'] {
  const read = (field: MappedField): unknown =>
    mapping[field] === undefined ? undefined : valueAt(entry, mapping[field]);
  const stated = read('recorded.effect');
  const reason = textOf(read('recorded.reason'));
  const effect =
    effectOf(stated) ??
    (reason !== undefined && /polic(y|ies).*(den|block|reject)|(den|block|reject).*polic(y|ies)/i.test(reason)
      ? 'deny'
      : undefined);
  if (effect === undefined) {
    if (stated !== undefined && stated !== null && stated !== '')
      out.note(
        'effect-unreadable',
        (n) => `${n} recorded ${n === 1 ? 'decision is' : 'decisions are'} neither allow nor deny: left out`,
      );
    return undefined;
  }
  const ruleId = textOf(read('recorded.ruleId'));
  const ruleName = textOf(read('recorded.ruleName'), ['name', 'id']);
  const policyDigest = textOf(read('recorded.policyDigest'));
  return {
    effect,
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(reason === undefined ? {} : { reason }),
    ...(policyDigest === undefined ? {} : { policyDigest }),
  };
}
