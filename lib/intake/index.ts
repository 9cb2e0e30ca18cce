/** Policies from elsewhere: reading them, and taking them in. This file is the folder's only public entry. */
export { FIELDS, type RuleColumn, type ColumnReading } from './fields';
export type { IntakeColumn, IntakeForm, IncomingPolicy, IntakeOptions, IntakeRemark } from './model';
export { looksLikePolicy, readIncoming } from './read';
export { readWhole } from './whole';
export { adoptIds, mergeChanges } from './merge';
export { readRuleSentence, type KnownNames, type SentenceRead } from './rule-sentence';
