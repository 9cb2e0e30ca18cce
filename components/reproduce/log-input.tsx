'use client';
import { useState } from 'react';
import type { LogPreview, ReplayClient } from '@/lib/worker';
import { progressWords } from '../replay/import-progress';
import { Button } from '../ui/button';
import { FileOrText } from '../ui/choose-file';
import { download } from '../ui/download';
import { partOf } from '../ui/part';
import { counted } from '../ui/words';
import { Marked } from '../ui/worded';
import { InputCard } from './input-card';
import type { LogReading } from './use-reproduction';

const ImportReview = partOf(() => import('../replay/import-review').then((module) => module.ImportReview));

interface LogInputProps {
  client: ReplayClient;
  reading: LogReading;
}

/** Asks for the log; once it is read, says how it was read, and lets that be corrected. */
export function LogInput({ client, reading }: LogInputProps) {
  const { stage, read, chooseAnother, stop } = reading;
  const [text, setText] = useState('');
  return (
    <InputCard
      title="2. What the gateway recorded"
      another="Another log"
      onAnother={stage.kind === 'found' ? () => chooseAnother() : undefined}
    >
      {stage.kind === 'choose' ? (
        <form
          className="space-y-3 text-sm"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') read({ blob: new Blob([text]), name: 'Pasted log' });
          }}
        >
          {stage.problem === undefined ? null : (
            <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
              Not read: <Marked text={stage.problem} />.
            </p>
          )}
          <FileOrText
            label="Choose a file, or drop one anywhere on the page"
            hint="An export of the audit log (CSV, JSON, NDJSON), one entry of it, or one call as JSON"
            rows={4}
            text={text}
            onText={setText}
            onFile={(file) => read({ blob: file, name: file.name })}
          />
          <Button type="submit" disabled={text.trim() === ''}>
            Read the log
          </Button>
        </form>
      ) : stage.kind === 'reading' ? (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <p role="status">Reading… {progressWords(stage.progress)}</p>
          <Button
            onClick={() => {
              stop();
              chooseAnother();
            }}
          >
            Stop
          </Button>
        </div>
      ) : (
        <LogSummary client={client} reading={reading} preview={stage.preview} />
      )}
    </InputCard>
  );
}

function LogSummary({ client, reading, preview }: LogInputProps & { preview: LogPreview }) {
  const { source, stage, options, correct } = reading;
  const { calls, rejects } = preview.summary;
  const again = stage.kind === 'found' ? stage.again : undefined;
  // What could not be read, or is half read, is looked at first.
  const [open, setOpen] = useState(calls === 0 || preview.failure !== undefined);
  return (
    <div className="space-y-3 text-sm">
      <p role="status" className="break-words" data-testid="log-summary">
        <strong className="font-semibold">{source?.name}</strong>, {counted(calls, 'entry', 'entries')}
        {preview.policyEvents === 0 ? null : <>, {counted(preview.policyEvents, 'change')} of the policy</>}
        {preview.connections === 0 ? null : <>, {counted(preview.connections, 'connection')}</>}
        {rejects === 0 ? null : <>, {counted(rejects, 'reject')}</>}
      </p>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer py-0.5 font-medium pointer-coarse:py-3">How it was read</summary>
        {open ? (
          <div className="mt-3">
            <ImportReview
              preview={preview}
              defaults={options.defaults}
              chosen={options.mapping}
              again={again}
              remembered={false}
              onFormat={(format) => correct({ format, mapping: undefined })}
              onMapping={(mapping) => correct({ mapping })}
              onDefaults={(defaults) => correct({ defaults })}
              onDownloadRejects={() =>
                void client.ask('logRejects', undefined).then((blob) => download(blob, 'rejects.ndjson'))
              }
            />
          </div>
        ) : null}
      </details>
    </div>
  );
}
