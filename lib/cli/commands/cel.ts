import { isObject } from '../../json';
import { readJson, type JsonRead } from '../../bundle';
import {
  activation,
  compile,
  diagnose,
  DECISION_DECLARATIONS,
  encodeResult,
  isError,
  parsePath,
  parseType,
  type Declarations,
  type Diagnostic,
  type Type,
} from '../../cel';
import { conditionFacts, readCall, validateCall, type Json, type JsonObject } from '../../engine';
import { textOption, textOptions, type CliCommand } from '../command';
import { UsageError, readAll, type CliIo } from '../io';
import { excerpt } from '../source';

export const cel: CliCommand = {
  name: 'cel',
  usage: 'EXPRESSION [--call FILE | --context FILE] [--unknown PATH]…',
  summary: 'Evaluates a CEL expression as the gateway does.',
  help: `
  --call FILE     a call: its facts are the variables; what it does not say is unknown
  --context FILE  a JSON object of variables. Numbers are doubles, and \`request.time\` is read as a time. The object may
                  also be { "context": {…}, "timestampAt": ["request.time"] }, which says itself what is a time
  --unknown PATH  a fact that is unknown, such as request.args; may be repeated

EXPRESSION or FILE may be \`-\` for standard input. Prints one JSON object:

  {"type":"int","value":{"int":"3"}}    int, uint, double, bytes, timestamp, duration, map and type say what they are
  {"unknown":true}                      the answer depends on what is unknown
  {"error":{"phase":"eval","message":"…","line":1,"column":5}}   phase is parse, check or eval

An error is also shown in the source, on standard error, and the answer is then no (exit code 1). \`false\` is an answer.

  policy cel 'request.args.amount <= 500' --context call.json --unknown request.args`,
  options: { call: { type: 'string' }, context: { type: 'string' }, unknown: { type: 'string', multiple: true } },
  arity: [1, 1],
  async run([expression = ''], values, io) {
    const source = expression === '-' ? new TextDecoder().decode(await readAll(io, '-')) : expression;
    const scene = await sceneOf(textOption(values, 'call'), textOption(values, 'context'), io);
    if (scene === undefined) return 1;
    const unknown = textOptions(values, 'unknown');
    const nonsense = unknown.find((path) => parsePath(path) === undefined);
    if (nonsense !== undefined) throw new UsageError(`\`${nonsense}\` is no path of a fact, such as \`request.args\``);

    const compiled = await compile(source, { declarations: scene.declarations, result: 'any' });
    if (!compiled.ok) {
      const errors = compiled.diagnostics.filter(({ severity }) => severity === 'error');
      for (const error of errors) io.err(...shown(source, error));
      const [first] = errors;
      await io.json(
        `${JSON.stringify({ error: { phase: first?.phase, message: first?.message, ...placeOf(source, first?.start) } })}\n`,
      );
      return 1;
    }
    const { variables, timestampAt } = scene;
    const result = compiled.program.evaluate(activation(variables, [...scene.unknown, ...unknown], timestampAt));
    if (!isError(result)) {
      await io.json(`${JSON.stringify(encodeResult(result))}\n`);
      return 0;
    }
    const start = Math.max(0, result.start);
    const end = result.start < 0 ? source.length : result.end;
    io.err(...shown(source, { code: result.code, message: result.message, start, end }));
    // What the editor says of the same place: often what was meant.
    for (const remark of diagnose(source)) {
      const elsewhere = remark.start >= end || remark.end <= start;
      if (remark.severity !== 'error' && remark.code !== 'undocumented-variable' && !elsewhere)
        io.err(...shown(source, remark));
    }
    await io.json(
      `${JSON.stringify({ error: { phase: 'eval', message: result.message, ...placeOf(source, start) } })}\n`,
    );
    return 1;
  },
};

function shown(
  source: string,
  {
    severity = 'error',
    message,
    code,
    start,
    end,
    help,
  }: Pick<Diagnostic, 'message' | 'code' | 'start' | 'end' | 'help'> & Partial<Pick<Diagnostic, 'severity'>>,
): readonly string[] {
  return [
    `${severity}: ${message} (${code})`,
    ...excerpt(source, start, end),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ];
}

function placeOf(
  source: string,
  start: number | undefined,
): { readonly line: number; readonly column: number } | undefined {
  if (start === undefined) return undefined;
  const lines = source.slice(0, start).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** What an expression is evaluated against. */
interface EvaluationInput {
  readonly variables: Readonly<Record<string, Json>>;
  readonly unknown: readonly string[];
  readonly timestampAt: readonly string[];
  readonly declarations: Declarations;
}

async function sceneOf(
  call: string | undefined,
  context: string | undefined,
  io: CliIo,
): Promise<EvaluationInput | undefined> {
  if (call !== undefined && context !== undefined)
    throw new UsageError('`--call` and `--context` cannot be given together');
  if (call !== undefined) return sceneOfCall(call, io);
  if (context !== undefined) return sceneOfContext(context, io);
  return { variables: {}, unknown: [], timestampAt: [], declarations: DECISION_DECLARATIONS };
}

async function sceneOfCall(path: string, io: CliIo): Promise<EvaluationInput | undefined> {
  const value = await jsonOf(path, io);
  if (value === undefined) return undefined;
  // A call that is alone needs no id.
  const problems = validateCall({ id: '', ...value });
  for (const problem of problems) io.err(`${path}: ${problem.pointer}: ${problem.message} (${problem.code})`);
  if (problems.length > 0) return undefined;
  return { ...conditionFacts(readCall(value)), declarations: DECISION_DECLARATIONS };
}

/** The members of an object that holds a context, and is not one. */
const AROUND = ['context', 'timestampAt', 'declared', 'unknown', 'id', 'expression', 'result', 'quirk'];

async function sceneOfContext(path: string, io: CliIo): Promise<EvaluationInput | undefined> {
  const value = await jsonOf(path, io);
  if (value === undefined) return undefined;
  const inner = value['context'];
  if (isObject(inner) && Object.keys(value).every((key) => AROUND.includes(key))) {
    const declared = isObject(value['declared']) ? typesOf(value['declared']) : declarationsFor(inner);
    return {
      variables: inner,
      unknown: texts(value['unknown']),
      timestampAt: texts(value['timestampAt']),
      declarations: declared,
    };
  }
  return { variables: value, unknown: [], timestampAt: ['request.time'], declarations: declarationsFor(value) };
}

/** The decision's variables, and any other that the context holds, of whatever type. */
function declarationsFor(variables: JsonObject): Declarations {
  const others = Object.keys(variables).filter((name) => !Object.hasOwn(DECISION_DECLARATIONS, name));
  return { ...Object.fromEntries(others.map((name) => [name, typeNamed('dyn')])), ...DECISION_DECLARATIONS };
}

function typesOf(declared: JsonObject): Declarations {
  return Object.fromEntries(Object.entries(declared).map(([name, type]) => [name, typeNamed(String(type))]));
}

function typeNamed(text: string): Type {
  const type = parseType(text);
  if (type === undefined) throw new UsageError(`\`${text}\` is no CEL type`);
  return type;
}

async function jsonOf(path: string, io: CliIo): Promise<JsonObject | undefined> {
  const text = new TextDecoder().decode(await readAll(io, path));
  const { value, problems }: JsonRead = readJson(text, { maxDepth: 1_000 });
  for (const { message, offset } of problems) io.err(`${path}: ${message}`, ...excerpt(text, offset, offset + 1));
  if (problems.length > 0) return undefined;
  if (isObject(value)) return value;
  io.err(`${path}: a JSON object is needed`);
  return undefined;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
