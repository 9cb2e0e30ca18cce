import { strToU8, Zip, ZipDeflate } from 'fflate';
import { digestOf, sha256OfPieces, writeBundle } from '../bundle';
import {
  isFailure,
  type StoreFailure,
  type NamedVersion,
  type PolicyContent,
  type PolicyHead,
  type PolicyId,
  type RuleDraft,
  type Store,
} from '../store';
import { bundleOfContent } from './bundle-content';
import { contentOf, type PolicyDocument } from './document';
import { settingsText, type PagePreferences } from './work-settings';

/** A file for the person to keep. */
export interface WorkFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A trace that is not in this storage: one call a line. */
export interface UnsavedTrace {
  readonly name: string;
  readonly ndjson: Blob;
}

/** What a store does not hold: policies with changes that are not saved, and where nothing is stored, the traces. */
export interface UnsavedWork {
  readonly unsaved: readonly PolicyDocument[];
  readonly drafts: readonly RuleDraft[];
  readonly versions: readonly NamedVersion[];
  readonly traces: (() => Promise<readonly UnsavedTrace[]>) | null;
  readonly preferences: PagePreferences;
}

/** A file within the exported one, as the manifest lists it. */
export interface ExportedFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal digits. */
  readonly sha256: string;
}

export const WORK_FORMAT = 'policy-workspace';
/** Version 1 has no `files`, no cases, and no policies in their histories. */
export const WORK_VERSION = 2;

/**
 * Everything that a store holds, as one zip: policies as bundles, and with their logs, versions and drafts as NDJSON, traces as
 * NDJSON, cases as bundles, settings, what could not be read back as it was found, and a manifest with the digest of each file (`import-work.ts`
 * verifies it). What cannot be read now is named in the manifest, and the rest is still handed over.
 */
export async function exportWork(store: Store, at: number, held: UnsavedWork): Promise<WorkFile> {
  const file = new ZipWriter(at);
  const problems: string[] = [];
  const read: ReadRows = (found) => {
    if (!isFailure(found)) return found.values;
    if (!problems.includes(found.message)) problems.push(found.message);
    return [];
  };

  const policies = await exportPolicies(store, held, file, read);
  const traces = await exportTraces(store, held, file, { read, problems });
  const cases = read(await store.listCases()).map(({ id, name, savedAt, text }) => ({
    id,
    name,
    savedAt,
    path: file.put('cases', name, '.case.json', text),
  }));

  const stored = read(await store.listSettings());
  const settings = file.put('', 'settings', '.json', settingsText({ stored, preferences: held.preferences }));

  const aside = read(await store.listQuarantined());
  if (aside.length > 0) file.put('quarantine', 'rows', '.json', JSON.stringify(aside, null, 2));
  const exportedAt = new Date(at).toISOString();
  const files = [...file.files];
  const about = { format: WORK_FORMAT, version: WORK_VERSION, exportedAt };
  file.put(
    '',
    'manifest',
    '.json',
    JSON.stringify({ ...about, policies, traces, cases, settings, problems, files }, null, 2),
  );
  file.put('', 'manifest', '.sha256', file.files.at(-1)?.sha256 ?? '');
  return { name: `policies-${exportedAt.slice(0, 10)}.workspace.zip`, bytes: file.finish() };
}

/** The rows that were read; of a failure none, and its message goes into the manifest. */
type ReadRows = <T>(found: { readonly kind: 'listed'; readonly values: readonly T[] } | StoreFailure) => readonly T[];

/** Writes each policy as a bundle and with its history; gives the manifest's entries for them. */
async function exportPolicies(store: Store, held: UnsavedWork, file: ZipWriter, read: ReadRows): Promise<object[]> {
  const policies = [];
  for (const head of withUnsaved(read(await store.listPolicies()), held.unsaved)) {
    const { id, content, deletedAt, archivedAt = null, revision, unsaved } = head;
    const path = file.put('policies', content.name, '.policy.json', bundleText(content));
    const { unsaved: _unsaved, ...stored } = head;
    const history = [
      { kind: 'policy', ...stored, content: contentOf(content) },
      ...read(await store.readLog(id, head.first, head.last)).map((entry) => ({ kind: 'step', ...entry })),
      ...merged(read(await store.listVersions(id)), of(id, held.versions), (version) => version.id).map((version) => ({
        kind: 'version',
        ...version,
      })),
      ...merged(read(await store.listDrafts(id)), of(id, held.drafts), ({ rule }) => rule.id).map((draft) => ({
        kind: 'draft',
        ...draft,
      })),
    ];
    const lines = history.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    const historyPath = file.put('history', content.name, '.ndjson', lines);
    const digest = digestOrNull(content);
    const times = { deletedAt, archivedAt };
    policies.push({ id, name: content.name, path, history: historyPath, digest, revision, unsaved, ...times });
  }
  return policies;
}

