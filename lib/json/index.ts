/** JSON values, whatever they are about. This file is the folder's only public entry. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** An object whose members are not checked yet. */
export type UnknownObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object: not null, and not a list. */
export function isObject(value: Json | undefined): value is JsonObject;
export function isObject(value: unknown): value is UnknownObject;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
