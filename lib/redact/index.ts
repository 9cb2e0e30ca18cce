/** Redaction: what is shared says nothing of people and data, and decides the same. This file is the folder's only public entry. */
export { planRedaction, type NeededValue, type RedactionPlan } from './prove';
export { redact, type RedactedBundle, type RedactedValue } from './redact';
export type { ValueKind } from './walk';