/** Writes the stored traces chunk by chunk, then those that are in memory alone; gives the manifest's entries for them. */
async function exportTraces(
  store: Store,
  held: UnsavedWork,
  file: ZipWriter,
  { read, problems }: { readonly read: ReadRows; readonly problems: string[] },
): Promise<object[]> {
  const traces = [];
  for (const { chunks: _chunks, ...meta } of read(await store.listTraces())) {
    const { id, name } = meta;
    const entry = file.begin('traces', name, '.ndjson');
    for await (const chunk of store.readTrace(id)) {
      if (chunk.kind === 'calls') entry.push(chunk.calls.map((call) => `${JSON.stringify(call)}\n`).join(''));
      else problems.push(`a part of the trace \`${name}\` could not be read`);
    }
    entry.end();
    traces.push({ ...meta, path: entry.path });
  }
  try {
    for (const { name, ndjson } of (await held.traces?.()) ?? []) {
      traces.push({ name, path: file.put('traces', name, '.ndjson', await ndjson.text()) });
    }
  } catch (error) {
    problems.push(`the traces could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return traces;
}

const of = <T extends { readonly policyId: PolicyId }>(id: PolicyId, all: readonly T[]): readonly T[] =>
  all.filter(({ policyId }) => policyId === id);

/** What is stored, with what is held in place of or beside it. */
function merged<T>(stored: readonly T[], held: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const keys = new Set(held.map(keyOf));
  return [...stored.filter((one) => !keys.has(keyOf(one))), ...held];
}

interface ExportedPolicy extends PolicyHead {
  readonly unsaved: boolean;
}

/** The stored policies, those with unsaved changes as they are shown. */
function withUnsaved(heads: readonly PolicyHead[], unsaved: readonly PolicyDocument[]): readonly ExportedPolicy[] {
  const shown = new Map(unsaved.map((document) => [document.id, document]));
  const stored = heads.map((head) => ({
    ...head,
    content: shown.get(head.id) ?? head.content,
    unsaved: shown.has(head.id),
  }));
  const known = new Set(heads.map(({ id }) => id));
  const others = unsaved.filter(({ id }) => !known.has(id));
  const never = { first: 1, cursor: 0, last: 0, createdAt: 0, updatedAt: 0, deletedAt: null, unsaved: true };
  return [...stored, ...others.map((content) => ({ ...never, id: content.id, revision: content.revision, content }))];
}

/** Canonical where it can be: a text with half a character in it has no canonical form, and is the user's work all the same. */
function bundleText(content: PolicyContent): string {
  const bundle = bundleOfContent(content);
  return orNull(() => writeBundle(bundle)) ?? JSON.stringify(bundle);
}

/** The policy's digest; null for a text with half a character in it. */
export const digestOrNull = (content: PolicyContent): string | null => orNull(() => digestOf(content));

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** A zip file written piece by piece, so that a long trace is never in memory as one text. */
class ZipWriter {
  readonly #files: ExportedFile[] = [];
  readonly #parts: Uint8Array[] = [];
  readonly #paths = new Set<string>();
  readonly #at: number;
  readonly #zip = new Zip((error, part) => {
    if (error) throw error;
    this.#parts.push(part);
  });

  constructor(at: number) {
    // A zip file's times begin in 1980.
    this.#at = Math.max(at, Date.UTC(1980, 0, 2));
  }

  /** Those that are written whole. */
  get files(): readonly ExportedFile[] {
    return this.#files;
  }

  begin(folder: string, name: string, ending: string) {
    const path = this.#freePath(`${folder === '' ? '' : `${folder}/`}${fileName(name)}`, ending);
    const entry = new ZipDeflate(path, { level: 6 });
    entry.mtime = this.#at;
    this.#zip.add(entry);
    const digest = sha256OfPieces();
    let length = 0;
    return {
      path,
      push: (text: string) => {
        const bytes = strToU8(text);
        length += bytes.length;
        digest.add(bytes);
        entry.push(bytes);
      },
      end: () => {
        entry.push(new Uint8Array(0), true);
        this.#files.push({ path, bytes: length, sha256: digest.hex() });
      },
    };
  }

  put(folder: string, name: string, ending: string, text: string): string {
    const entry = this.begin(folder, name, ending);
    entry.push(text);
    entry.end();
    return entry.path;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#zip.end();
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** Two policies may have one name; two files may not, on any file system. */
  #freePath(stem: string, ending: string): string {
    for (let n = 1; ; n++) {
      const path = `${stem}${n === 1 ? '' : ` ${n}`}${ending}`;
      if (this.#paths.has(path.toLowerCase())) continue;
      this.#paths.add(path.toLowerCase());
      return path;
    }
  }
}

/** Letters, digits and a few marks; never hidden, and never a way out of its folder. */
const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[. ]+/, '')
    .slice(0, 80)
    .trim() || 'unnamed';
