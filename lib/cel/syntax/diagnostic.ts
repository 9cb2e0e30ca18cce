/** A stretch of source in UTF-16 offsets, `end` excluded. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What is wrong with an expression: a stable code, one line (lower case, no full stop, the user's text in backticks), and the range of
 * source it is about.
 */
export interface Diagnostic extends SourceRange {
  readonly code: string;
  readonly phase: 'parse' | 'check';
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** A second line that helps: what to write instead, or why. */
  readonly help?: string;
  readonly fix?: DiagnosticFix;
}

/** One edit of the source that removes the cause of a diagnostic: replace the range by `text`. `title` is for a button. */
export interface DiagnosticFix extends SourceRange {
  readonly title: string;
  readonly text: string;
}

/** What may go with a message. */
export interface DiagnosticExtra {
  readonly help?: string | undefined;
  readonly fix?: DiagnosticFix | undefined;
}

export function diagnostic(
  phase: Diagnostic['phase'],
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  { start, end }: SourceRange,
  { help, fix }: DiagnosticExtra = {},
): Diagnostic {
  return { code, phase, severity, message, start, end, ...(help && { help }), ...(fix && { fix }) };
}

export const replace = (title: string, { start, end }: SourceRange, text: string): DiagnosticFix => ({
  title,
  start,
  end,
  text,
});

/** "did you mean": as a help line, and as a fix at `range`. */
export const meant = (text: string, range: SourceRange): DiagnosticExtra => ({
  help: `did you mean \`${text}\`?`,
  fix: replace(`Change to \`${text}\``, range, text),
});

/** What to write instead, as a help line and as a fix at `range`. */
export const write = (text: string, range: SourceRange): DiagnosticExtra => ({
  help: `write \`${text}\``,
  fix: replace(`Write \`${text}\``, range, text),
});

/** Diagnostics in the order of the source. */
export const bySource = (a: SourceRange, b: SourceRange): number => a.start - b.start || a.end - b.end;

/** Diagnostics in the order of the source. */
export const inOrder = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted((a, b) => a.start - b.start || a.end - b.end);
