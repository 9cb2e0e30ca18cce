import { lex } from './syntax/lexer';

/** A number in [0, 1), the next of a sequence. */
export type RandomNumber = () => number;

export function pick<T>(next: RandomNumber, choices: readonly T[]): T {
  return choices[Math.floor(next() * choices.length)] as T;
}

/**
 * Forms of each sort of expression, the leaves before the bar. `{sort}` stands for any form of that sort. They are put together without
 * parentheses, so a form may come apart in a larger one: what comes out parses more often than not, and checks about as often.
 */
const FORMS: Readonly<Record<string, string>> = {
  bool: `true ; false ; agent.slug == "cursor" ; has(request.args.n) ; request.args.flag
    | {bool} && {bool} ; {bool} || {bool} ; {bool} || {bool} && {bool} ; !{bool} ; !({bool}) ; ({bool}) ; {bool} ? {bool} : {bool}
    ; {int} < {int} ; {number} <= {number} ; {dyn} == {dyn} ; {string} != {string} ; {dyn} in {list} ; {string} in {map} ; {any} == {any}
    ; {string}.startsWith({string}) ; {string}.endsWith({string}) ; {string}.contains({string}) ; {string}.matches({pattern})
    ; {list}.all({name}, {bool}) ; {list}.exists({name}, {bool}) ; {list}.exists_one({name}, {name} == {dyn}) ; {map}.all(k, {bool})
    ; has({path}) ; {time} < {time} ; {duration} >= {duration} ; {list} == {list} ; type({any}) == {type} ; bool({string})`,
  int: `0 ; 1 ; -1 ; 42 ; 0x1F ; 9223372036854775807 ; -9223372036854775808
    | {int} + {int} ; {int} - {int} ; {int} * {int} ; {int} / {int} ; {int} % {int} ; -{int} ; -({int}) ; --{int} ; size({list})
    ; {string}.size() ; int({number}) ; int({string}) ; {bool} ? {int} : {int} ; ({int}) ; {time}.getHours() ; {time}.getDate({zone})
    ; {duration}.getMinutes() ; int({time}) ; {list}[{int}]`,
  number: `1.5 ; -0.0 ; 1e3 ; .5 ; 3u ; 1e-320 ; request.args.n ; request.args.amount
    | {int} ; {number} + {number} ; {number} * {number} ; double({int}) ; uint({int}) ; -{number} ; double({string}) ; {number} / {number}`,
  string: `"" ; "a" ; 'claude-code' ; r"\\d" ; "é😀" ; """x"y""" ; '\\n\\x41\\u00e9' ; agent.slug ; request.args.name ; user.email
    | {string} + {string} ; string({any}) ; {bool} ? {string} : {string} ; ({string}) ; {list}[{int}] ; string({bytes})`,
  bytes: `b"" ; b'\\xff\\000' ; bR"""\\x""" | bytes({string}) ; {bytes} + {bytes}`,
  pattern: `"a+" ; "^a.*b$" ; r"\\pL[[:alpha:]]" ; "(" ; "(?i)x" ; "x{2,1}" ; request.args.pattern | {string}`,
  list: `[] ; [1, 2, 3] ; ["a", 'b',] ; [1, 2u, 3.0] ; agent.tags ; user.groups ; request.args.list
    | [{any}, {any}] ; {list} + {list} ; {list}.map({name}, {any}) ; {list}.map({name}, {bool}, {any}) ; {list}.filter({name}, {bool})
    ; [{list}] ; {map}.map(k, k) ; ({list})`,
  map: `{} ; {"a": 1, "b": [true]} ; {1: "x", 2u: null, true: 1.0,} ; request.args ; request ; agent | {{string}: {any}} ; ({map})
    ; {{any}: {any}, {any}: {any}}`,
  time: `timestamp("2024-02-29T23:59:59.5Z") ; request.time ; timestamp(0)
    | {time} + {duration} ; {time} - {duration} ; timestamp({string}) ; timestamp({int})`,
  duration: `duration("1h30m") ; duration("-0.5s") | {time} - {time} ; {duration} + {duration} ; duration({string})`,
  zone: `"America/New_York" ; "-03:30" ; "nowhere" | {string}`,
  type: `int ; bool ; type ; string ; null_type | type({any})`,
  path: `agent.slug ; request.args.n ; user.nope.name ; request.args.\`content-type\` ; tool.annotations.readOnlyHint ; resource.tags
    | {map}.a ; ({map}).b.c ; request.args[{string}].x ; {path}.y`,
  dyn: `null ; request.args.x ; request.args["n"] ; request.args.list[0] ; x ; y
    | {path} ; dyn({any}) ; {map}[{string}] ; {list}[{int}] ; {bool} ? {dyn} : {dyn} ; {number} ; {string}`,
  any: `null ; Msg{a: 1} ; google.protobuf.Duration{seconds: 1} | {bool} ; {int} ; {number} ; {string} ; {list} ; {map} ; {dyn} ; {time} ; {duration} ; {type}
    ; {bytes} ; f({any}) ; .{path}`,
  name: `x ; y ; k ; t ; agent | x`,
};

