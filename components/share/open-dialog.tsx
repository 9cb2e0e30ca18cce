'use client';
import { FolderOpen } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { decodeLink, looksLikeLink, readBundle, type Problem } from '@/lib/bundle';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, TextArea } from '../ui/field';
import { Marked } from '../ui/worded';
import type { LinkState, Preview } from '../workbench/use-link';

interface OpenDialogProps {
  text?: string;
  file?: File;
  link: LinkState;
  onClose(): void;
}

type Read =
  | { readonly ok: true; readonly preview: Preview }
  | { readonly ok: false; readonly message: string; readonly problems: readonly Problem[] };

function read(text: string, source: string): Read {
  if (looksLikeLink(text)) {
    const decoded = decodeLink(text);
    return decoded.ok
      ? { ok: true, preview: { bundle: decoded.bundle, warnings: decoded.warnings, source } }
      : { ok: false, message: decoded.refusal.message, problems: decoded.refusal.problems };
  }
  if (!/^\s*\{/.test(text))
    return { ok: false, message: 'this is neither a link to a policy nor a policy bundle', problems: [] };
  const result = readBundle(text);
  return result.ok
    ? { ok: true, preview: { bundle: result.bundle, warnings: result.warnings, source } }
    : { ok: false, message: 'this bundle is not valid, and nothing of it was opened', problems: result.problems };
}

/** Opens a link or a bundle's file as a preview; what cannot be opened is refused with every reason. */
export function OpenDialog({ text: given, file, link, onClose }: OpenDialogProps) {
  const [text, setText] = useState(given ?? '');
  const [refusal, setRefusal] = useState<Extract<Read, { ok: false }>>();

  function take(content: string, source: string) {
    const result = read(content, source);
    if (!result.ok) {
      setRefusal(result);
      return;
    }
    link.show(result.preview);
    onClose();
  }
  const takeGiven = useEffectEvent(take);

  // What came with the dialog is read at once; what is typed waits for its button.
  useEffect(() => {
    let gone = false;
    const content = file === undefined ? Promise.resolve(given) : file.text();
    void content.then((value) => {
      if (!gone && value !== undefined) takeGiven(value, file?.name ?? 'what was pasted');
    });
    return () => {
      gone = true;
    };
  }, [file, given]);

  return (
    <Dialog
      title="Open a policy"
      description="From a link or a bundle. It opens as a preview: nothing of yours is changed."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={text.trim() === ''} onClick={() => take(text, 'what was pasted')}>
            Preview
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {refusal === undefined ? null : (
          <div role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
            <p>
              Not opened: <Marked text={refusal.message} />.
            </p>
            {refusal.problems.length === 0 ? null : (
              <ul className="mt-1 max-h-40 list-disc overflow-auto pl-5 text-xs">
                {refusal.problems.map((problem, i) => (
                  <li key={i}>
                    {problem.position === undefined
                      ? ''
                      : `line ${problem.position.line}, column ${problem.position.column}: `}
                    {problem.pointer === '' ? '' : <code className="font-mono">{problem.pointer} </code>}
                    <Marked text={problem.message} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        <Field label="A link, or a bundle’s JSON">
          {(id) => (
            <TextArea
              id={id}
              rows={6}
              spellCheck={false}
              className="font-mono text-xs"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <label className="inline-flex cursor-pointer items-center gap-2 rounded-md border border-line-strong/60 px-2.5 py-1.5 font-medium hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent">
          <FolderOpen size={14} aria-hidden />
          Choose a file
          <input
            type="file"
            accept=".json,application/json"
            className="sr-only"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen !== undefined) void chosen.text().then((content) => take(content, chosen.name));
            }}
          />
        </label>
      </div>
    </Dialog>
  );
}
