'use client';
import { useCallback, useState } from 'react';
import type { ImportPreview } from '@/lib/worker';
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
import { HelpLink } from '../site/help-link';
import { SampleTraces } from './sample-traces';
import { useImportReading, type ImportSource, type ImportStage, type ReadSource } from './use-import-reading';

interface ImportDialogProps {
  /** What was dropped or pasted, to be read at once. */
  file?: File;
  text?: string;
  onClose(): void;
}

/** Imports a trace: choose, look at what was found, name it, import it. Nothing is stored before that. */
export function ImportDialog({ file, text, onClose }: ImportDialogProps) {
  const { replay } = useSession();
  const readSource = useCallback<ReadSource<ImportPreview>>(
    ({ blob, name: of }, ...asked) => replay.importFile(blob, of, ...asked),
    [replay],
  );
  const { source, stage, options, correct, read, chooseAnother, stop } = useImportReading(readSource, () =>
    sourceOf(file, text),
  );
  const [name, setName] = useState<string>();
  const [storing, setStoring] = useState(false);

  function close() {
    stop();
    void replay.dropImport().catch(() => {});
    onClose();
  }

  async function take(preview: ImportPreview) {
    setStoring(true);
    try {
      const info = await replay.takeImport((name ?? preview.suggestedName).trim() || preview.suggestedName);
      // The table has just been drawn; closing this is work of its own.
      await nextTask();
      onClose();
      await nextTask();
      notify(`Imported ${counted(info.calls, 'call')}`);
    } catch (error) {
      setStoring(false);
      chooseAnother(`nothing was stored: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return (
    <Dialog
      title="Import a trace"
      help={<HelpLink to="traces/#what-each-format-carries" about="formats of traces" />}
      description="What agents called, to be decided by your policy. The file is read here, in your browser, and goes nowhere else."
      onClose={close}
      size="lg"
      footer={
        stage.kind === 'found' && !storing ? (
          <ImportButtons stage={stage} onAnother={() => chooseAnother()} onTake={(preview) => void take(preview)} />
        ) : (
          <Button onClick={close}>{stage.kind === 'reading' ? 'Stop' : 'Cancel'}</Button>
        )
      }
    >
      {storing ? (
        <p role="status" className={WAITING}>
          Storing…
        </p>
      ) : stage.kind === 'choose' ? (
        <Choose
          onOpened={close}
          problem={stage.problem}
          onSource={(next) => {
            setName(undefined);
            read(next);
          }}
        />
      ) : stage.kind === 'found' ? (
        <div className="space-y-4">
          <TraceName name={name ?? stage.preview.suggestedName} onName={setName} />
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

type FoundStage = Extract<ImportStage<ImportPreview>, { readonly kind: 'found' }>;

interface ImportButtonsProps {
  stage: FoundStage;
  onAnother(): void;
  onTake(preview: ImportPreview): void;
}

function ImportButtons({ stage: { preview, again }, onAnother, onTake }: ImportButtonsProps) {
  const { calls } = preview.summary;
  return (
    <>
      <Button onClick={onAnother}>Choose another</Button>
      <Button look="primary" disabled={calls === 0 || again !== undefined} onClick={() => onTake(preview)}>
        Import {number(calls)} {calls === 1 ? 'call' : 'calls'}
      </Button>
    </>
  );
}

const TraceName = ({ name, onName }: { name: string; onName(name: string): void }) => (
  <Field label="Name of the trace">
    {(id) => <TextInput id={id} value={name} onChange={(event) => onName(event.target.value)} maxLength={200} />}
  </Field>
);

const WAITING = 'py-8 text-center text-sm text-ink-2';

interface WaitingProps {
  stage: Extract<ImportStage<ImportPreview>, { readonly kind: 'reading' }>;
  /** Bytes of the file. */
  size: number;
}

const Waiting = ({ stage: { progress }, size }: WaitingProps) => (
  <p role="status" className={WAITING}>
    Reading… {progressWords(progress)}, {(progress.bytes / 1_048_576).toFixed(1)} of {(size / 1_048_576).toFixed(1)} MiB
  </p>
);

function sourceOf(file: File | undefined, text: string | undefined): ImportSource | undefined {
  if (file !== undefined) return { blob: file, name: file.name };
  if (text !== undefined) return { blob: new Blob([text]), name: 'Pasted trace' };
  return undefined;
}

interface ChooseProps {
  problem: string | undefined;
  onSource(source: ImportSource): void;
  /** A sample was opened instead. */
  onOpened(): void;
}

function Choose({ problem, onSource, onOpened }: ChooseProps) {
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
      <SampleTraces onOpened={onOpened} />
    </div>
  );
}