const SORTS = new Map(
  Object.entries(FORMS).map(([sort, forms]) => {
    const [leaves = [], branches = []] = forms
      .split(/(?<=\s)\|(?=\s)/)
      .map((side) => side.split(/(?<=\s);(?=\s)/).map((form) => form.trim()));
    return [sort, { leaves, branches }] as const;
  }),
);

/** A random expression of at most `depth` levels of forms. */
export function generate(next: RandomNumber, depth: number, sort = 'bool'): string {
  const forms = SORTS.get(sort);
  if (!forms) return 'x';
  const form = pick(next, depth <= 0 || next() < 0.1 ? forms.leaves : forms.branches);
  return form.replace(/\{(\w+)\}/g, (_, inner: string) => generate(next, depth - 1, inner));
}

const TRIVIA = [
  ' ',
  '  ',
  '\n',
  '\t',
  '\r\n',
  '\f',
  ' // why\n',
  '\n// own line\n',
  '//\n',
  '\n\n// a\n  // b\n',
  '// "quoted" && (\r\n',
];

/** The same tokens with other white space and comments between them. */
export function respace(next: RandomNumber, source: string, chance: number): string {
  let out = '';
  let last = 0;
  for (const { start, end } of lex(source).lexemes) {
    out += next() < chance ? pick(next, TRIVIA) : source.slice(last, start);
    out += source.slice(start, end);
    last = end;
  }
  return out;
}

const SNIPPETS = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '.',
    ',',
    ':',
    '?',
    '!',
    '-',
    '&&',
    '||',
    '==',
    'in',
    '+',
    '`',
    '"',
    "'",
    '"""',
    "r'",
    'b"',
    '//',
    '/*',
  ],
  ...[
    '\\',
    '\n',
    '\r',
    '\0',
    '\u00a0',
    '\u2028',
    '😀',
    '\ud83d',
    '\udc00',
    'é',
    '0x',
    '1e',
    '1u',
    '.5',
    '=',
    '&',
    '|',
    ';',
    '@',
    '#',
    '$',
  ],
  ...[
    'true',
    'null',
    'if',
    'not',
    'and',
    'or',
    '__proto__',
    'constructor',
    '.?',
    '[?',
    'has(',
    '.all(x,',
    '.map(',
    '__result__',
    'Msg{',
  ],
];

/** A source changed in one to four places: characters, tokens, whole stretches; or a stretch of it many times over. */
export function mutate(next: RandomNumber, source: string, other: string): string {
  let out = source;
  const point = (text: string) => Math.floor(next() * (text.length + 1));
  for (let left = 1 + Math.floor(next() * 4); left > 0; left--) {
    const lexemes = lex(out).lexemes;
    const token = pick(next, lexemes);
    const other_ = pick(next, lexemes);
    const at = point(out);
    switch (Math.floor(next() * 9)) {
      case 0:
        out = out.slice(0, at) + pick(next, SNIPPETS) + out.slice(at);
        break;
      case 1:
        out = out.slice(0, token.start) + pick(next, SNIPPETS) + out.slice(token.end);
        break;
      case 2:
        out = out.slice(0, token.start) + out.slice(token.end);
        break;
      case 3:
        out = out.slice(0, token.end) + out.slice(token.start);
        break;
      case 4:
        out = out.slice(0, token.start) + out.slice(other_.start, other_.end) + out.slice(token.end);
        break;
      case 5:
        out = out.slice(0, at);
        break;
      case 6: {
        const from = point(other);
        out = out.slice(0, at) + other.slice(from, from + 1 + Math.floor(next() * 20)) + out.slice(at);
        break;
      }
      case 7:
        out =
          out.slice(0, at) + String.fromCharCode(Math.floor(next() * (next() < 0.8 ? 128 : 65_536))) + out.slice(at);
        break;
      default: {
        const stretch = out.slice(token.start, token.start + 1 + Math.floor(next() * 6));
        // Seldom and long: nesting and length at the limits.
        const times = next() < 0.02 ? 300 : 3;
        out = out.slice(0, token.start) + stretch.repeat(times) + out.slice(token.start);
      }
    }
  }
  return out;
}
