/** Policies from elsewhere: reading them, and taking them in. This file is the folder's only public entry. */
export { FIELDS, type Field, type Reading } from './fields';
export type { Column, Form, Incoming, IntakeOptions, Remark } from './model';
export { looksLikePolicy, readIncoming } from './read';
export { readWhole } from './whole';
export { adoptIds, mergeChanges } from './merge';
