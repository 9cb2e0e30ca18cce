import type { Catalog } from '../engine';
import { traceId, type TraceMeta } from '../store';
import type { WorkerPorts } from './work';

/** What is known of a new trace before its calls are stored. */
export const newTraceMeta = (
  { now, newId }: Pick<WorkerPorts, 'now' | 'newId'>,
  name: string,
  catalog: Partial<Catalog> | null,
): TraceMeta => ({
  id: traceId(newId()),
  name,
  addedAt: now(),
  format: 'native',
  calls: 0,
  chunks: 0,
  rejects: 0,
  catalog,
  info: {},
});
