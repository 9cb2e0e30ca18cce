import type { Catalog } from '@/lib/engine';
import type { ReplayClient } from '@/lib/worker';
import { fetchShipped } from '../site/shipped-file';

/** A trace that ships with the app, as `samples/index.json` lists it. */
export interface SampleTrace {
  readonly title: string;
  readonly file: string;
  /** The file of the catalog that its tools and people are in. */
  readonly catalog?: string;
}

export interface ListedSample extends SampleTrace {
  readonly id: string;
  readonly about: string;
  readonly calls: number;
  /** The id of the call that is most worth a look. */
  readonly focus: string;
}

/** Throws in words for a person where the list cannot be fetched. */
export async function listSamples(): Promise<readonly ListedSample[]> {
  const { traces } = (await (await fetched('index.json')).json()) as { readonly traces: readonly ListedSample[] };
  return traces;
}

export const nameOfSample = ({ title }: SampleTrace): string => `${title} (sample)`;

/** Stores a sample as a trace and opens it, unless that has become needless meanwhile. Rejects where it cannot be fetched or stored. */
export async function importSample(
  replay: ReplayClient,
  sample: SampleTrace,
  isNeedless: () => boolean = () => false,
): Promise<'opened' | 'needless'> {
  const { file, catalog } = sample;
  const [calls, world] = await Promise.all([fetched(file), catalog === undefined ? undefined : fetched(catalog)]);
  if (isNeedless()) return 'needless';
  const known = world === undefined ? undefined : ((await world.json()) as Catalog);
  await replay.importFile(await calls.blob(), file, { format: 'native' }, () => {}, new AbortController().signal);
  if (isNeedless()) return 'needless';
  await replay.takeImport(nameOfSample(sample), known);
  return 'opened';
}

/** The place in a sample of the call with this id: samples are a call a line. */
export async function placeOfCall({ file, focus }: ListedSample): Promise<number> {
  const lines = (await (await fetched(file)).text()).trim().split('\n');
  return Math.max(
    0,
    lines.findIndex((line) => (JSON.parse(line) as { readonly id?: string }).id === focus),
  );
}

const fetched = (file: string): Promise<Response> => fetchShipped(`samples/${file}`, 'the sample');
