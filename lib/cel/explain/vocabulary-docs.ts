/**
 * The texts of the vocabulary: one line each, with examples. Loaded by the editor and the documentation page, never by the engine.
 *
 * Keys of `VARIABLE_DOCS` are paths of `VARIABLES` and their groups; keys of `CALLABLE_DOCS` are names of `CALLABLES`. A test holds that
 * none is missing, none is left over, every example type-checks, and that each evaluates to what is beside it.
 */
export interface VariableDoc {
  readonly doc: string;
  readonly example: string;
}

export const VARIABLE_DOCS: Readonly<Record<string, VariableDoc>> = {
  agent: { doc: 'The kind of client that makes the call, such as Claude Code', example: 'agent.slug == "cursor"' },
  'agent.slug': { doc: 'The short name that identifies the agent', example: 'agent.slug == "claude-code"' },
  'agent.name': { doc: 'The name of the agent as people see it', example: 'agent.name == "Claude Code"' },
  'agent.tags': { doc: 'The tags given to the agent', example: '"trusted" in agent.tags' },
  instance: { doc: 'One connected client of one user', example: 'instance.id == "i-7"' },
  'instance.id': { doc: 'The identifier of the instance', example: 'instance.id == "i-7"' },
  'instance.name': { doc: 'The name of the instance', example: 'instance.name.startsWith("ci-")' },
  'instance.tags': { doc: 'The tags given to the instance', example: '"laptop" in instance.tags' },
  'instance.client': { doc: 'What the client says of itself when it connects', example: 'has(instance.client)' },
  'instance.client.name': {
    doc: 'The name that the client software gives itself',
    example: 'has(instance.client) && has(instance.client.name) && instance.client.name == "claude-code"',
  },
  'instance.client.version': {
    doc: 'The version that the client software gives itself',
    example: 'has(instance.client) && has(instance.client.version) && instance.client.version.startsWith("2.")',
  },
  'instance.client.protocolVersion': {
    doc: 'The revision of MCP that the client speaks, written as a date',
    example:
      'has(instance.client) && has(instance.client.protocolVersion) && instance.client.protocolVersion >= "2025-06-18"',
  },
  user: { doc: 'The person on whose behalf the agent calls', example: 'user.email == "ana@acme.example"' },
  'user.id': { doc: 'The identifier of the user', example: 'user.id == "u-1"' },
  'user.email': { doc: 'The e-mail address of the user', example: 'user.email.endsWith("@acme.example")' },
  'user.name': { doc: 'The name of the user', example: 'has(user.name) && user.name == "Ana"' },
  'user.groups': { doc: 'The groups that the user belongs to', example: '"finance" in user.groups' },
  resource: { doc: 'The MCP server that is called', example: 'resource.slug == "slack"' },
  'resource.slug': { doc: 'The short name that identifies the resource', example: 'resource.slug == "slack"' },
  'resource.name': { doc: 'The name of the resource as people see it', example: 'resource.name == "Slack"' },
  'resource.tags': { doc: 'The tags given to the resource', example: '"production" in resource.tags' },
  tool: { doc: 'The tool that is called', example: 'tool.name == "send_message"' },
  'tool.name': { doc: 'The name of the tool on its own server', example: 'tool.name.startsWith("delete_")' },
  'tool.title': {
    doc: 'The title of the tool as people see it',
    example: 'has(tool.title) && tool.title == "Send message"',
  },
  'tool.annotations': {
    doc: 'What the server says of the tool; hints, not promises',
    example: 'has(tool.annotations) && has(tool.annotations.readOnlyHint)',
  },
  'tool.annotations.readOnlyHint': {
    doc: 'Whether the tool says that it changes nothing',
    example: 'has(tool.annotations) && has(tool.annotations.readOnlyHint) && tool.annotations.readOnlyHint',
  },
  'tool.annotations.destructiveHint': {
    doc: 'Whether the tool says that it may destroy something',
    example: 'has(tool.annotations) && has(tool.annotations.destructiveHint) && !tool.annotations.destructiveHint',
  },
  'tool.annotations.idempotentHint': {
    doc: 'Whether the tool says that calling it twice does no more than calling it once',
    example: 'has(tool.annotations) && has(tool.annotations.idempotentHint) && tool.annotations.idempotentHint',
  },
  'tool.annotations.openWorldHint': {
    doc: 'Whether the tool says that it reaches beyond its own data, such as the web',
    example: 'has(tool.annotations) && has(tool.annotations.openWorldHint) && !tool.annotations.openWorldHint',
  },
  request: { doc: 'The call itself', example: 'has(request.args.channel_id)' },
  'request.args': {
    doc: 'The arguments of the call as they come; every number in them is a double',
    example: 'has(request.args.amount) && request.args.amount <= 500',
  },
  'request.time': { doc: 'When the call is made', example: 'request.time.getHours("Europe/Berlin") < 18' },
  'request.ip': {
    doc: 'The address that the call comes from',
    example: 'has(request.ip) && request.ip.startsWith("10.")',
  },
  'request.user_agent': {
    doc: 'The User-Agent header of the call',
    example: 'has(request.user_agent) && request.user_agent.contains("claude-code")',
  },
};

