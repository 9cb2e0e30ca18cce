import type { ParsedTime } from '../time';
import type { Attributes } from './attributes';

/** A span (or a log record) whatever the layout of its file. */
export interface Span {
  /** Id of its trace, and its own in that trace; a log record may have neither. */
  readonly trace: string;
  readonly id: string | undefined;
  readonly parent: string | undefined;
  readonly name: string;
  readonly start: ParsedTime | null;
  readonly attributes: Attributes;
  /** What its resource, its process and its scope say. */
  readonly around: Attributes;
  /** JSON pointer to it, inside its record. */
  readonly path: string;
  readonly log?: true;
}

/** What a span is to the calls: a call may be recorded by several spans, but never across a model or an agent. */
export type SpanRole = 'tool' | 'model' | 'agent' | 'other';

/** A tool call that a model wrote in its answer: a call of its own only where no span of the tool is there. */
export interface ModelToolCall {
  readonly tool: string;
  /** The server, where the tool's name says it. */
  readonly server?: string;
  readonly args: unknown;
  readonly id: string | undefined;
}
