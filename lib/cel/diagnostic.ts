/**
 * What is wrong with an expression: a stable code, one line (lower case, no full stop, the user's text in backticks), and the range of
 * source it is about, in UTF-16 offsets.
 */
export interface Diagnostic {
  readonly code: string;
  readonly phase: 'parse' | 'check';
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A second line that helps: what to write instead, or why. */
  readonly help?: string;
  readonly fix?: Fix;
}

/** One edit of the source that mends a diagnostic: replace `[start, end)` by `text`. */
export interface Fix {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
