/** A command line and what comes of it. */
export interface CliCase {
  readonly name: string;
  readonly argv: readonly string[];
  readonly code: number;
  /** The whole of standard output; where it is not given, standard output is empty. */
  readonly out?: string;
  /** A part of standard error. */
  readonly err?: string;
  readonly files?: Readonly<Record<string, string>>;
}
