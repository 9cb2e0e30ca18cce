import type { Call, DecisionEffect } from '../engine';

/** A tool and what the gateway says of it before any call. */
export interface ListedTool {
  /** The slug of its server, where the entry names it. */
  readonly resource?: string;
  readonly tool: string;
  readonly effect: DecisionEffect;
}

export interface ConnectionEvent {
  readonly id?: string;
  readonly time?: string;
  /** Who connected. */
  readonly facts: Pick<Call, 'agent' | 'instance' | 'user' | 'ip' | 'userAgent'>;
  readonly tools: readonly ListedTool[];
}

/** Where an entry may say it: three lists, or one of tools that each say it. */
export const CONNECTION_FIELDS = ['tools.allowed', 'tools.denied', 'tools.conditional', 'tools.listed'] as const;
export type ConnectionField = (typeof CONNECTION_FIELDS)[number];
