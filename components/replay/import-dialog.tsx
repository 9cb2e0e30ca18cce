'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallDefaults, FormatId, FieldMapping } from '@/lib/trace';
import type { ImportPreview, ImportProgress } from '@/lib/worker';
import { Button } from '../ui/button';
import { FileOrText } from '../ui/choose-file';
import { Dialog } from '../ui/dialog';
import { download } from '../ui/download';
import { Field, TextInput } from '../ui/field';
import { nextTask } from '../ui/next-task';
import { notify } from '../ui/notify';
import { useSession } from '../session/session';
import { ImportReview } from './import-review';
import { progressWords } from './import-progress';
import { counted, number } from '../ui/words';

interface ImportDialogProps {
  /** What was dropped or pasted, to be read at once. */
  file?: File;
  text?: string;
  onClose(): void;
}

interface ImportSource {
  readonly blob: Blob;
  readonly name: string;
}

type ImportStage =
  | { readonly kind: 'choose'; readonly problem?: string }
  | { readonly kind: 'reading'; readonly progress: ImportProgress }
  /** `again`: the file is being read anew, because something was corrected. */
  | { readonly kind: 'found'; readonly preview: ImportPreview; readonly again?: ImportProgress }
  | { readonly kind: 'storing' };

const NO_PROGRESS: ImportProgress = { bytes: 0, calls: 0, rejects: 0 };

/** Imports a trace: choose, look at what was found, name it, import it. Nothing is stored before that. */
export function ImportDialog({ file, text, onClose }: ImportDialogProps) {
  const { replay } = useSession();
  const { source, stage, setStage, options, correct, read, chooseAnother, stop } = useImportReading(file, text);
  const [name, setName] = useState<string>();

  function close() {
    stop();
    void replay.dropImport().catch(() => {});
    onClose();
  }

  async function take(preview: ImportPreview) {
    setStage({ kind: 'storing' });
    try {
      const info = await replay.takeImport((name ?? preview.suggestedName).trim() || preview.suggestedName);
      // The table has just been drawn; closing this is work of its own.
      await nextTask();
      onClose();
      await nextTask();
      notify(`Imported ${counted(info.calls, 'call')}`);
    } catch (error) {
      chooseAnother(`nothing was stored: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return (
    <Dialog
      title="Import a trace"
      description="What agents called, to be decided by your policy. The file is read here, in your browser, and goes nowhere else."
      onClose={close}
      size="lg"
      footer={
        stage.kind === 'found' ? (
          <>
            <Button onClick={() => chooseAnother()}>Choose another</Button>
            <Button
              look="primary"
              disabled={stage.preview.summary.calls === 0 || stage.again !== undefined}
              onClick={() => void take(stage.preview)}
            >
              Import {number(stage.preview.summary.calls)} {stage.preview.summary.calls === 1 ? 'call' : 'calls'}
            </Button>
          </>
        ) : (
          <Button onClick={close}>{stage.kind === 'reading' ? 'Stop' : 'Cancel'}</Button>
        )
      }
    >
      {stage.kind === 'choose' ? (
        <Choose
          problem={stage.problem}
          onSource={(next) => {
            setName(undefined);
            read(next);
          }}
        />
      ) : stage.kind === 'found' ? (
        <div className="space-y-4">
          <Field label="Name of the trace">
            {(id) => (
              <TextInput
                id={id}
                value={name ?? stage.preview.suggestedName}
                onChange={(event) => setName(event.target.value)}
                maxLength={200}
              />
            )}
          </Field>
          <ImportReview
            preview={stage.preview}
            defaults={options.defaults}
            chosen={options.mapping}
            again={stage.again}
            onFormat={(format) => correct({ format, mapping: undefined })}
            onMapping={(mapping) => correct({ mapping })}
            onDefaults={(defaults) => correct({ defaults })}
            onDownloadRejects={() => void replay.importRejects().then((blob) => download(blob, 'rejects.ndjson'))}
          />
        </div>
      ) : (
        <Waiting stage={stage} size={source?.blob.size ?? 0} />
      )}
    </Dialog>
  );
}

/** What the user has corrected of how a file is read. */
interface ReadingOptions {
  readonly format: FormatId | undefined;
  readonly mapping: FieldMapping | undefined;
  readonly defaults: CallDefaults;
}

const NO_OPTIONS: ReadingOptions = { format: undefined, mapping: undefined, defaults: {} };

/** Reads a source whenever it, or how it is to be read, changes; the reading before is stopped. */
function useImportReading(file: File | undefined, text: string | undefined) {
  const { replay } = useSession();
  const [source, setSource] = useState<ImportSource | undefined>(() => sourceOf(file, text));
  const [options, setOptions] = useState(NO_OPTIONS);
  const [stage, setStage] = useState<ImportStage>(
    source === undefined ? { kind: 'choose' } : { kind: 'reading', progress: NO_PROGRESS },
  );
  const reading = useRef<AbortController>(undefined);

  useEffect(() => {
    if (source === undefined) return undefined;
    const controller = new AbortController();
    const { format, mapping, defaults } = options;
    reading.current = controller;
    replay
      .importFile(
        source.blob,
        source.name,
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
  }, [replay, source, options]);

  const read = useCallback((next: ImportSource) => {
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
  function chooseAnother(problem?: string) {
    setSource(undefined);
    setStage({ kind: 'choose', ...(problem === undefined ? {} : { problem }) });
  }
  return { source, stage, setStage, options, correct, read, chooseAnother, stop: () => reading.current?.abort() };
}

interface WaitingProps {
  stage: Extract<ImportStage, { readonly kind: 'reading' | 'storing' }>;
  /** Bytes of the file. */
  size: number;
}

const Waiting = ({ stage, size }: WaitingProps) => (
  <div role="status" className="py-8 text-center text-sm text-ink-2">
    {stage.kind === 'storing' ? (
      'Storing…'
    ) : (
      <>
        Reading… {progressWords(stage.progress)}, {(stage.progress.bytes / 1_048_576).toFixed(1)} of{' '}
        {(size / 1_048_576).toFixed(1)} MiB
      </>
    )}
  </div>
);

function withProgress(stage: ImportStage, progress: ImportProgress): ImportStage {
  if (stage.kind === 'reading') return { kind: 'reading', progress };
  return stage.kind === 'found' && stage.again !== undefined ? { ...stage, again: progress } : stage;
}

function sourceOf(file: File | undefined, text: string | undefined): ImportSource | undefined {
  if (file !== undefined) return { blob: file, name: file.name };
  if (text !== undefined) return { blob: new Blob([text]), name: 'Pasted trace' };
  return undefined;
}

function Choose({ problem, onSource }: { problem: string | undefined; onSource(source: ImportSource): void }) {
  const [text, setText] = useState('');
  return (
    <div className="space-y-4">
      {problem === undefined ? null : (
        <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
          The import stopped: {problem}.
        </p>
      )}
      <FileOrText
        label="Choose a file, or drop one anywhere on the page"
        hint="Calls as JSON or NDJSON, MCP messages, conversations (OpenAI, Anthropic, Gemini, Bedrock, LangChain, AI SDK), sessions of Claude Code, Codex, Gemini CLI and VS Code, audit logs, OTLP, CSV"
        rows={5}
        text={text}
        onText={setText}
        onFile={(file) => onSource({ blob: file, name: file.name })}
      />
      <Button disabled={text.trim() === ''} onClick={() => onSource({ blob: new Blob([text]), name: 'Pasted trace' })}>
        Read what was pasted
      </Button>
    </div>
  );
}
