/** CEL as cel-go evaluates it. This file is the folder's only public entry. */
export type * from './ast';
export type { Diagnostic, Fix } from './diagnostic';