export interface CallableDoc {
  readonly doc: string;
  /** Expressions, and what each evaluates to, itself written as an expression; `error` where it fails. */
  readonly examples: readonly (readonly [expression: string, value: string])[];
}

const ZONE = 'in UTC whatever offset the time was written in, or in the zone that is named (an IANA name or an offset)';

export const CALLABLE_DOCS: Readonly<Record<string, CallableDoc>> = {
  has: {
    doc: 'Whether a field is there; true also where it holds null',
    examples: [
      ['has({"a": null}.a)', 'true'],
      ['has({"a": 1}.b)', 'false'],
    ],
  },
  all: {
    doc: 'Whether the condition holds for every element of a list, or every key of a map; true for an empty one',
    examples: [
      ['["a@x.example", "b@x.example"].all(to, to.endsWith("@x.example"))', 'true'],
      ['[].all(x, false)', 'true'],
    ],
  },
  exists: {
    doc: 'Whether the condition holds for at least one element of a list, or key of a map',
    examples: [['[1, 2, 3].exists(x, x > 2)', 'true']],
  },
  exists_one: {
    doc: 'Whether the condition holds for exactly one element of a list, or key of a map',
    examples: [
      ['[1, 2, 3].exists_one(x, x > 2)', 'true'],
      ['[1, 2, 3].exists_one(x, x > 1)', 'false'],
    ],
  },
  map: {
    doc: 'A list of what the expression makes of each element; with three arguments, only of those for which the condition holds',
    examples: [
      ['[1, 2, 3].map(x, x * 10)', '[10, 20, 30]'],
      ['[1, 2, 3].map(x, x > 1, x * 10)', '[20, 30]'],
    ],
  },
  filter: {
    doc: 'A list of the elements, or the keys, for which the condition holds',
    examples: [['[1, 2, 3].filter(x, x != 2)', '[1, 3]']],
  },
  '_?_:_': {
    doc: 'The first value if the condition is true, else the second; the other one is not evaluated',
    examples: [['2 > 1 ? "yes" : "no"', '"yes"']],
  },
  '_&&_': {
    doc: 'True if both are; a false side decides even where the other side fails',
    examples: [
      ['true && false', 'false'],
      ['1 / 0 > 1 && false', 'false'],
    ],
  },
  '_||_': {
    doc: 'True if one of the two is; a true side decides even where the other side fails',
    examples: [
      ['true || false', 'true'],
      ['1 / 0 > 1 || true', 'true'],
    ],
  },
  '!_': { doc: 'True if the operand is false', examples: [['!false', 'true']] },
  '_==_': {
    doc: 'Whether both are equal; numbers of different types compare by value, all else that differs in type is unequal',
    examples: [
      ['dyn(1) == 1.0', 'true'],
      ['[1, 2] == [1, 2]', 'true'],
    ],
  },
  '_!=_': { doc: 'Whether the two differ', examples: [['"a" != "b"', 'true']] },
  '_+_': {
    doc: 'The sum of two numbers of the same type, or two strings, bytes or lists joined, or a time moved by a duration',
    examples: [
      ['1 + 2', '3'],
      ['"a" + "b"', '"ab"'],
      ['dyn(1.5) + 1', 'error'],
    ],
  },
  '_-_': {
    doc: 'The difference of two numbers of the same type, or of two times',
    examples: [
      ['3 - 1', '2'],
      ['timestamp("2026-01-02T00:00:00Z") - timestamp("2026-01-01T00:00:00Z")', 'duration("24h")'],
    ],
  },
  '_*_': { doc: 'The product of two numbers of the same type', examples: [['2 * 3', '6']] },
  '_/_': {
    doc: 'The quotient of two numbers of the same type; whole numbers divide towards zero, and by zero fail',
    examples: [
      ['7 / 2', '3'],
      ['1 / 0', 'error'],
    ],
  },
  '_%_': { doc: 'What remains after dividing one whole number by another', examples: [['7 % 3', '1']] },
  '-_': { doc: 'The number with the other sign', examples: [['-(2 - 5)', '3']] },
  '_<_': {
    doc: 'Whether the first is less; strings compare by code points',
    examples: [
      ['1 < 2', 'true'],
      ['"Z" < "a"', 'true'],
    ],
  },
  '_<=_': { doc: 'Whether the first is less than the second or equal to it', examples: [['2 <= 2', 'true']] },
  '_>_': { doc: 'Whether the first is greater', examples: [['dyn(2.5) > 2', 'true']] },
  '_>=_': { doc: 'Whether the first is greater than the second or equal to it', examples: [['2 >= 3', 'false']] },
  '_[_]': {
    doc: 'The element of a list at an index that starts at 0, or the value of a map under a key; fails where there is none',
    examples: [
      ['["a", "b"][1]', '"b"'],
      ['{"content-type": "json"}["content-type"]', '"json"'],
      ['["a"][5]', 'error'],
    ],
  },
  '@in': {
    doc: 'Whether a list holds a value, or a map has a key',
    examples: [
      ['"a" in ["a", "b"]', 'true'],
      ['"k" in {"k": 1}', 'true'],
    ],
  },
  size: {
    doc: 'The number of characters (code points) of a string, bytes, elements of a list, or entries of a map',
    examples: [
      ['size("é")', '1'],
      ['[1, 2, 3].size()', '3'],
    ],
  },
  type: { doc: 'The type of a value', examples: [['type(1.5) == double', 'true']] },
  bool: {
    doc: 'A string such as "true" or "false" as a bool',
    examples: [
      ['bool("true")', 'true'],
      ['bool("yes")', 'error'],
    ],
  },
  bytes: { doc: 'The UTF-8 bytes of a string', examples: [['bytes("é").size()', '2']] },
  double: {
    doc: 'A number, or a string that spells one, as a double',
    examples: [
      ['double("1.5")', '1.5'],
      ['double(2)', '2.0'],
    ],
  },
  duration: {
    doc: 'A length of time from text with the units h, m, s, ms, us and ns',
    examples: [['duration("1h30m") > duration("60m")', 'true']],
  },
  dyn: { doc: 'The value itself, with its type hidden from the type check', examples: [['dyn(1) == 1.0', 'true']] },
  int: {
    doc: 'A number cut towards zero, a string that spells a whole number, or the seconds of a time since 1970',
    examples: [
      ['int(2.9)', '2'],
      ['int("42")', '42'],
      ['int(timestamp("1970-01-01T00:01:00Z"))', '60'],
    ],
  },
  string: {
    doc: 'The value as text',
    examples: [
      ['string(42)', '"42"'],
      ['string(1000000.0)', '"1e+06"'],
    ],
  },
  timestamp: {
    doc: 'A point in time from text as RFC 3339 writes it, or from seconds since 1970',
    examples: [
      ['timestamp("2026-01-02T03:04:05Z").getHours()', '3'],
      ['timestamp(60) == timestamp("1970-01-01T00:01:00Z")', 'true'],
    ],
  },
  uint: { doc: 'A number, or a string that spells one, as a whole number without sign', examples: [['uint(3)', '3u']] },
  contains: { doc: 'Whether the string holds another', examples: [['"release".contains("lea")', 'true']] },
  endsWith: {
    doc: 'Whether the string ends with another',
    examples: [['"ana@acme.example".endsWith("@acme.example")', 'true']],
  },
  startsWith: {
    doc: 'Whether the string starts with another',
    examples: [['"/srv/data".startsWith("/srv/")', 'true']],
  },
  matches: {
    doc: 'Whether a regular expression (RE2) matches somewhere in the string; use ^ and $ for the whole of it',
    examples: [
      ['"channel-42".matches("[0-9]+")', 'true'],
      ['matches("channel-42", "^[0-9]+$")', 'false'],
    ],
  },
  getFullYear: { doc: `The year, ${ZONE}`, examples: [['timestamp("2026-03-01T00:00:00Z").getFullYear()', '2026']] },
  getMonth: {
    doc: `The month, ${ZONE}; January is 0`,
    examples: [['timestamp("2026-03-01T00:00:00Z").getMonth()', '2']],
  },
  getDayOfYear: {
    doc: `The day of the year, ${ZONE}; the first is 0`,
    examples: [['timestamp("2026-02-01T00:00:00Z").getDayOfYear()', '31']],
  },
  getDayOfMonth: {
    doc: `The day of the month, ${ZONE}; the first is 0`,
    examples: [['timestamp("2026-03-01T00:00:00Z").getDayOfMonth()', '0']],
  },
  getDate: {
    doc: `The day of the month, ${ZONE}; the first is 1`,
    examples: [['timestamp("2026-03-01T00:00:00Z").getDate()', '1']],
  },
  getDayOfWeek: {
    doc: `The day of the week, ${ZONE}; Sunday is 0`,
    examples: [['timestamp("2026-03-01T00:00:00Z").getDayOfWeek()', '0']],
  },
  getHours: {
    doc: `The hour of a time, ${ZONE}; of a duration, all its hours`,
    examples: [
      ['timestamp("2026-03-01T23:30:00+01:00").getHours()', '22'],
      ['timestamp("2026-03-01T23:30:00Z").getHours("Europe/Berlin")', '0'],
      ['timestamp("2026-03-01T23:30:00Z").getHours("-08:00")', '15'],
      ['timestamp("2026-03-01T23:30:00Z").getHours("PST")', 'error'],
      ['duration("90m").getHours()', '1'],
    ],
  },
  getMinutes: {
    doc: `The minute of a time, ${ZONE}; of a duration, all its minutes`,
    examples: [['duration("1h30m").getMinutes()', '90']],
  },
  getSeconds: {
    doc: `The second of a time, ${ZONE}; of a duration, all its seconds`,
    examples: [['duration("1m30s").getSeconds()', '90']],
  },
  getMilliseconds: {
    doc: `The thousandths of the second of a time, ${ZONE}; of a duration, those of its last second`,
    examples: [['timestamp("2026-03-01T00:00:00.250Z").getMilliseconds()', '250']],
  },
};
