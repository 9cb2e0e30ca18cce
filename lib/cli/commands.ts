import type { CliCommand } from './command';

/** Every command, in the order of `--help`: one line each. They are loaded when they are used, for a quick start. */
export const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  validate: async () => (await import('./commands/validate')).validate,
  digest: async () => (await import('./commands/digest')).digest,
  encode: async () => (await import('./commands/encode')).encode,
  decode: async () => (await import('./commands/decode')).decode,
  replay: async () => (await import('./commands/replay')).replay,
  reproduce: async () => (await import('./commands/reproduce')).reproduce,
  bisect: async () => (await import('./commands/bisect')).bisect,
  probe: async () => (await import('./commands/probe')).probe,
  explain: async () => (await import('./commands/explain')).explain,
  test: async () => (await import('./commands/test')).test,
  lint: async () => (await import('./commands/lint')).lint,
  ask: async () => (await import('./commands/ask')).ask,
  suggest: async () => (await import('./commands/suggest')).suggest,
  diff: async () => (await import('./commands/diff')).diff,
  cel: async () => (await import('./commands/cel')).cel,
};
