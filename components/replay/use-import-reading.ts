'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallDefaults, FieldMapping, FormatId, ImportOptions } from '@/lib/trace';
import type { ImportPreview, ImportProgress } from '@/lib/worker';

export interface ImportSource {
  readonly blob: Blob;
  readonly name: string;
}

export type ImportStage<P extends ImportPreview> =
  | { readonly kind: 'choose'; readonly problem?: string }
  | { readonly kind: 'reading'; readonly progress: ImportProgress }
  /** `again`: the file is being read anew, because something was corrected. */
  | { readonly kind: 'found'; readonly preview: P; readonly again?: ImportProgress };

/** Reads a source in the worker; pass the same function in every render. */
export type ReadSource<P extends ImportPreview, S extends ImportSource = ImportSource> = (
  source: S,
  options: ImportOptions,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
) => Promise<P>;

/** What the user has corrected of how a file is read. */
interface ReadingOptions {
  readonly format: FormatId | undefined;
  readonly mapping: FieldMapping | undefined;
  readonly defaults: CallDefaults;
}

const NO_OPTIONS: ReadingOptions = { format: undefined, mapping: undefined, defaults: {} };
const NO_PROGRESS: ImportProgress = { bytes: 0, calls: 0, rejects: 0 };

/** Reads a source whenever it, or how it is to be read, changes; the reading before is stopped. `first`: what is read at once. */
export function useImportReading<P extends ImportPreview, S extends ImportSource>(
  readSource: ReadSource<P, S>,
  first: () => S | undefined = () => undefined,
) {
  const [source, setSource] = useState(first);
  const [options, setOptions] = useState(NO_OPTIONS);
  const [stage, setStage] = useState<ImportStage<P>>(
    source === undefined ? { kind: 'choose' } : { kind: 'reading', progress: NO_PROGRESS },
  );
  const reading = useRef<AbortController>(undefined);

  useEffect(() => {
    if (source === undefined) return undefined;
    const controller = new AbortController();
    const { format, mapping, defaults } = options;
    reading.current = controller;
    readSource(
      source,
      { ...(format === undefined ? {} : { format }), ...(mapping === undefined ? {} : { mapping }), defaults },
      (progress) => !controller.signal.aborted && setStage((before) => withProgress(before, progress)),
      controller.signal,
    )
      .then((preview) => !controller.signal.aborted && setStage({ kind: 'found', preview }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted)
          setStage({ kind: 'choose', problem: error instanceof Error ? error.message : String(error) });
      });
    return () => controller.abort();
  }, [readSource, source, options]);

  const read = useCallback((next: S) => {
    setOptions(NO_OPTIONS);
    setStage({ kind: 'reading', progress: NO_PROGRESS });
    setSource(next);
  }, []);
  /** The previous preview stays while the file is read again, because the user may be in one of its fields. */
  const correct = useCallback((changed: Partial<ReadingOptions>) => {
    setStage((before) =>
      before.kind === 'found' ? { ...before, again: NO_PROGRESS } : { kind: 'reading', progress: NO_PROGRESS },
    );
    setOptions((before) => ({ ...before, ...changed }));
  }, []);
  const chooseAnother = useCallback((problem?: string) => {
    setSource(undefined);
    setStage({ kind: 'choose', ...(problem === undefined ? {} : { problem }) });
  }, []);
  return { source, stage, options, correct, read, chooseAnother, stop: () => reading.current?.abort() };
}

function withProgress<P extends ImportPreview>(stage: ImportStage<P>, progress: ImportProgress): ImportStage<P> {
  if (stage.kind === 'reading') return { kind: 'reading', progress };
  return stage.kind === 'found' && stage.again !== undefined ? { ...stage, again: progress } : stage;
}
