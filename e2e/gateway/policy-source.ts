import { unwatchFile, watchFile } from 'node:fs';
import { resolve } from 'node:path';
import { digestOf, type Bundle } from '../../lib/bundle';
import { described, Misuse, openPolicy, problemLine, type Io } from '../../lib/cli';
import { compilePolicy, type CompiledPolicy, type Rule } from '../../lib/engine';

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

/** Reads a policy from a file or a link, and makes it ready. Never throws. */
export async function loadPolicy(fileOrLink: string, io: Io): Promise<LoadedPolicy> {
  try {
    const opened = await openPolicy(fileOrLink, io);
    if (opened.ok) return { ok: true, policy: await activated(opened.bundle) };
    const problems = opened.problems.filter(({ message }) => message !== opened.reason).map(problemLine);
    return { ok: false, reasons: [...(opened.reason === undefined ? [] : [opened.reason]), ...problems] };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return { ok: false, reasons: [error.message] };
  }
}

async function activated(bundle: Bundle): Promise<ActivePolicy> {
  const compiled = await compilePolicy(bundle);
  return { compiled, rules: bundle.rules, digest: digestOf(bundle), words: described(bundle) };
}

const LOOK_EVERY_MS = 250;

/**
 * Calls back with what a file holds whenever it has changed. It looks at the file's state instead of listening for events, which
 * editors that replace a file, and network drives, do not give. Returns what ends it.
 */
export function watchPolicy(file: string, cwd: string, io: Io, onLoaded: (loaded: LoadedPolicy) => void): () => void {
  const path = resolve(cwd, file);
  // Two changes in a row are read in their order.
  let queue = Promise.resolve();
  let ended = false;
  const look = (): void => {
    queue = queue.then(async () => {
      const loaded = await loadPolicy(file, io);
      if (!ended) onLoaded(loaded);
    });
  };
  watchFile(path, { interval: LOOK_EVERY_MS }, look);
  return () => {
    ended = true;
    unwatchFile(path, look);
  };
}
