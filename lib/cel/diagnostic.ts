/** A stretch of source in UTF-16 offsets, `end` excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What is wrong with an expression: a stable code, one line (lower case, no full stop, the user's text in backticks), and the range of
 * source it is about.
 */
export interface Diagnostic extends Range {
  readonly code: string;
  readonly phase: 'parse' | 'check';
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** A second line that helps: what to write instead, or why. */
  readonly help?: string;
  readonly fix?: Fix;
}

/** One edit of the source that mends a diagnostic: replace the range by `text`. `title` is for a button. */
export interface Fix extends Range {
  readonly title: string;
  readonly text: string;
}

/** What may go with a message. */
export interface Extra {
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
}

export function diagnostic(
  phase: Diagnostic['phase'],
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  { start, end }: Range,
  { help, fix }: Extra = {},
): Diagnostic {
  return { code, phase, severity, message, start, end, ...(help && { help }), ...(fix && { fix }) };
}

export const replace = (title: string, { start, end }: Range, text: string): Fix => ({ title, start, end, text });

/** "did you mean": as a help line, and as a fix at `range`. */
export const meant = (text: string, range: Range): Extra => ({
  help: `did you mean \`${text}\`?`,
  fix: replace(`Change to \`${text}\``, range, text),
});

/** What to write instead, as a help line and as a fix at `range`. */
export const write = (text: string, range: Range): Extra => ({
  help: `write \`${text}\``,
  fix: replace(`Write \`${text}\``, range, text),
});

/** Diagnostics in the order of the source. */
export const bySource = (a: Range, b: Range): number => a.start - b.start || a.end - b.end;
