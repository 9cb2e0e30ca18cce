import { isObject } from '../json';
import type { Json, JsonObject } from '../engine';
import { member, quoted, type UnplacedProblem } from './problem';

/**
 * A description of a JSON value, from which both the validation (`check`) and the published JSON Schema (`schema.ts`) are derived, so that
 * the two cannot drift apart.
 */
export type ValueShape =
  | { readonly is: 'any' }
  | { readonly is: 'boolean' }
  | { readonly is: 'text'; readonly filled?: true; readonly format?: string }
  | { readonly is: 'one-of'; readonly values: readonly (string | number)[] }
  | { readonly is: 'nullable'; readonly of: ValueShape }
  | { readonly is: 'list'; readonly of: ValueShape; readonly what: string }
  | { readonly is: 'map' }
  | ObjectShape
  | { readonly is: 'variants'; readonly by: string; readonly of: Readonly<Record<string, ObjectShape>> };

/** An object; fields that it does not name are kept, and a warning names them. */
export interface ObjectShape {
  readonly is: 'object';
  readonly what: string;
  readonly fields: Readonly<Record<string, ValueShape>>;
  readonly required: readonly string[];
  /** Another folder's validation, which alone says what is wrong; the fields are then known for warnings and the schema only. */
  readonly judge?: (value: Json, pointer: string) => readonly UnplacedProblem[];
}

export interface ShapeFindings {
  /** Nothing more is listed: long lists need not be looked through to their end. */
  readonly full: boolean;
  problem(finding: UnplacedProblem): void;
  unknownField(pointer: string, place: string, field: string): void;
}

/** `format` is for the schema alone: where it matters, the relations check judges the text. */
export const text = (format?: string): ValueShape => (format === undefined ? { is: 'text' } : { is: 'text', format });
/** A text that is not empty. */
export const NAME: ValueShape = { is: 'text', filled: true };
export const nullable = (of: ValueShape): ValueShape => ({ is: 'nullable', of });
export const list = (what: string, of: ValueShape): ValueShape => ({ is: 'list', what, of });
export const oneOf = (...values: readonly (string | number)[]): ValueShape => ({ is: 'one-of', values });
export const object = (
  what: string,
  fields: Readonly<Record<string, ValueShape>>,
  required: readonly string[] = [],
): ObjectShape => ({ is: 'object', what, fields, required });
export const ANY: ValueShape = { is: 'any' };
export const BOOLEAN: ValueShape = { is: 'boolean' };
/** An object whose members are its writer's own affair. */
export const MAP: ValueShape = { is: 'map' };

/**
 * Holds a value against a shape and reports everything that is wrong with it. `place` is the pointer with each index replaced by `*`, the
 * same for all members of a list.
 */
export function check(value: Json, shape: ValueShape, pointer: string, place: string, to: ShapeFindings): void {
  switch (shape.is) {
    case 'any':
      return;
    case 'nullable':
      return value === null ? undefined : check(value, shape.of, pointer, place, to);
    case 'boolean':
      if (typeof value !== 'boolean') wrongType(value, 'true or false', pointer, to);
      return;
    case 'map':
      if (!isObject(value)) wrongType(value, 'an object', pointer, to);
      return;
    case 'one-of':
      return checkChoice(value, shape.values, pointer, to);
    case 'text':
      return checkText(value, shape, pointer, to);
    case 'list':
      return checkList(value, shape, pointer, place, to);
    case 'object':
      if (shape.judge !== undefined) return checkJudged(value, shape, shape.judge, pointer, place, to);
      return isObject(value)
        ? checkObject(value, shape, pointer, place, to)
        : wrongType(value, 'an object', pointer, to);
    case 'variants':
      return checkVariants(value, shape, pointer, place, to);
  }
}

