import { UsageError } from '../../../lib/cli';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `${NAME}`, `${env:NAME}` and `${NAME:-default}`; anything else between `${` and `}` is refused. */
const REFERENCE = /\$\{([^}]*)\}/g;
const KNOWN = /^(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/**
 * The texts of one server with environment variables in place of their names. It remembers every value that was put in: they are
 * likely to be secrets. Throws `Misuse`, which names the variable and never a value.
 */
export class VariableFiller {
  readonly #environment: Environment;
  readonly #values = new Set<string>();
  readonly #defaulted = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  fill(text: string): string {
    return text.replace(REFERENCE, (_, inside: string) => {
      const [, name, fallback] = KNOWN.exec(inside) ?? [];
      if (name === undefined)
        throw new UsageError(`\`\${${inside}}\` is not understood: write \`\${NAME}\` or \`\${NAME:-default}\``);
      const value = this.#environment[name];
      // As in a shell, an empty variable takes the default too.
      const taken = fallback !== undefined && (value ?? '') === '' ? fallback : value;
      if (taken === undefined) throw new UsageError(`the environment variable \`${name}\` is not set`);
      if (taken !== value) this.#defaulted.add(name);
      else this.#values.add(taken);
      return taken;
    });
  }

  /** Values of variables that were put in. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Variables that are not set, in whose place the file's default was taken. */
  get defaulted(): readonly string[] {
    return [...this.#defaulted];
  }
}
