import { strToU8, zipSync } from 'fflate';
import { digestOf, writeBundle } from '../bundle';
import { isFailure, type Failure, type Store } from '../store';
import { bundleOfContent } from './bundle-content';

/** A file for the person to keep. */
export interface WorkFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Everything that a store holds, as one zip: policies as bundles, traces as NDJSON, what could not be read back as it was found, and a
 * manifest with digests. What cannot be read now is named in the manifest, and the rest is still handed over.
 */
export async function exportWork(store: Store, at: number): Promise<WorkFile> {
  const files: Record<string, Uint8Array> = {};
  const problems: string[] = [];
  const put = (folder: string, name: string, ending: string, text: string): string => {
    const path = freePath(files, `${folder}/${fileName(name)}`, ending);
    files[path] = strToU8(text);
    return path;
  };
  const read = <T>(found: { readonly kind: 'listed'; readonly values: readonly T[] } | Failure): readonly T[] => {
    if (!isFailure(found)) return found.values;
    problems.push(found.message);
    return [];
  };

  const policies = read(await store.listPolicies()).map(({ id, content, deletedAt, revision }) => {
    const path = put('policies', content.name, '.policy.json', writeBundle(bundleOfContent(content)));
    return { id, name: content.name, path, digest: digestOf(content), revision, deletedAt };
  });
  const traces = [];
  for (const { id, name, calls } of read(await store.listTraces())) {
    const lines: string[] = [];
    for await (const chunk of store.readTrace(id)) {
      if (chunk.kind === 'calls') for (const call of chunk.calls) lines.push(`${JSON.stringify(call)}\n`);
      else problems.push(`a part of the trace \`${name}\` could not be read`);
    }
    traces.push({ id, name, calls, path: put('traces', name, '.ndjson', lines.join('')) });
  }
  const aside = read(await store.listQuarantined());
  if (aside.length > 0) put('quarantine', 'rows', '.json', JSON.stringify(aside, null, 2));
  const manifest = {
    format: 'policy-workspace',
    version: 1,
    exportedAt: new Date(at).toISOString(),
    policies,
    traces,
    problems,
  };
  files['manifest.json'] = strToU8(JSON.stringify(manifest, null, 2));
  return { name: `policies-${manifest.exportedAt.slice(0, 10)}.workspace.zip`, bytes: zipSync(files) };
}

const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .slice(0, 80)
    .trim() || 'unnamed';

/** Two policies may have one name; two files may not. */
function freePath(files: Readonly<Record<string, unknown>>, stem: string, ending: string): string {
  for (let n = 1; ; n++) {
    const path = `${stem}${n === 1 ? '' : ` ${n}`}${ending}`;
    if (!Object.hasOwn(files, path)) return path;
  }
}