function checkText(value: Json, shape: ValueShape & { is: 'text' }, pointer: string, to: ShapeFindings): void {
  if (typeof value !== 'string') return wrongType(value, 'text', pointer, to);
  if (shape.filled === true && value === '') {
    to.problem({ pointer, code: 'empty', message: `${nameOf(pointer)} must not be empty` });
  }
}

function checkList(
  value: Json,
  shape: ValueShape & { is: 'list' },
  pointer: string,
  place: string,
  to: ShapeFindings,
): void {
  if (!isArray(value)) return wrongType(value, `a list of ${shape.what}`, pointer, to);
  for (let index = 0; index < value.length && !to.full; index++) {
    check(value[index] ?? null, shape.of, member(pointer, index), `${place}/*`, to);
  }
}

function checkObject(value: JsonObject, shape: ObjectShape, pointer: string, place: string, to: ShapeFindings): void {
  for (const field of shape.required) {
    if (!Object.hasOwn(value, field)) {
      to.problem({
        pointer: member(pointer, field),
        code: 'missing',
        message: `${shape.what} has no ${quoted(field)}`,
      });
    }
  }
  for (const key of Object.keys(value)) {
    const at = member(pointer, key);
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field !== undefined) check(value[key] ?? null, field, at, member(place, key), to);
    else to.unknownField(at, member(place, key), key);
  }
}

function checkJudged(
  value: Json,
  shape: ObjectShape,
  judge: NonNullable<ObjectShape['judge']>,
  pointer: string,
  place: string,
  to: ShapeFindings,
): void {
  for (const finding of judge(value, pointer)) to.problem(finding);
  const fieldsOnly: ShapeFindings = {
    full: to.full,
    problem: () => undefined,
    unknownField: (...field) => to.unknownField(...field),
  };
  if (isObject(value)) checkObject(value, shape, pointer, place, fieldsOnly);
}

function checkVariants(
  value: Json,
  shape: ValueShape & { is: 'variants' },
  pointer: string,
  place: string,
  to: ShapeFindings,
): void {
  if (!isObject(value)) return wrongType(value, 'an object', pointer, to);
  const kind = Object.hasOwn(value, shape.by) ? value[shape.by] : undefined;
  const variant = typeof kind === 'string' && Object.hasOwn(shape.of, kind) ? shape.of[kind] : undefined;
  if (variant !== undefined) return checkObject(value, variant, pointer, place, to);
  const at = member(pointer, shape.by);
  if (kind === undefined) {
    to.problem({ pointer: at, code: 'missing', message: `${nameOf(pointer)} has no ${quoted(shape.by)}` });
  } else {
    checkChoice(kind, Object.keys(shape.of), at, to);
  }
}

function checkChoice(value: Json, values: readonly (string | number)[], pointer: string, to: ShapeFindings): void {
  if ((typeof value === 'string' || typeof value === 'number') && values.includes(value)) return;
  const wanted = values.map((choice) => quoted(String(choice)));
  const textForNumber = typeof value === 'string' && typeof values[0] === 'number';
  const found = textForNumber ? `the text ${quoted(value)}` : described(value);
  const choice = wanted.length > 1 ? `one of ${wanted.join(', ')}` : (wanted[0] ?? '');
  to.problem({
    pointer,
    code: 'not-a-choice',
    message: `${nameOf(pointer)} must be ${choice}, not ${found}`,
  });
}

function wrongType(value: Json, wanted: string, pointer: string, to: ShapeFindings): void {
  to.problem({
    pointer,
    code: 'type',
    message: `${nameOf(pointer)} must be ${wanted}, not ${described(value)}`,
  });
}

/** How a sentence names what a pointer points to: by its last key. */
function nameOf(pointer: string): string {
  if (pointer === '') return 'the document';
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return /^[0-9]+$/.test(last) ? `entry ${last}` : quoted(last.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function described(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (isArray(value)) return 'a list';
  return value !== null && typeof value === 'object' ? 'an object' : `\`${String(value)}\``;
}

export function count(number: number): string {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
