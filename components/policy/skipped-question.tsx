import { Button } from '../ui/button';
import { Marked } from '../ui/worded';

/** How to save a rule that the gateway would skip. */
export type SaveSkipped = 'active' | 'draft';

interface SkippedQuestionProps {
  /** Why the condition does not compile. */
  message: string;
  onStay(): void;
  onSave(how: SaveSkipped): void;
}

/** Asks before an active rule is saved that the gateway would skip. */
export function SkippedQuestion({ message, onStay, onSave }: SkippedQuestionProps) {
  return (
    <div
      role="alertdialog"
      aria-label="Save a rule that is skipped?"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-sunken px-3 py-2 text-sm"
    >
      <p className="mr-auto min-w-0 break-words">
        The condition does not compile: <Marked text={message} />. The gateway skips this rule for every call, and the
        rules below decide.
      </p>
      <Button autoFocus onClick={onStay}>
        Go on editing
      </Button>
      <Button onClick={() => onSave('draft')}>Save as a draft</Button>
      <Button look="danger" onClick={() => onSave('active')}>
        Save it active
      </Button>
    </div>
  );
}
