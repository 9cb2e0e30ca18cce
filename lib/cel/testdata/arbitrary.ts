import fc from 'fast-check';
import type { Json } from '../../json';

/** Names, texts and numbers that collide often, so that random conditions hit random calls. */
const KEYS = ['a', 'b', 'n', 'list', 'map', 'flag', 'text'] as const;
const TEXTS = ['', 'a', 'b', 'ab', 'é', '😀', '\ufffd', '1', 'true', '/srv/x', 'x@acme.example', '10'] as const;
const NUMBERS = [0, 1, -1, 2, 1.5, 100, 9007199254740992, -0, 1e300] as const;

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, ...TEXTS, ...NUMBERS),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** A call's facts, each at times missing. */
export const context: fc.Arbitrary<Record<string, Record<string, Json>>> = fc.record({
  agent: fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 5 }),
  user: fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 5 }),
  request: fc.record(
    {
      args: fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 6 }),
      ip: fc.constantFrom<Json>('10.0.0.1', null, ''),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, Json>>,
});

const quoted = fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text));
const literal = fc.oneof(
  quoted,
  fc.constantFrom('0', '1', '-1', '2', '1u', '2u', '1.0', '1.5', '-0.5', '100', '9007199254740993', 'true', 'false', 'null'),
);

/** Random conditions; about one in two type-checks. `names` are the iteration variables in reach. */
export const condition: fc.Arbitrary<string> = expression(3, []);

function expression(depth: number, names: readonly string[]): fc.Arbitrary<string> {
  const root = fc.constantFrom('agent', 'user', 'request.args', ...names);
  const path = fc
    .tuple(root, fc.array(fc.constantFrom(...KEYS.map((key) => `.${key}`), '[0]', '["n"]', '["a"]'), { maxLength: 2 }))
    .map(([name, steps]) => name + steps.join(''));
  const leaf = fc.oneof({ weight: 3, arbitrary: path }, { weight: 2, arbitrary: literal });
  if (depth === 0) return leaf;
  const inner = expression(depth - 1, names);
  const variable = `v${names.length}`;
  const body = expression(depth - 1, [...names, variable]);
  const infix = (...operators: string[]) =>
    fc.tuple(inner, fc.constantFrom(...operators), inner).map(([a, operator, b]) => `(${a} ${operator} ${b})`);
  return fc.oneof(
    { maxDepth: 4 },
    leaf,
    infix('==', '!=', '<', '<=', '>', '>='),
    infix('&&', '||'),
    infix('+', '-', '*', '/', '%'),
    fc.tuple(path, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), literal).map((parts) => parts.join(' ')),
    fc.tuple(literal, fc.constantFrom('==', '<', '>='), path).map((parts) => parts.join(' ')),
    fc.tuple(inner, fc.constantFrom('[]', '["a", "b"]', '[1, 2.0, "a"]', '[[1]]', 'agent', 'request.args.list')).map(([a, b]) => `${a} in ${b}`),
    fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(inner, inner, inner, fc.constantFrom(...KEYS)).map(([a, b, c, key]) => `(${a} ? ${b} : ${c}).${key}`),
    inner.map((a) => `!(${a})`),
    inner.map((a) => `-(${a})`),
    fc.tuple(root, fc.constantFrom(...KEYS)).map(([name, key]) => `has(${name}.${key})`),
    fc.tuple(path, inner, fc.constantFrom(...KEYS)).map(([name, key, field]) => `has(${name}[${key}].${field})`),
    fc.tuple(path, inner).map(([name, key]) => `${name}[${key}]`),
    fc.tuple(path, fc.constantFrom('==', '<', '>='), fc.nat(3)).map(([name, operator, n]) => `size(${name}) ${operator} ${n}`),
    fc.tuple(fc.constantFrom('size', 'int', 'double', 'string', 'type', 'dyn', 'bool', 'uint'), inner).map(([name, a]) => `${name}(${a})`),
    fc.tuple(path, fc.constantFrom('startsWith', 'endsWith', 'contains', 'matches'), quoted).map(([a, name, b]) => `${a}.${name}(${b})`),
    fc.tuple(inner, fc.constantFrom('startsWith', 'contains'), inner).map(([a, name, b]) => `(${a}).${name}(${b})`),
    fc
      .tuple(fc.oneof(path, fc.constantFrom('[1, 2, 3]', '["a", 1]', '{"a": 1}')), fc.constantFrom('all', 'exists', 'exists_one', 'filter', 'map'), body)
      .map(([range, name, predicate]) => `${range}.${name}(${variable}, ${predicate})`),
    fc.tuple(path, body, body).map(([range, test, take]) => `${range}.map(${variable}, ${test}, ${take})`),
    fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(fc.constantFrom('"a"', '"n"', '1', '1u'), inner).map(([key, value]) => `{${key}: ${value}}`),
  );
}

/** Which facts are unknown. */
export const unknowns: fc.Arbitrary<string[]> = fc.uniqueArray(
  fc.constantFrom('request.args', 'user', 'agent', 'agent.n', 'request.args.list', 'request.ip', 'user.map.a'),
  { minLength: 1, maxLength: 3 },
);
