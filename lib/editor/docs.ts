/** Texts for completions and hovers, in Markdown. */
import type { CelCallable } from '../cel';
import type { ConditionContext, VocabularyDocs } from './context';
import type { KnownExpression } from './known';
import { namedValues, type SchemaNode } from './schema';

const MAX_VALUES = 8;
/** Longer texts are cut: Markdown is laid out at once, and a schema may hold megabytes. */
const MAX_TEXT = 2_000;
const MAX_VALUE = 200;

function cut(text: string, most: number): string {
  const start = text.slice(0, most);
  return start.length < text.length ? `${start.replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** Text that shall be in Markdown as it is: schemas come from anywhere. */
export const plain = (text: string): string =>
  cut(text, MAX_TEXT)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&')
    .replaceAll('\n', '  \n');

/** Text as code, whatever backticks it holds. */
export function code(whole: string): string {
  const text = cut(whole, MAX_VALUE);
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text.replaceAll('\n', ' ')}${space}${fence}`;
}

export function callableDoc({ name, signatures }: CelCallable, docs: VocabularyDocs | undefined): string {
  const doc = docs && Object.hasOwn(docs.CALLABLE_DOCS, name) ? docs.CALLABLE_DOCS[name] : undefined;
  const forms = `\`\`\`cel\n${signatures.join('\n')}\n\`\`\``;
  if (!doc) return forms;
  const examples = doc.examples.map(([expression, value]) => `${code(expression)} → ${code(value)}`);
  return [forms, `${plain(doc.doc)}.`, ...examples].join('\n\n');
}

const schemaDocs = new WeakMap<readonly SchemaNode[], string>();

/** What is known of a fact or an argument, without its name and type. */
export function memberDoc(known: KnownExpression, context: ConditionContext): string | undefined {
  if (known.schemas.length === 0) return known.doc === undefined ? undefined : plain(known.doc);
  // INVARIANT: the schemas of an argument are one array for the tools of one rule.
  const doc = schemaDocs.get(known.schemas) ?? argumentDoc(known, context);
  schemaDocs.set(known.schemas, doc);
  return doc === '' ? undefined : doc;
}

function argumentDoc(known: KnownExpression, { tools }: ConditionContext): string {
  const lines: string[] = [];
  if (known.doc !== undefined) lines.push(plain(known.doc));
  const values = namedValues(known.schemas);
  const permitted = values.filter(({ from }) => from === 'enum').map(({ value }) => code(JSON.stringify(value)));
  if (permitted.length > 0) lines.push(`One of ${shortened(permitted)}`);
  const initial = values.find(({ from }) => from === 'default');
  if (initial) lines.push(`By default ${code(JSON.stringify(initial.value))}`);
  const names = [...new Set(known.schemas.map((node) => node.tool))];
  if (tools.length > 1) lines.push(`An argument of ${shortened(names.map(code))}`);
  if (known.optional) lines.push(`May be absent: ask first with ${code('has(…)')}`);
  return lines.join('\n\n');
}

const shortened = (words: readonly string[]): string =>
  words.length <= MAX_VALUES
    ? words.join(', ')
    : `${words.slice(0, MAX_VALUES).join(', ')} and ${words.length - MAX_VALUES} more`;
