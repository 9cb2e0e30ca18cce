import { OutsideText } from '../ui/outside/outside-text';

/** The texts that came with a previewed policy, as they were written; characters that cannot be seen are marked. */
export function PreviewNotes({ description, notes }: { description: string | undefined; notes: string | undefined }) {
  return (
    <div className="max-h-40 basis-full space-y-1 overflow-auto text-sm" role="region" aria-label="Notes" tabIndex={0}>
      {description === undefined || description === '' ? null : (
        <p className="break-words whitespace-pre-line">
          <OutsideText text={description} />
        </p>
      )}
      {notes === undefined || notes === '' ? null : (
        <p className="break-words whitespace-pre-line">
          <strong className="font-semibold">Notes:</strong> <OutsideText text={notes} />
        </p>
      )}
    </div>
  );
}
