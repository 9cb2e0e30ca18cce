import { Collector } from './collector';
import { recognize, type Recognized } from './recognize';
import { bomLength, decodeLeniently, notText } from './source/bytes';
import { ChunkSource, type FileHead } from './source/chunk-source';
import { excerpt, TRIAL } from './source/limits';
import type { TraceFormat, ImportEvent, ImportOptions } from './types';

/**
 * Reads a trace of any format from its bytes, as they arrive. Total: whatever the bytes, it ends in `done`, `cancelled`
 * (the signal was set) or `failed` (the source could not be read on), and never throws. Calls, rejects and progress come
 * once a chunk; catalog and offers before the end.
 */
export async function* importTrace(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions = {},
): AsyncGenerator<ImportEvent, void, undefined> {
  const source = new ChunkSource(chunks);
  const out = new Collector(options);
  const cancelled = (): boolean => options.signal?.aborted === true;
  let format: TraceFormat | null = null;
  try {
    const head = await source.head(cancelled);
    if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(null, source.bytes) };
    let found = recognizeHead(head, options);
    if (found.ok && found.uncertain) found = recognizeHead(await source.head(cancelled, TRIAL), options);
    if (!found.ok) {
      out.refuse({ offset: 0, reason: found.reason, excerpt: found.excerpt });
      yield* out.drain(source.bytes);
      return yield { kind: 'done', summary: out.summary(null, source.bytes) };
    }
    const { view, detection, others, bom } = found;
    ({ format } = found);
    const mapping = format.mapping?.(view.head, options.mapping ?? {});
    yield { kind: 'detected', detection, others, ...(mapping ? { mapping } : {}) };
    const reader = format.reader(options, mapping?.mapping ?? {});
    if (view.skipped > 0)
      out.note(
        'skipped-lines',
        (n) =>
          `${n} ${n === 1 ? 'line' : 'lines'} above the header row (line ${view.head.headerLine ?? 1}) passed over`,
        view.skipped,
      );
    const cutter = view.cutter(bom);
    for await (const chunk of source.all(bom)) {
      if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(format.id, source.bytes) };
      out.take(cutter.push(chunk), reader, format);
      yield* out.drain(source.bytes);
    }
    if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(format.id, source.bytes) };
    out.take(cutter.end(), reader, format);
    out.finish(reader);
    yield* out.drain(source.bytes);
    yield* out.closing();
    yield { kind: 'done', summary: out.summary(format.id, source.bytes) };
  } catch (error) {
    const reason = `reading stopped: ${error instanceof Error ? error.message : String(error)}`;
    yield { kind: 'failed', reason, summary: out.summary(format?.id ?? null, source.bytes) };
  } finally {
    await source.close();
  }
}

type HeadFindings =
  | (Recognized & { readonly ok: true; readonly uncertain: boolean; readonly bom: number })
  | { readonly ok: false; readonly reason: string; readonly excerpt: string };

function recognizeHead({ bytes, whole, blank }: FileHead, options: ImportOptions): HeadFindings {
  const refusal = blank ? 'the file is empty' : notText(bytes);
  if (refusal !== null) return { ok: false, reason: refusal, excerpt: '' };
  const bom = bomLength(bytes);
  const found = recognize(bytes.subarray(bom), whole, options);
  if (found.ok) return { ok: true, ...found.recognized, uncertain: found.uncertain, bom };
  return { ok: false, reason: found.reason, excerpt: excerpt(decodeLeniently(bytes.subarray(bom, bom + 1024))) };
}
