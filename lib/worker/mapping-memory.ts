/** Which column or member is which, as the user chose by hand: remembered for files of the same shape. */
import { MAPPING_OF, type Store } from '../store';
import { importTrace, readMapping, type ImportOptions, type FieldMapping } from '../trace';
import { chunksOf } from './chunks';

export interface KnownMapping {
  readonly from: 'guess' | 'remembered' | 'given';
  /** What goes before any guess. */
  readonly chosen: FieldMapping;
}

/** A mapping that was given by hand, to be remembered when the import is taken. */
export interface RememberMapping {
  readonly shape: string;
  readonly mapping: FieldMapping;
}

/** What is said of a file's fields: now, or before of a file of the same shape. */
export async function knownMapping(
  store: Store,
  source: Blob,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<KnownMapping> {
  const { mapping } = options;
  if (mapping !== undefined) return { from: Object.keys(mapping).length > 0 ? 'given' : 'guess', chosen: mapping };
  const shape = await shapeOf(source, options, signal);
  const found = shape === undefined ? undefined : await store.readSetting(MAPPING_OF + shape);
  const read = found?.kind === 'found' ? readMapping(found.value) : undefined;
  const remembered = read?.ok === true && Object.keys(read.mapping).length > 0;
  return remembered ? { from: 'remembered', chosen: read.mapping } : { from: 'guess', chosen: {} };
}

/** The shape of a file whose fields are mapped, by its head alone. */
async function shapeOf(source: Blob, options: ImportOptions, signal: AbortSignal): Promise<string | undefined> {
  const events = importTrace(chunksOf(source), { ...options, signal });
  const { value: first } = await events.next();
  await events.return();
  return first?.kind === 'detected' ? first.mapping?.shape : undefined;
}

/** Where it cannot be remembered it is asked again: the import itself is done. */
export async function rememberMapping(store: Store, remember: RememberMapping | undefined): Promise<void> {
  if (remember) await store.putSetting(MAPPING_OF + remember.shape, { ...remember.mapping });
}
