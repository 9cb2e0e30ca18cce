/** Validation of a call on import (docs/semantics.md, "Calls, and facts that are not known"): values of a wrong type, which `decide` would read as absent, are refused. */
import { isObject, type UnknownObject } from '../../json';
import { parseTimestamp } from '../../cel';
import { buildFromFields, type CallFieldKind } from '../model/call-fields';
import { at, ProblemCollector, named, quoted, type PolicyProblem } from './problems';

interface CheckedField {
  readonly name: string;
  readonly kind: CallFieldKind;
  readonly required: boolean;
  readonly members: readonly CheckedField[];
}

/** The table of fields as a tree. Fields that it does not name are not validated. */
const FIELDS: readonly CheckedField[] = Object.values(
  buildFromFields<CheckedField>((path, { kind, missing }, members) => ({
    name: path.slice(path.lastIndexOf('.') + 1),
    kind,
    required: missing === 'invalid',
    members: Object.values(members),
  })),
);

/** Every problem of a call; an empty list means that it can be taken as it is. */
export function validateCall(value: unknown, pointer = ''): PolicyProblem[] {
  const findings = new ProblemCollector();
  if (isObject(value)) checkFields(value, FIELDS, pointer, findings);
  else findings.add(pointer, 'type', `a call must be an object, not ${named(value)}`);
  return findings.problems;
}

function checkFields(
  value: UnknownObject,
  fields: readonly CheckedField[],
  pointer: string,
  findings: ProblemCollector,
): void {
  for (const field of fields) {
    const held = value[field.name];
    // A fact may be missing (unknown) or null (absent).
    if (!field.required && (held === undefined || held === null)) continue;
    // A field's name needs no escaping; this runs for every field of every call of a trace.
    checkField(held, field, `${pointer}/${field.name}`, findings);
  }
}

function checkField(value: unknown, field: CheckedField, pointer: string, findings: ProblemCollector): void {
  const { name, kind } = field;
  switch (kind) {
    case 'text':
      if (value === undefined) findings.add(pointer, 'missing', `a call must have \`${name}\``);
      else if (typeof value !== 'string') findings.wrongType(pointer, name, 'text', value);
      return;
    case 'time':
      return checkTime(value, name, pointer, findings);
    case 'flag':
      if (typeof value !== 'boolean') findings.wrongType(pointer, name, 'true or false', value);
      return;
    case 'effect':
      if (value === 'allow' || value === 'deny') return;
      return findings.add(
        pointer,
        'not-a-choice',
        `\`${name}\` must be one of \`allow\`, \`deny\`, not ${named(value)}`,
      );
    case 'texts':
      return checkTexts(value, name, pointer, findings);
    case 'map':
      if (!isObject(value)) findings.add(pointer, 'args', `\`${name}\` must be an object, not ${named(value)}`);
      return;
    case 'object':
      if (isObject(value)) checkFields(value, field.members, pointer, findings);
      else findings.wrongType(pointer, name, 'an object', value);
  }
}

function checkTime(value: unknown, field: string, pointer: string, findings: ProblemCollector): void {
  if (typeof value !== 'string') findings.wrongType(pointer, field, 'text', value);
  else if (!parseTimestamp(value)) {
    findings.add(pointer, 'time', `time ${quoted(value)} is not RFC 3339, as \`2026-11-22T10:00:00Z\` is`);
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
