/** What can be written in each kind of place of a condition. */
import { CALLABLES, VARIABLES, type CelCallable } from '../cel';
import type { ConditionContext } from './context';
import { callableDoc, memberDoc } from './docs';
import type { ExpressionKnowledge, KnownExpression } from './known';
import type { OtherOperand, CursorPlace, CursorContext } from './cursor';
import type { ExprPath } from './tree';
import { suggestedValues } from './values';

export type CompletionKind =
  'variable' | 'argument' | 'function' | 'method' | 'macro' | 'keyword' | 'value' | 'operator';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** The type, or where a value comes from. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** What replaces `[start, end)`. In a snippet `${1:x}` are places to fill in, and `$`, `}` and `\` are escaped. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly start: number;
  readonly end: number;
  /** What the typed text is compared with, where it is not the label. */
  readonly filter?: string;
  /** After it something can be chosen at once. */
  readonly goesOn?: boolean;
}

/** A completion without its place in the text. */
export type CompletionItem = Omit<Completion, 'start' | 'end' | 'isSnippet'> & { readonly isSnippet?: boolean };

/** All that can be written at a place, best first. */
export function itemsAt(
  { place }: CursorContext,
  knowledge: ExpressionKnowledge,
  context: ConditionContext,
  source: string,
): readonly CompletionItem[] {
  switch (place.kind) {
    case 'nowhere':
      return [];
    case 'member':
      return memberItems(knowledge.of(place.receiver), knowledge, context);
    case 'key': {
      const receiver = knowledge.of(place.receiver);
      return knowledge.members(receiver).map((name) => {
        const member = knowledge.member(receiver, name);
        return { ...argumentItem(name, name, member, context), insert: inQuotes(name, place.quote) };
      });
    }
    case 'text':
      return valueItems(place.other, knowledge, context).flatMap(({ value, ...item }) =>
        typeof value === 'string' ? [{ ...item, label: value, insert: inQuotes(value, place.quote) }] : [],
      );
    case 'operand':
      return operandItems(place, knowledge, context);
    case 'operator':
      return operatorItems(place, knowledge, context, source);
  }
}

const NAME = /^[A-Za-z_]\w*$/;
const inQuotes = (text: string, quote: string): string => {
  const inner = JSON.stringify(text).slice(1, -1);
  return quote.startsWith("'") ? inner.replaceAll('\\"', '"').replaceAll("'", "\\'") : inner;
};

function memberItems(
  receiver: KnownExpression,
  knowledge: ExpressionKnowledge,
  context: ConditionContext,
): readonly CompletionItem[] {
  const members = knowledge.members(receiver).map((name) => {
    const item = argumentItem(name, name, knowledge.member(receiver, name), context);
    return NAME.test(name) ? item : { ...item, insert: `[${JSON.stringify(name)}]`, filter: `.${name}` };
  });
  return [...members, ...callableItems('method', receiver, context), ...macroItems(receiver, context)];
}

function argumentItem(
  label: string,
  insert: string,
  known: KnownExpression,
  context: ConditionContext,
): CompletionItem {
  const isFact = known.schemas.length === 0;
  return {
    label,
    insert,
    kind: isFact ? 'variable' : 'argument',
    detail: known.optional ? `${known.type}, may be absent` : known.type,
    documentation: memberDoc(known, context),
    goesOn: known.fields !== undefined,
  };
}

/** The functions, or the methods that the receiver may have. */
function callableItems(
  kind: 'method' | 'function',
  receiver: KnownExpression | undefined,
  { docs }: ConditionContext,
): CompletionItem[] {
  return CALLABLES.filter((one) => one.kind === kind).flatMap((callable) => {
    const fitting = callable.signatures.filter((text) => kind === 'function' || isFor(text, receiver));
    const [first] = fitting;
    if (first === undefined) return [];
    const noArguments = fitting.some((text) => text.includes('()'));
    return [
      {
        label: callable.name,
        kind,
        detail: first,
        documentation: callableDoc(callable, docs),
        insert: noArguments ? `${callable.name}()` : `${callable.name}($1)`,
        isSnippet: !noArguments,
        goesOn: !noArguments,
      },
    ];
  });
}

/** Whether a method's signature (`list(A).size() -> int`) takes what the receiver may be. */
function isFor(signature: string, receiver: KnownExpression | undefined): boolean {
  const kind = /^\w+/.exec(signature)?.[0] ?? '';
  return !receiver || receiver.kinds.length === 0 || receiver.kinds.includes(kind);
}

function macroItems(receiver: KnownExpression, { docs }: ConditionContext): readonly CompletionItem[] {
  const { kinds } = receiver;
  if (kinds.length > 0 && !kinds.includes('list') && !kinds.includes('map')) return [];
  const variable = singular(receiver);
  return CALLABLES.filter(({ kind, name }) => kind === 'macro' && name !== 'has').map((macro) => ({
    label: macro.name,
    kind: 'macro',
    detail: macro.signatures[0] ?? '',
    documentation: callableDoc(macro, docs),
    insert: `${macro.name}(\${1:${variable}}, \${2:})`,
    isSnippet: true,
  }));
}

/** A name for one of them: `label` for `labels`. */
function singular({ steps }: KnownExpression): string {
  const last = steps?.at(-1);
  return typeof last === 'string' && /^[a-z]\w*[^s]s$/i.test(last) ? last.slice(0, -1) : 'x';
}

function operandItems(
  place: Extract<CursorPlace, { kind: 'operand' }>,
  knowledge: ExpressionKnowledge,
  context: ConditionContext,
): readonly CompletionItem[] {
  const values = valueItems(place.other, knowledge, context).map(({ value, ...item }) => {
    const written = JSON.stringify(value);
    const asList = place.other?.as === 'list';
    return { ...item, label: asList ? `[${written}]` : written, insert: asList ? `[${written}]` : written };
  });
  const wantsList = place.other?.as === 'list';
  const isText = place.other !== undefined && textual(knowledge.of(place.other.path));
  const list: CompletionItem[] = wantsList
    ? [
        {
          label: '["…"]',
          kind: 'value',
          detail: 'a list of values',
          insert: isText ? '["$1"]' : '[$1]',
          isSnippet: true,
          goesOn: true,
        },
      ]
    : [];
  return [
    ...values,
    ...list,
    ...iterationItems(place.within, knowledge),
    ...argumentItems(knowledge, context),
    ...factItems(knowledge, context),
    ...hasItem(context),
    ...callableItems('function', undefined, context),
    ...['true', 'false', 'null'].map((word): CompletionItem => ({
      label: word,
      kind: 'keyword',
      detail: word === 'null' ? 'null' : 'bool',
      insert: word,
    })),
  ];
}

/** The variables of the macros around, the innermost first. */
function iterationItems(within: ExprPath, knowledge: ExpressionKnowledge): readonly CompletionItem[] {
  const names = within.flatMap((expr, at) =>
    // The list itself does not see the variable.
    expr.kind === 'macro' && expr.variable !== undefined && within[at + 1] !== expr.target ? [expr.variable] : [],
  );
  return [...new Set(names)].toReversed().map((name) => {
    const known = knowledge.variable(name, within);
    return { label: name, kind: 'variable', detail: known.type, documentation: known.doc, insert: name };
  });
}

/** Every argument of the covered tools by its whole path, so that its name alone finds it. */
function argumentItems(knowledge: ExpressionKnowledge, context: ConditionContext): readonly CompletionItem[] {
  const args = knowledge.member(knowledge.variable('request', []), 'args');
  return knowledge.members(args).map((name) => {
    const path = NAME.test(name) ? `request.args.${name}` : `request.args[${JSON.stringify(name)}]`;
    return argumentItem(path, path, knowledge.member(args, name), context);
  });
}

function factItems(knowledge: ExpressionKnowledge, context: ConditionContext): readonly CompletionItem[] {
  return VARIABLES.map(({ path }) => {
    const [root = '', ...names] = path.split('.');
    const known = names.reduce((of, name) => knowledge.member(of, name), knowledge.variable(root, []));
    return argumentItem(path, path, known, context);
  });
}

function hasItem({ docs }: ConditionContext): readonly CompletionItem[] {
  const has = CALLABLES.find(({ kind, name }) => kind === 'macro' && name === 'has') as CelCallable;
  return [
    {
      label: 'has',
      kind: 'macro',
      detail: has.signatures[0] ?? '',
      documentation: callableDoc(has, docs),
      insert: 'has($1)',
      isSnippet: true,
      goesOn: true,
    },
  ];
}

function valueItems(other: OtherOperand | undefined, knowledge: ExpressionKnowledge, context: ConditionContext) {
  if (!other) return [];
  const beside = knowledge.of(other.path);
  const known = other.as === 'element' ? knowledge.element(beside) : beside;
  return suggestedValues(known, context).map(({ value, from }) => ({
    value,
    kind: 'value' as const,
    detail: from,
    documentation: known.doc,
  }));
}

const textual = ({ kinds }: KnownExpression): boolean => kinds.includes('string');
const ordered = ({ kinds }: KnownExpression): boolean =>
  kinds.length === 0 || kinds.some((kind) => ['double', 'int', 'uint', 'timestamp', 'duration'].includes(kind));

/** What may follow an operand: comparisons by its type, unless it is a comparison itself; and what joins conditions. */
function operatorItems(
  place: Extract<CursorPlace, { kind: 'operator' }>,
  knowledge: ExpressionKnowledge,
  { docs }: ConditionContext,
  source: string,
): readonly CompletionItem[] {
  const operator = (
    label: string,
    callable: string,
    insert = `${label} `,
    more: Partial<CompletionItem> = {},
  ): CompletionItem => {
    const found = CALLABLES.find(({ kind, name }) => kind === 'operator' && name === callable);
    const documentation = found && callableDoc(found, docs);
    return {
      label,
      kind: 'operator',
      detail: docs?.CALLABLE_DOCS[callable]?.doc ?? '',
      documentation,
      insert,
      ...more,
    };
  };
  const joins = [operator('&&', '_&&_'), operator('||', '_||_')];
  if (place.isCondition) return joins;
  const known = place.left ? knowledge.of(place.left) : undefined;
  if (known?.kinds.length === 1 && known.kinds[0] === 'bool') return [...joins, operator('==', '_==_')];
  const value = known && textual(known) ? '"$1"' : '$1';
  const isSnippet = true;
  // A literal before `in` wants a list of the facts after it.
  const isLiteral = place.left?.at(-1)?.kind === 'literal' || source.slice(0, place.start).trimEnd().endsWith('"');
  const membership = isLiteral
    ? operator('in', '@in', 'in ', { goesOn: true })
    : operator(`in [${value === '$1' ? '…' : '"…"'}]`, '@in', `in [${value}]`, {
        isSnippet,
        goesOn: true,
        filter: 'in',
      });
  const compare = (symbol: string) =>
    operator(symbol, `_${symbol}_`, `${symbol} ${value}`, { isSnippet, goesOn: true });
  const orders = !known || ordered(known) ? ['<', '<=', '>', '>='].map(compare) : [];
  return [membership, compare('=='), compare('!='), ...orders, ...joins];
}
