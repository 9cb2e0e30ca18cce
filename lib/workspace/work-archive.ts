import { strFromU8, unzipSync } from 'fflate';
import { sha256Hex } from '../bundle';
import { isObject } from '../json';
import { WORK_FORMAT, WORK_VERSION, type ExportedFile } from './export-work';

/** Bytes that are unpacked at once, and in all; files within. */
const MOST_AT_ONCE = 64 * 1024 * 1024;
const MOST_BYTES = 2 ** 30;
const MOST_FILES = 50_000;

interface WorkManifest {
  readonly version: number;
  readonly exportedAt: string | undefined;
  readonly policies: readonly ManifestEntry[];
  readonly traces: readonly ManifestEntry[];
  readonly cases: readonly ManifestEntry[];
  /** The path of the settings; an older build wrote none. */
  readonly settings: string | undefined;
  /** What could not be read when the file was made. */
  readonly problems: readonly string[];
}

export type ManifestEntry = Readonly<Record<string, unknown>>;

type OpenedArchive =
  { readonly ok: true; readonly archive: WorkArchive } | { readonly ok: false; readonly message: string };

/** An exported file of work. Nothing in it is trusted: sizes are bounded, and what its digests do not confirm is not given out. */
export class WorkArchive {
  readonly manifest: WorkManifest;
  /** What did not arrive as it was written, in words; empty where the file is whole. */
  readonly damage: readonly string[];
  readonly #bytes: Uint8Array;
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #sound: ReadonlySet<string>;

  private constructor(bytes: Uint8Array, sizes: ReadonlyMap<string, number>, manifest: unknown, isChecked: boolean) {
    this.#bytes = bytes;
    this.#sizes = sizes;
    this.manifest = manifestOf(manifest);
    const files = filesOf(manifest);
    const { sound, damage } = files === undefined ? unlisted(sizes) : this.#verify(files);
    this.#sound = sound;
    this.damage = isChecked ? damage : ['the manifest is not as it was written', ...damage];
  }

  static open(bytes: Uint8Array): OpenedArchive {
    try {
      const sizes = sizesIn(bytes);
      if (typeof sizes === 'string') return { ok: false, message: sizes };
      const text = textIn(bytes, 'manifest.json');
      if (text === undefined) return { ok: false, message: 'the file has no manifest: it is no download of your work' };
      const manifest: unknown = JSON.parse(text);
      const problem = formatProblem(manifest);
      if (problem !== undefined) return { ok: false, message: problem };
      const digest = textIn(bytes, 'manifest.sha256');
      const isChecked = digest === undefined ? filesOf(manifest) === undefined : digest === sha256Of(text);
      return { ok: true, archive: new WorkArchive(bytes, sizes, manifest, isChecked) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ok: false, message: `the file cannot be read: ${reason}` };
    }
  }

  /** A file as text; undefined where it is missing or damaged. */
  text(path: unknown): string | undefined {
    return typeof path === 'string' && this.#sound.has(path) ? textIn(this.#bytes, path) : undefined;
  }

  #verify(files: readonly ExportedFile[]): VerifiedFiles {
    const [sound, damage] = [new Set<string>(), [] as string[]];
    const listed = new Map(files.map((file) => [file.path, file]));
    const present = files.filter(({ path }) => this.#sizes.has(path));
    for (const { path } of files) if (!this.#sizes.has(path)) damage.push(`\`${path}\` is missing`);
    for (const batch of batchesOf(present, this.#sizes)) {
      const found = unzipSync(this.#bytes, { filter: ({ name }) => batch.has(name) });
      for (const path of batch) {
        const [content, expected] = [found[path], listed.get(path)];
        if (content?.length === expected?.bytes && content && sha256Hex(content) === expected?.sha256) sound.add(path);
        else damage.push(`\`${path}\` is not as it was written`);
      }
    }
    for (const path of this.#sizes.keys())
      if (!listed.has(path) && !path.startsWith('manifest.')) damage.push(`\`${path}\` is not in the manifest`);
    return { sound, damage };
  }
}

interface VerifiedFiles {
  readonly sound: ReadonlySet<string>;
  readonly damage: readonly string[];
}

/** A file of an older build names no digests. */
const unlisted = (sizes: ReadonlyMap<string, number>): VerifiedFiles => ({
  sound: new Set(sizes.keys()),
  damage: ['an older build wrote the file, without digests: whether it is complete cannot be checked'],
});

const textIn = (bytes: Uint8Array, path: string): string | undefined => {
  const found = unzipSync(bytes, { filter: ({ name }) => name === path })[path];
  return found && strFromU8(found);
};

const sha256Of = (text: string): string => sha256Hex(new TextEncoder().encode(text));

/** The unpacked size that the file states of each file within. What it unpacks to is cut there. */
function sizesIn(bytes: Uint8Array): ReadonlyMap<string, number> | string {
  const sizes = new Map<string, number>();
  unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (sizes.size <= MOST_FILES) sizes.set(name, originalSize);
      return false;
    },
  });
  if (sizes.size > MOST_FILES) return `the file holds more than ${MOST_FILES} files`;
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return total > MOST_BYTES ? 'the file holds more than a gigabyte' : sizes;
}

function* batchesOf(
  files: readonly ExportedFile[],
  sizes: ReadonlyMap<string, number>,
): Generator<ReadonlySet<string>> {
  let [batch, size] = [new Set<string>(), 0];
  for (const { path } of files) {
    batch.add(path);
    size += sizes.get(path) ?? 0;
    if (size < MOST_AT_ONCE) continue;
    yield batch;
    [batch, size] = [new Set<string>(), 0];
  }
  yield batch;
}

function formatProblem(manifest: unknown): string | undefined {
  if (!isObject(manifest) || manifest.format !== WORK_FORMAT) return 'the file is no download of your work';
  const { version } = manifest;
  if (typeof version !== 'number' || !(version >= 1)) return 'the manifest names no version';
  return version > WORK_VERSION
    ? `a newer build wrote the file (version ${String(version)}): reload the page to get it`
    : undefined;
}

function filesOf(manifest: unknown): readonly ExportedFile[] | undefined {
  if (!isObject(manifest) || manifest.version === 1) return undefined;
  return listOf(manifest.files).flatMap(({ path, bytes, sha256 }) =>
    typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string'
      ? [{ path, bytes, sha256 }]
      : [],
  );
}

function manifestOf(manifest: unknown): WorkManifest {
  const { version, exportedAt, policies, traces, cases, settings, problems } = isObject(manifest) ? manifest : {};
  return {
    version: Number(version),
    exportedAt: typeof exportedAt === 'string' ? exportedAt : undefined,
    policies: listOf(policies),
    traces: listOf(traces),
    cases: listOf(cases),
    settings: typeof settings === 'string' ? settings : undefined,
    problems: Array.isArray(problems) ? problems.filter((one): one is string => typeof one === 'string') : [],
  };
}

const listOf = (value: unknown): readonly ManifestEntry[] =>
  Array.isArray(value) ? value.filter((one): one is ManifestEntry => isObject(one)) : [];
