import type { Policy } from '../engine';

/** What of a policy decides, as text. A file of its own: the page uses it, too, and nothing else of what decides. */
export const textOf = ({ rules, settings }: Policy): string => JSON.stringify([rules, settings]);
