/** Validation of a call on import (docs/semantics.md, "Calls, and facts that are not known"): what `decide` would read as absent is refused. */
import { parseTimestamp } from '../../cel';
import { at, ProblemCollector, isObject, named, quoted, type UnknownFields, type PolicyProblem } from './problems';

type CallFieldKind = 'text' | 'texts' | 'hint' | CallShape;
interface CallShape {
  readonly [field: string]: CallFieldKind;
}

/** The facts of a call, each of which may be missing (unknown) or null (absent). Other fields are its writer's own. */
const FACTS: CallShape = {
  agent: { slug: 'text', name: 'text', tags: 'texts' },
  instance: {
    id: 'text',
    name: 'text',
    tags: 'texts',
    client: { name: 'text', version: 'text', protocolVersion: 'text' },
  },
  user: { id: 'text', email: 'text', name: 'text', groups: 'texts' },
  resource: { slug: 'text', name: 'text', tags: 'texts' },
  tool: {
    name: 'text',
    title: 'text',
    annotations: { readOnlyHint: 'hint', destructiveHint: 'hint', idempotentHint: 'hint', openWorldHint: 'hint' },
  },
  ip: 'text',
  userAgent: 'text',
  recorded: { ruleId: 'text', ruleName: 'text', reason: 'text', policyDigest: 'text' },
};

/** Every problem of a call; an empty list means that it can be taken as it is. */
export function validateCall(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  if (!isObject(value)) {
    findings.add(pointer, 'type', `a call must be an object, not ${named(value)}`);
    return findings.problems;
  }
  if (value['id'] === undefined) findings.add(at(pointer, 'id'), 'missing', 'a call must have `id`');
  else if (typeof value['id'] !== 'string') findings.wrongType(at(pointer, 'id'), 'id', 'text', value['id']);
  checkTime(value['time'], at(pointer, 'time'), findings);
  const args = value['args'];
  if (args !== undefined && args !== null && !isObject(args)) {
    findings.add(at(pointer, 'args'), 'args', `\`args\` must be an object, not ${named(args)}`);
  }
  checkFacts(value, FACTS, pointer, findings);
  const recorded = value['recorded'];
  if (isObject(recorded) && recorded['effect'] !== 'allow' && recorded['effect'] !== 'deny') {
    const message = `\`effect\` must be one of \`allow\`, \`deny\`, not ${named(recorded['effect'])}`;
    findings.add(at(at(pointer, 'recorded'), 'effect'), 'not-a-choice', message);
  }
  return findings.problems;
}

function checkTime(time: unknown, pointer: string, findings: ProblemCollector): void {
  if (time === undefined || time === null) return;
  if (typeof time !== 'string') findings.wrongType(pointer, 'time', 'text', time);
  else if (!parseTimestamp(time)) {
    findings.add(pointer, 'time', `time ${quoted(time)} is not RFC 3339, as \`2026-11-22T10:00:00Z\` is`);
  }
}

function checkFacts(value: UnknownFields, shape: CallShape, pointer: string, findings: ProblemCollector): void {
  for (const [field, kind] of Object.entries(shape)) {
    const fact = value[field];
    if (fact === undefined || fact === null) continue;
    // A fact's name needs no escaping; a trace of a million calls comes through here.
    const path = `${pointer}/${field}`;
    if (kind === 'text' && typeof fact !== 'string') findings.wrongType(path, field, 'text', fact);
    if (kind === 'hint' && typeof fact !== 'boolean') findings.wrongType(path, field, 'true or false', fact);
    if (kind === 'texts') checkTexts(fact, field, path, findings);
    if (typeof kind !== 'object') continue;
    if (isObject(fact)) checkFacts(fact, kind, path, findings);
    else findings.wrongType(path, field, 'an object', fact);
  }
}

function checkTexts(value: unknown, field: string, pointer: string, findings: ProblemCollector): void {
  if (!Array.isArray(value)) {
    findings.wrongType(pointer, field, 'a list of texts', value);
    return;
  }
  value.forEach((item: unknown, i) => {
    if (typeof item !== 'string')
      findings.add(at(pointer, i), 'type', `an item of \`${field}\` must be text, not ${named(item)}`);
  });
}
