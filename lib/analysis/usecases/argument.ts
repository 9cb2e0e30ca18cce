import { isObject } from '../../json';
import type { CatalogTool, Json, JsonObject } from '../../engine';
import type { ArgumentSlot, ArgumentType } from './model';

/** An argument that a tool's input schema declares. */
export interface ToolArgument {
  /** Keys below `request.args`. */
  readonly path: readonly string[];
  readonly type: ArgumentType | undefined;
  readonly required: boolean;
  /** How many of the tools that were looked at have it. */
  readonly tools: number;
}

const MAX_DEPTH = 3;

/** The arguments of these tools, each once, those that most tools have first; nested ones after what holds them. */
export function argumentsOf(tools: readonly CatalogTool[]): readonly ToolArgument[] {
  const found = new Map<string, ToolArgument>();
  for (const { inputSchema } of tools) {
    for (const argument of inputSchema === undefined ? [] : membersOf(inputSchema, [], 0)) {
      const key = JSON.stringify(argument.path);
      const known = found.get(key);
      found.set(
        key,
        known === undefined
          ? argument
          : { ...known, tools: known.tools + 1, required: known.required && argument.required },
      );
    }
  }
  return [...found.values()].sort((a, b) => b.tools - a.tools);
}

function membersOf(schema: JsonObject, above: readonly string[], depth: number): readonly ToolArgument[] {
  const { properties, required } = schema;
  if (!isObject(properties) || depth >= MAX_DEPTH) return [];
  const needed = new Set<Json>(Array.isArray(required) ? required : []);
  return Object.entries(properties).flatMap(([name, member]) => {
    if (!isObject(member)) return [];
    const path = [...above, name];
    const own = { path, type: typeOf(member), required: needed.has(name), tools: 1 };
    return [own, ...membersOf(member, path, depth + 1)];
  });
}

function typeOf({ type, items, enum: values }: JsonObject): ArgumentType | undefined {
  const named = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (named === 'integer' || named === 'number') return 'number';
  if (named === 'string' || named === 'boolean' || named === 'array') return named;
  if (items !== undefined) return 'array';
  return Array.isArray(values) && values.every((one) => typeof one === 'string') ? 'string' : undefined;
}

/** Arguments that can fill the slot by their type, the likeliest by name first. */
export function candidatesFor(slot: ArgumentSlot, known: readonly ToolArgument[]): readonly ToolArgument[] {
  return known
    .filter(({ type }) => type !== undefined && slot.types.includes(type))
    .map((argument) => ({ argument, likeness: likeness(slot, argument) }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ argument }) => argument);
}

/** The likeliest argument for a slot, if any has a name that speaks for it. */
export function pickArgument(slot: ArgumentSlot, known: readonly ToolArgument[]): ToolArgument | undefined {
  const [best] = candidatesFor(slot, known);
  return best !== undefined && likeness(slot, best) > 0 ? best : undefined;
}

/** The argument that is written where no tool is known: by the slot's first name. */
export const assumedArgument = (slot: ArgumentSlot): ToolArgument => ({
  path: [slot.names[0] ?? 'value'],
  type: slot.types[0],
  required: false,
  tools: 0,
});

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

function likeness({ names }: ArgumentSlot, { path, required, tools }: ToolArgument): number {
  const name = path[path.length - 1] ?? '';
  const best = Math.max(
    0,
    ...names.map((wanted, place) => {
      const earlier = (names.length - place) / names.length;
      if (plain(name) === plain(wanted)) return 20 + 10 * earlier;
      if (wordsOf(name).includes(wanted)) return 10 + 5 * earlier;
      return wanted.length > 3 && plain(name).includes(plain(wanted)) ? 5 * earlier : 0;
    }),
  );
  if (best === 0) return 0;
  return best + (required ? 1 : 0) + Math.min(tools, 100) / 200 - path.length;
}
