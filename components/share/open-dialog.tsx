'use client';
import { startTransition, useEffect, useEffectEvent, useState } from 'react';
import { readIncoming, type IncomingPolicy } from '@/lib/intake';
import { IncomingView, useIncoming, type IntakeChoice, type ReadIncomingPolicy } from '../intake/incoming-view';
import { SourceFields } from '../intake/source-fields';
import { useIntakeActions } from '../intake/use-intake-actions';
import { counted } from '../ui/words';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { nextTask } from '../ui/next-task';
import { useWorkspace } from '../session/session';
import type { LinkState, BundlePreview } from '../session/use-link';
import { HelpLink } from '../site/help-link';

interface OpenDialogProps {
  text?: string;
  file?: File;
  /** A policy that is being previewed, to be compared with the user's own. */
  preview?: BundlePreview;
  link: LinkState;
  onClose(): void;
}

/** The policy at hand as text or read, and where it came from. */
interface OpenSource {
  readonly text: string;
  readonly from: string;
  /** The name of a policy that has none. */
  readonly name: string;
}

const CHOICE: Omit<IntakeChoice, 'name'> = { way: 'new', left: new Set(), columns: {} };
const PASTED: Omit<OpenSource, 'text'> = { from: 'what was pasted', name: 'Rules brought in' };

const ofPreview = ({ bundle, warnings }: BundlePreview): ReadIncomingPolicy => ({
  ok: true,
  form: 'bundle',
  bundle,
  warnings,
  remarks: [],
  columns: [],
  idsMade: false,
});

/** Opens a policy from a link, a bundle, bare rules or a table. What it would change is shown before anything is saved. */
export function OpenDialog({ text: given, file, preview, link, onClose }: OpenDialogProps) {
  const { policy } = useWorkspace('policy');
  const { text, setText, source, choice, setChoice, incoming, take, forget } = useOpenedPolicy(given, file, preview);

  // INVARIANT: one dialog for both views: replacing it would restyle the whole page and move the focus.
  const read = incoming?.ok === true ? incoming : undefined;
  return (
    <Dialog
      {...(read === undefined ? CHOOSING : readingWords(preview === undefined ? undefined : policy.name))}
      help={<HelpLink to="bundles/" about="bundles and links" />}
      onClose={onClose}
      footer={
        read === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={text.trim() === ''} onClick={() => take({ text, ...PASTED })}>
              Read
            </Button>
          </>
        ) : (
          <TakeButtons
            read={read}
            from={preview?.source ?? source?.from ?? PASTED.from}
            choice={choice}
            link={link}
            onBack={preview === undefined ? forget : undefined}
            onClose={onClose}
          />
        )
      }
    >
      {read === undefined ? (
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
          refusal={incoming?.ok === false ? incoming : undefined}
        />
      ) : (
        <IncomingView read={read} choice={choice} onChoice={setChoice} />
      )}
    </Dialog>
  );
}

/** What was given, typed or chosen as a file, read; and what the user chooses of it. */
function useOpenedPolicy(given: string | undefined, file: File | undefined, preview: BundlePreview | undefined) {
  const [text, setText] = useState(given ?? '');
  const [source, setSource] = useState<OpenSource>();
  const [choice, setChosen] = useState<IntakeChoice>({ ...CHOICE, name: PASTED.name });
  const [incoming, setIncoming] = useState<IncomingPolicy | undefined>(() =>
    preview === undefined ? undefined : ofPreview(preview),
  );

  function take(next: OpenSource) {
    const name = next.name;
    setSource(next);
    setChosen({ ...CHOICE, name });
    setIncoming(readIncoming(next.text, { name }));
  }
  const takeGiven = useEffectEvent(take);

  // Text that was passed to the dialog is read at once; typed text is read by the button.
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

  function setChoice(next: IntakeChoice) {
    // Assigning a column changes the rules.
    if (next.columns !== choice.columns && source !== undefined)
      setIncoming(readIncoming(source.text, { name: source.name, columns: next.columns }));
    setChosen(next);
  }
  return { text, setText, source, choice, setChoice, incoming, take, forget: () => setIncoming(undefined) };
}

const CHOOSING = {
  title: 'Open a policy',
  description: 'From a link, a bundle, a list of rules in JSON, or a table. Nothing changes before you confirm.',
} as const;

const readingWords = (comparedWith: string | undefined) =>
  ({
    title: comparedWith === undefined ? 'Open a policy' : `Compare with ${comparedWith}`,
    description: 'The differences from your open policy. Every change can be undone.',
    size: 'lg',
  }) as const;

const ofFile = ({ name }: File): Omit<OpenSource, 'text'> => ({
  from: name,
  name: name.replace(/\.(?:policy\.)?[a-z]+$/i, '') || PASTED.name,
});

interface TakeButtonsProps {
  read: ReadIncomingPolicy;
  from: string;
  choice: IntakeChoice;
  link: LinkState;
  onBack: (() => void) | undefined;
  onClose(): void;
}

function TakeButtons({ read, from, choice, link, onBack, onClose }: TakeButtonsProps) {
  const { bundle, taken, after } = useIncoming(read, choice);
  const taking = useIntakeActions(link);
  const [busy, setBusy] = useState(false);

  async function takeIt() {
    setBusy(true);
    const done =
      choice.way === 'new'
        ? await taking.saveAsNew(bundle)
        : choice.way === 'replace'
          ? await taking.replace(bundle, from)
          : await taking.takeRules(after, from, counted(taken.length, 'change'));
    if (!done) return setBusy(false);
    // Rendering the policy and closing this dialog are separate tasks.
    await nextTask();
    onClose();
  }

  return (
    <>
      {onBack === undefined ? null : <Button onClick={onBack}>Back</Button>}
      {link.preview === undefined ? (
        <Button
          onClick={() => {
            onClose();
            // Rendering a long policy and closing this dialog are separate tasks.
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
  );
}
