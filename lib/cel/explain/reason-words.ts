import type { ShownValue } from '../values/display';
import type { Reason, ReasonOperand } from './reason';

/**
 * A reason in words: `` `request.args.amount` is `750`, wanted `<= 500` ``. Lower case, no full stop, the user's text in backticks.
 *
 * @param source the text that the reason's ranges lie in
 */
export function reasonWords(reason: Reason, source: string): string {
  const text = ({ start, end }: { start: number; end: number }): string =>
    `\`${source.slice(start, end).replace(/\s+/g, ' ')}\``;
  const maybe = (suggestion: string | undefined): string => (suggestion ? `, did you mean \`${suggestion}\`?` : '');
  switch (reason.kind) {
    case 'comparison':
      return compared(reason, text);
    case 'bool':
      return `${text(reason)} is \`${String(!reason.wanted)}\``;
    case 'has':
      return reason.wanted
        ? `${text(reason.field)} does not exist${maybe(reason.suggestion)}`
        : `${text(reason.field)} exists`;
    case 'absent': {
      const instead = reason.instead?.map((one) => `\`${one}\``).join(' or ');
      return `${text(reason)} does not exist${instead ? `: write ${instead}` : maybe(reason.suggestion)}`;
    }
    case 'error': {
      const held = reason.operands.flatMap((side) => (side.value?.kind === 'value' ? [is(side, text)] : []));
      const hint = reason.hint ? 'JSON numbers are doubles: write `1.0` for `1`, or convert with `int(…)`' : '';
      return [reason.message, held.join(' and '), hint].filter(Boolean).join('; ');
    }
    case 'element': {
      const because = reason.because.map((inner) => reasonWords(inner, source)).join('; ');
      return `for the element ${shown(reason.element)} of ${text(reason.range)}: ${because}`;
    }
    case 'elements':
      return elements(reason, text);
    case 'unknown':
      return `${text(reason)} waits for ${reason.paths.map((path) => `\`${path}\``).join(', ')}`;
    case 'not-bool':
      return `${text(reason)} is ${shown(reason.value)}, which is no bool`;
  }
}

type SourceText = (range: { start: number; end: number }) => string;

const shown = (value: ShownValue): string => (value.kind === 'value' ? `\`${value.text}\`` : value.kind);

const is = (side: ReasonOperand, text: SourceText): string =>
  `${text(side)} is ${side.value ? shown(side.value) : 'absent'}`;

/** How each comparison is said of its left side where it holds although it should not. */
const HOLDS: Readonly<Record<string, string>> = {
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches',
  in: 'is in',
};
const WANTED: Readonly<Record<string, string>> = {
  contains: 'to contain',
  startsWith: 'to start with',
  endsWith: 'to end with',
  matches: 'to match',
};

function compared(
  { operator, left, right, wanted, near }: Extract<Reason, { kind: 'comparison' }>,
  text: SourceText,
): string {
  // What varies comes first: `500 < request.args.amount` is about the amount.
  const facts = [left, right].filter((side) => side.value !== undefined).map((side) => is(side, text));
  const note = near === 'case' ? ' (they differ only in case)' : near === 'type' ? ' (they differ only in type)' : '';
  if (!facts.length) return `${text(left)} \`${operator}\` ${text(right)} is \`${String(!wanted)}\``;
  if (!wanted) {
    const held = HOLDS[operator];
    const what = left.value === undefined || !held ? `\`${operator}\`` : held;
    return left.value === undefined || !held
      ? `${facts.join(' and ')}, and ${text(left)} ${what} ${text(right)} holds`
      : `${is(left, text)}, which ${what} ${text(right)}${right.value ? ` (${shown(right.value)})` : ''}`;
  }
  if (left.value === undefined) return `${facts.join(' and ')}, wanted ${text(left)} \`${operator}\` it${note}`;
  const aim = aimed(operator, text(right));
  return `${facts.join(' and ')}, wanted ${aim}${note}`;
}

/** What the right side is to be: of `==` the value alone, which is how people say it. */
function aimed(operator: string, right: string): string {
  if (operator === '==') return right;
  return WANTED[operator] ? `${WANTED[operator]} ${right}` : `\`${operator} ${right.slice(1)}`;
}

function elements(reason: Extract<Reason, { kind: 'elements' }>, text: SourceText): string {
  const { macro, count, passed } = reason;
  const [range, body] = [text(reason.range), text(reason.body)];
  if (count === 0) return `${range} is empty`;
  if (macro === 'exists') return `${body} holds for none of the ${count} elements of ${range}`;
  if (macro === 'exists_one') return `${body} holds for ${passed} of the ${count} elements of ${range}`;
  return `${body} holds for every element of ${range}`;
}
