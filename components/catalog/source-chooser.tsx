'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { FileOrText } from '../ui/choose-file';
import { Dialog } from '../ui/dialog';
import { OwnToolsHint } from './own-tools-hint';
import { readSource, type SourceRead } from './read-source';

interface SourceChooserProps {
  onBack(): void;
  /** `name` is the file's, or empty. */
  onRead(read: Extract<SourceRead, { kind: 'found' }>, name: string): void;
}

/** Chooses a file or a text for the catalog; its content is previewed before anything is added. */
export function SourceChooser({ onBack, onRead }: SourceChooserProps) {
  const [text, setText] = useState('');
  const [reading, setReading] = useState(false);
  const [refusal, setRefusal] = useState<Extract<SourceRead, { kind: 'refused' }>>();
  const work = useRef<AbortController>(undefined);

  useEffect(() => () => work.current?.abort(), []);

  async function read(source: Blob, name: string) {
    work.current?.abort();
    const controller = new AbortController();
    work.current = controller;
    setReading(true);
    setRefusal(undefined);
    const found = await readSource(source, controller.signal);
    if (controller.signal.aborted) return;
    setReading(false);
    if (found.kind === 'found') onRead(found, name);
    else setRefusal(found);
  }

  return (
    <Dialog
      title="Fill the catalog"
      description="The file is read in your browser and is not sent anywhere. You see its content before anything is added."
      onClose={onBack}
      footer={
        <>
          <Button onClick={onBack}>Back</Button>
          <Button
            look="primary"
            disabled={text.trim() === '' || reading}
            onClick={() => void read(new Blob([text]), '')}
          >
            Read what was pasted
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {refusal === undefined ? null : (
          <div role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
            <p>Nothing was found: {refusal.message}.</p>
            {refusal.problems.length === 0 ? null : (
              <ul className="mt-1 max-h-40 list-disc overflow-auto pl-5 text-xs">
                {refusal.problems.slice(0, 50).map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        <FileOrText
          label={reading ? 'Reading…' : 'Choose a file'}
          hint="A tools/list result, an MCP session, a trace of any format, a bundle, or a catalog’s JSON"
          rows={6}
          text={text}
          onText={setText}
          onFile={(file) => void read(file, file.name)}
        />
        <OwnToolsHint />
      </div>
    </Dialog>
  );
}
