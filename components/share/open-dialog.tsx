'use client';
import { startTransition, useEffect, useEffectEvent, useState } from 'react';
import { readIncoming, type Incoming } from '@/lib/intake';
import { IncomingView, useIncoming, type Choice, type Read } from '../intake/incoming-view';
import { SourceFields } from '../intake/source-fields';
import { useTaking } from '../intake/use-taking';
import { counted } from '../ui/words';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useWorkspace } from '../workbench/session';
import type { LinkState, Preview } from '../workbench/use-link';

interface OpenDialogProps {
  text?: string;
  file?: File;
  /** A policy that is looked at already, to be held against one's own. */
  preview?: Preview;
  link: LinkState;
  onClose(): void;
}

/** The policy at hand as text or read, and where it came from. */
interface Source {
  readonly text: string;
  readonly from: string;
  /** The name of a policy that has none. */
  readonly name: string;
}

const CHOICE: Omit<Choice, 'name'> = { way: 'new', left: new Set(), columns: {} };
const PASTED: Omit<Source, 'text'> = { from: 'what was pasted', name: 'Rules brought in' };

const ofPreview = ({ bundle, warnings }: Preview): Read => ({
  ok: true,
  form: 'bundle',
  bundle,
  warnings,
  remarks: [],
  columns: [],
  idsMade: false,
});

/** Brings a policy in: from a link, a bundle, bare rules or a table. What it would change is shown before anything is taken. */
export function OpenDialog({ text: given, file, preview, link, onClose }: OpenDialogProps) {
  const [text, setText] = useState(given ?? '');
  const [source, setSource] = useState<Source>();
  const [choice, setChoice] = useState<Choice>({ ...CHOICE, name: PASTED.name });
  const [incoming, setIncoming] = useState<Incoming | undefined>(() =>
    preview === undefined ? undefined : ofPreview(preview),
  );

  function take(next: Source) {
    const name = next.name;
    setSource(next);
    setChoice({ ...CHOICE, name });
    setIncoming(readIncoming(next.text, { name }));
  }
  const takeGiven = useEffectEvent(take);

  // What came with the dialog is read at once; what is typed waits for its button.
  useEffect(() => {
    let gone = false;
    const content = file === undefined ? Promise.resolve(given) : file.text();
    void content.then((value) => {
      if (gone || value === undefined) return;
      takeGiven({ text: value, ...(file === undefined ? PASTED : ofFile(file)) });
    });
    return () => {
      gone = true;
    };
  }, [file, given]);

  if (incoming?.ok === true) {
    return (
      <Reading
        read={incoming}
        from={preview?.source ?? source?.from ?? PASTED.from}
        choice={choice}
        onChoice={(next) => {
          // What a column says changes the rules themselves.
          if (next.columns !== choice.columns && source !== undefined) {
            setIncoming(readIncoming(source.text, { name: source.name, columns: next.columns }));
          }
          setChoice(next);
        }}
        link={link}
        onBack={preview === undefined ? () => setIncoming(undefined) : undefined}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      title="Open a policy"
      description="From a link, a bundle, a list of rules in JSON, or a table. Nothing of yours is changed before you say so."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={text.trim() === ''} onClick={() => take({ text, ...PASTED })}>
            Read
          </Button>
        </>
      }
    >
      <SourceFields
        text={text}
        onText={setText}
        onPasted={(pasted) => take({ text: pasted, ...PASTED })}
        onFile={(chosen) =>
          void chosen.text().then((content) => {
            setText(content.length > 200_000 ? '' : content);
            take({ text: content, ...ofFile(chosen) });
          })
        }
        refusal={incoming}
      />
    </Dialog>
  );
}

const ofFile = ({ name }: File): Omit<Source, 'text'> => ({
  from: name,
  name: name.replace(/\.(?:policy\.)?[a-z]+$/i, '') || PASTED.name,
});

interface ReadingProps {
  read: Read;
  from: string;
  choice: Choice;
  onChoice(choice: Choice): void;
  link: LinkState;
  onBack: (() => void) | undefined;
  onClose(): void;
}

function Reading({ read, from, choice, onChoice, link, onBack, onClose }: ReadingProps) {
  const { policy } = useWorkspace();
  const { bundle, taken, after } = useIncoming(read, choice);
  const taking = useTaking(link);
  const [busy, setBusy] = useState(false);

  async function takeIt() {
    setBusy(true);
    const done =
      choice.way === 'new'
        ? await taking.saveAsNew(bundle)
        : choice.way === 'replace'
          ? await taking.replace(bundle, from)
          : await taking.takeRules(after, from, counted(taken.length, 'change'));
    setBusy(false);
    if (done) onClose();
  }

  return (
    <Dialog
      title={link.preview === undefined ? 'Open a policy' : `Compare with ${policy.name}`}
      description="What comes in, against what is here. Taking it can be undone."
      size="lg"
      onClose={onClose}
      footer={
        <>
          {onBack === undefined ? null : <Button onClick={onBack}>Back</Button>}
          {link.preview === undefined ? (
            <Button
              onClick={() => {
                onClose();
                // Drawing a long policy is work of its own, apart from closing this one.
                startTransition(() => link.show({ bundle, warnings: read.warnings, source: from }));
              }}
            >
              Look at it first
            </Button>
          ) : null}
          <Button
            look="primary"
            disabled={
              busy || (choice.way === 'rules' && taken.length === 0) || (choice.way === 'new' && bundle.name === '')
            }
            onClick={() => void takeIt()}
          >
            {choice.way === 'new'
              ? 'Save as a new policy'
              : choice.way === 'replace'
                ? 'Replace the policy'
                : `Take ${counted(taken.length, 'change')}`}
          </Button>
        </>
      }
    >
      <IncomingView read={read} choice={choice} onChoice={onChoice} />
    </Dialog>
  );
}
