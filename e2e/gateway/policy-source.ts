import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { digestOf, type Bundle } from '../../lib/bundle';
import { described, UsageError, openPolicy, problemLine, type CliIo } from '../../lib/cli';
import { compilePolicy, type CompiledPolicy, type GatewayProfile, type Rule } from '../../lib/engine';

/** A policy that is in force. */
export interface ActivePolicy {
  readonly compiled: CompiledPolicy;
  readonly rules: readonly Rule[];
  readonly digest: string;
  /** For the operator: name, number of rules, digest. */
  readonly words: string;
}

export type LoadedPolicy =
  { readonly ok: true; readonly policy: ActivePolicy } | { readonly ok: false; readonly reasons: readonly string[] };

/** Reads a policy from a file or a link, and makes it ready, by its own profile or the given one. Never throws. */
export async function loadPolicy(fileOrLink: string, io: CliIo, readings?: GatewayProfile): Promise<LoadedPolicy> {
  try {
    const opened = await openPolicy(fileOrLink, io);
    if (opened.ok) return { ok: true, policy: await activated(withReadings(opened.bundle, readings)) };
    const problems = opened.problems.filter(({ message }) => message !== opened.reason).map(problemLine);
    return { ok: false, reasons: [...(opened.reason === undefined ? [] : [opened.reason]), ...problems] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ok: false, reasons: [error.message] };
  }
}

const withReadings = (bundle: Bundle, readings: GatewayProfile | undefined): Bundle =>
  readings === undefined ? bundle : { ...bundle, settings: { ...bundle.settings, readings } };

async function activated(bundle: Bundle): Promise<ActivePolicy> {
  const compiled = await compilePolicy(bundle);
  return { compiled, rules: bundle.rules, digest: digestOf(bundle), words: described(bundle) };
}

const LOOK_EVERY_MS = 250;

/**
 * A policy that is read again whenever its file has changed. It looks at the file's state instead of listening for events, which
 * editors that replace a file, and network drives, do not give.
 */
export class PolicySource {
  readonly #fileOrLink: string;
  readonly #path: string;
  readonly #io: CliIo;
  readonly #readings: GatewayProfile | undefined;
  /** The file's state before it was last read: a change while it is read, or later, is another state. */
  #seen = '';
  #isFile = false;

  constructor(fileOrLink: string, cwd: string, io: CliIo, readings?: GatewayProfile) {
    this.#readings = readings;
    this.#fileOrLink = fileOrLink;
    this.#path = resolve(cwd, fileOrLink);
    this.#io = io;
  }

  async load(): Promise<LoadedPolicy> {
    this.#seen = await this.#state();
    this.#isFile ||= this.#io.exists(this.#fileOrLink);
    return loadPolicy(this.#fileOrLink, this.#io, this.#readings);
  }

  /** Calls back with what the file holds whenever it has changed since it was last loaded, also before now. Returns what ends it. */
  watch(onLoaded: (loaded: LoadedPolicy) => void): () => void {
    if (!this.#isFile) return () => undefined;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      if ((await this.#state()) !== this.#seen) {
        const loaded = await this.load();
        if (!ended) onLoaded(loaded);
      }
      if (!ended) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }

  async #state(): Promise<string> {
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(this.#path, { bigint: true });
      return [dev, ino, size, mtimeNs, ctimeNs].join();
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'failed';
    }
  }
}
